import {
  DescribeCacheClustersCommand,
  DescribeReplicationGroupsCommand,
  paginateDescribeReplicationGroups,
  type CacheCluster,
  type ReplicationGroup,
} from '@aws-sdk/client-elasticache';
import type { Observed, OwnerQuery } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { omitTags } from '../tags.ts';
import { arnOf } from './arn.ts';
import { authTokenIn, validVersionOf } from './auth-token-tag.ts';
import { waitingIn } from './maintenance.ts';
import { listOwned, unlessGone, type Description, type Owned } from './owned.ts';
import { specOf } from './replication-group-observed.ts';
import type { ReplicationGroupOutputs, ReplicationGroupSpec } from './replication-group-spec.ts';
import { isOwnTag } from './replication-group-tags.ts';
import { describeCacheClusters } from './users.ts';
import { collect } from '../pages.ts';

export type ObservedReplicationGroup = Observed<ReplicationGroupSpec, ReplicationGroupOutputs>;

const replicationGroups: Description<ReplicationGroup> = {
  kind: 'replicationgroup',
  nameOf: ({ ReplicationGroupId = '' }) => ReplicationGroupId,
  // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ListTagsForResource.html
  isReadable: ({ Status }) => Status === 'available',
  async all({ elasticache: client }) {
    return collect(paginateDescribeReplicationGroups({ client }, {}), (page) => page.ReplicationGroups);
  },
  async one({ elasticache }, ReplicationGroupId) {
    const wanted = new DescribeReplicationGroupsCommand({ ReplicationGroupId });
    return (await elasticache.send(wanted)).ReplicationGroups ?? [];
  },
};

/** Half of a group's settings are shown on its member clusters only, which are listed for all groups at once. */
export async function listReplicationGroups(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedReplicationGroup[]> {
  const groups = await listOwned(aws, queries, replicationGroups);
  if (groups.length === 0) return [];
  const clusters = await describeCacheClusters(aws);
  return Promise.all(
    groups.map(async (group) => observed(aws, group, await memberOf(aws, group.item, clusters))),
  );
}

/** Any member will do: they are alike. Undefined while the first one is not there yet. */
async function memberOf(
  { elasticache }: Aws,
  { ReplicationGroupId, MemberClusters = [] }: ReplicationGroup,
  clusters: readonly CacheCluster[],
): Promise<CacheCluster | undefined> {
  const shown = clusters.find((cluster) => cluster.ReplicationGroupId === ReplicationGroupId);
  const [CacheClusterId] = MemberClusters;
  if (shown !== undefined || CacheClusterId === undefined) return shown;
  const named = elasticache.send(new DescribeCacheClustersCommand({ CacheClusterId }));
  return (await unlessGone(named.then(({ CacheClusters = [] }) => CacheClusters)))[0];
}

function observed(
  aws: Aws,
  { item, tags = {}, ...identity }: Owned<ReplicationGroup>,
  member: CacheCluster | undefined,
): ObservedReplicationGroup {
  const { PrimaryEndpoint, ReaderEndpoint } = item.NodeGroups?.[0] ?? {};
  const token = authTokenIn(tags);
  return {
    ...identity,
    ...stateOf(item),
    tags: omitTags(tags, isOwnTag),
    spec: specOf(item, member, tags, aws.clock.now()),
    outputs: {
      name: identity.id,
      arn: arnOf(aws, 'replicationgroup', identity.id),
      endpoint: PrimaryEndpoint?.Address ?? '',
      readerEndpoint: ReaderEndpoint?.Address ?? '',
      port: PrimaryEndpoint?.Port ?? 0,
      nodes: (item.MemberClusters ?? []).toSorted(),
      authTokenVersion: token && validVersionOf(token),
      engineVersion: member?.EngineVersion ?? '',
      pendingMaintenance: waitingIn(member),
      parameterApplyStatus: member?.CacheParameterGroup?.ParameterApplyStatus ?? '',
    },
  };
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html */
function stateOf({
  Status = 'creating',
  PendingModifiedValues: pending,
}: ReplicationGroup): Pick<ObservedReplicationGroup, 'state' | 'message'> {
  if (Status === 'deleting') return { state: 'deleting' };
  if (Status === 'create-failed') return { state: 'failed', message: 'create-failed' };
  if (pending?.AuthTokenStatus !== undefined) return { state: 'pending', message: 'changes its auth token' };
  // While a snapshot is taken it serves its clients; only changes have to wait.
  if (Status === 'available' || Status === 'snapshotting') return { state: 'ready' };
  return { state: 'pending', message: `is ${Status}` };
}
