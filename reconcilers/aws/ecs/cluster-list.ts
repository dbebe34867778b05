import { DescribeClustersCommand, type Cluster } from '@aws-sdk/client-ecs';
import type { Observed, OwnerQuery } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { findOwned } from '../owned.ts';
import { clusterArn, nameIn } from './arn.ts';
import { strategyIn } from './capacity-provider-strategy.ts';
import type { ClusterOutputs, ClusterSpec, ContainerInsights } from './cluster-spec.ts';
import { CLUSTERS_PER_CALL } from './limits.ts';
import { tagsIn } from './tags.ts';

export type ObservedCluster = Observed<ClusterSpec, ClusterOutputs>;

/** Clusters by their names, by what was seen before and by their tags; the names decide nothing, the tags do. */
export async function listClusters(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedCluster[]> {
  const owners = queries.map(({ owner }) => owner);
  const indexed = await findOwned(aws, 'ecs:cluster', owners);
  const names = new Set(indexed.map(({ arn }) => nameIn(arn)));
  for (const query of queries)
    for (const name of [...query.names.values(), ...query.known.values()]) names.add(name);
  const clusters = await describeClusters(aws, [...names]);
  return clusters.flatMap((cluster) => observed(aws, cluster, queries));
}

/** Those that are there. What is deleted may be shown as INACTIVE for as long as AWS likes. */
export async function describeClusters({ ecs }: Aws, names: readonly string[]): Promise<readonly Cluster[]> {
  const found: Cluster[] = [];
  for (let start = 0; start < names.length; start += CLUSTERS_PER_CALL) {
    const { clusters = [] } = await ecs.send(
      new DescribeClustersCommand({
        clusters: names.slice(start, start + CLUSTERS_PER_CALL),
        include: ['SETTINGS', 'TAGS'],
      }),
    );
    found.push(...clusters.filter(({ status }) => status !== 'INACTIVE'));
  }
  return found;
}

function observed(aws: Aws, cluster: Cluster, queries: readonly OwnerQuery[]): readonly ObservedCluster[] {
  const name = cluster.clusterName ?? '';
  const tags = tagsIn(cluster.tags);
  return claimsOn(name, tags, queries).map((claim) => ({
    ...claim,
    ...stateOf(cluster),
    id: name,
    tags,
    spec: {
      name,
      containerInsights: insightsIn(cluster),
      capacityProviders: cluster.capacityProviders ?? [],
      defaultCapacityProviderStrategy: strategyIn(cluster.defaultCapacityProviderStrategy),
    },
    outputs: { arn: cluster.clusterArn ?? clusterArn(aws, name), name },
  }));
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Cluster.html */
function stateOf({ status, attachmentsStatus }: Cluster): Pick<ObservedCluster, 'state' | 'message'> {
  if (status === 'DEPROVISIONING') return { state: 'deleting' };
  if (status === 'FAILED') return { state: 'failed', message: 'its capacity providers could not be made' };
  if (status === 'PROVISIONING') return { state: 'pending', message: 'is PROVISIONING' };
  if (attachmentsStatus === 'UPDATE_IN_PROGRESS')
    return { state: 'pending', message: 'changes its capacity providers' };
  return { state: 'ready' };
}

function insightsIn({ settings = [] }: Cluster): ContainerInsights {
  const value = settings.find(({ name }) => name === 'containerInsights')?.value;
  return value === 'enabled' || value === 'enhanced' ? value : 'disabled';
}
