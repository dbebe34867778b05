import type { DBCluster } from '@aws-sdk/client-rds';
import type { Observed, OwnerQuery } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import type { ClusterInstanceOutputs, ClusterInstanceSpec } from './cluster-instance-spec.ts';
import { describeClusters } from './descriptions.ts';
import { COMES_WITH_UPGRADE, isUpgradePending } from './group-of-upgrade.ts';
import { factsOf, settingsOf } from './instance-description.ts';
import { findInstances, type OwnedInstance } from './instance-search.ts';
import { stateOf } from './status.ts';

export type ObservedClusterInstance = Observed<ClusterInstanceSpec, ClusterInstanceOutputs>;

/** AWS's default for those of which it shows none: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html */
const DEFAULT_PROMOTION_TIER = 1;

/** Who is the writer only the cluster says. Its description is asked for at once, so that others share it. */
export async function listClusterInstances(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedClusterInstance[]> {
  const [found, clusters] = await Promise.all([
    findInstances(aws, queries, 'members'),
    describeClusters(aws),
  ]);
  return found.map((one) => observed(one, clusters));
}

function observed(
  { instance, claim, tags }: OwnedInstance,
  clusters: readonly DBCluster[],
): ObservedClusterInstance {
  const id = instance.DBInstanceIdentifier ?? '';
  const clusterIdentifier = instance.DBClusterIdentifier ?? '';
  const cluster = clusters.find(({ DBClusterIdentifier }) => DBClusterIdentifier === clusterIdentifier);
  const members = cluster?.DBClusterMembers ?? [];
  const self = members.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === id);
  return {
    ...claim,
    ...stateOf(instance.DBInstanceStatus),
    id,
    tags,
    spec: {
      ...settingsOf(instance),
      ...(cluster !== undefined && isUpgradePending(cluster) && { parameterGroupName: COMES_WITH_UPGRADE }),
      clusterIdentifier,
      promotionTier: instance.PromotionTier ?? DEFAULT_PROMOTION_TIER,
    },
    outputs: {
      ...factsOf(instance),
      role: self?.IsClusterWriter === true ? 'writer' : 'reader',
      hasSuccessor: members.length > 1,
    },
  };
}
