import {
  CreateClusterCommand,
  DeleteClusterCommand,
  PutClusterCapacityProvidersCommand,
  UpdateClusterCommand,
  type ClusterSetting,
} from '@aws-sdk/client-ecs';
import type { Creation, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { sameUnordered } from '../same.ts';
import { clusterArn } from './arn.ts';
import { toSdkStrategy } from './capacity-provider-strategy.ts';
import { describeClusters, listClusters } from './cluster-list.ts';
import type { ClusterOutputs, ClusterSpec } from './cluster-spec.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from './limits.ts';
import { changeTags, tagsIn, toEcsTags } from './tags.ts';

/** Where services and their tasks run. */
export const Cluster: ResourceType<ClusterSpec, ClusterOutputs, Aws> = {
  name: 'ecs/cluster',
  fields: {
    name: { severity: 'availability', immutable: true },
    containerInsights: { severity: 'availability' },
    capacityProviders: { severity: 'availability', equals: sameUnordered },
    defaultCapacityProviderStrategy: { severity: 'cost' },
  },
  absence: 'availability',
  holdsData: false,
  irreplaceable: true,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listClusters,

  async create(aws, spec, creation) {
    const { name } = spec;
    // AWS answers with the cluster that has the name, whoever made it.
    if (await isThereAndOurs(aws, name, creation)) return { id: name };
    const { cluster } = await aws.ecs.send(
      new CreateClusterCommand({
        clusterName: name,
        settings: settingsOf(spec),
        ...capacityOf(spec),
        tags: toEcsTags(creation.tags),
      }),
    );
    if (cluster?.status !== 'ACTIVE') return { id: name };
    return { id: name, outputs: { arn: cluster.clusterArn ?? clusterArn(aws, name), name } };
  },

  async update({ ecs }, { id }, spec, changes) {
    if (changes.some(({ field }) => field === 'containerInsights'))
      await ecs.send(new UpdateClusterCommand({ cluster: id, settings: settingsOf(spec) }));
    if (changes.some(({ field }) => field !== 'containerInsights'))
      await ecs.send(new PutClusterCapacityProvidersCommand({ cluster: id, ...capacityOf(spec) }));
  },

  async delete({ ecs }, { id }) {
    await ifThere(ecs.send(new DeleteClusterCommand({ cluster: id })));
  },

  async setTags(aws, { outputs, tags = {} }, wanted) {
    await changeTags(aws, outputs.arn, wanted, tags);
  },
};

function settingsOf({ containerInsights }: ClusterSpec): ClusterSetting[] {
  return [{ name: 'containerInsights', value: containerInsights }];
}

function capacityOf({ capacityProviders, defaultCapacityProviderStrategy }: ClusterSpec) {
  return {
    capacityProviders: [...capacityProviders],
    defaultCapacityProviderStrategy: toSdkStrategy(defaultCapacityProviderStrategy),
  };
}

/** Throws if it is somebody else's. */
async function isThereAndOurs(aws: Aws, name: string, creation: Creation): Promise<boolean> {
  const [cluster] = await describeClusters(aws, [name]);
  if (cluster === undefined) return false;
  makeSureItIsOurs(`a cluster ${name} exists already`, tagsIn(cluster.tags), creation);
  return true;
}
