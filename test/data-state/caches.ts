import {
  DescribeCacheClustersCommand,
  DescribeCacheParameterGroupsCommand,
  DescribeCacheParametersCommand,
  DescribeCacheSubnetGroupsCommand,
  DescribeReplicationGroupsCommand,
  DescribeSnapshotsCommand,
  ListTagsForResourceCommand as ListCacheTagsCommand,
} from '@aws-sdk/client-elasticache';
import type { Clients } from '../clients.ts';
import { withMore, ours, byName, valuesOf, untimed, type DataState } from './resources.ts';

export async function cachesOf({ elasticache }: Clients): Promise<DataState> {
  const [groups, nodes, subnetGroups, parameterGroups, snapshots] = await Promise.all([
    elasticache.send(new DescribeReplicationGroupsCommand({})),
    elasticache.send(new DescribeCacheClustersCommand({})),
    elasticache.send(new DescribeCacheSubnetGroupsCommand({})),
    elasticache.send(new DescribeCacheParameterGroupsCommand({})),
    elasticache.send(new DescribeSnapshotsCommand({})),
  ]);
  const tags = async (ResourceName: string | undefined) =>
    (await elasticache.send(new ListCacheTagsCommand({ ResourceName }))).TagList;
  return {
    caches: byName(
      await withMore(groups.ReplicationGroups, async ({ ARN }) => ({ Tags: await tags(ARN) })),
      ({ ReplicationGroupId }) => ReplicationGroupId,
    ),
    cacheNodes: byName(nodes.CacheClusters, ({ CacheClusterId }) => CacheClusterId),
    cacheSubnetGroups: byName(
      await withMore(ours(subnetGroups.CacheSubnetGroups), async ({ ARN }) => ({ Tags: await tags(ARN) })),
      ({ CacheSubnetGroupName }) => CacheSubnetGroupName,
    ),
    cacheParameterGroups: byName(
      await withMore(ours(parameterGroups.CacheParameterGroups), async (group) => ({
        Tags: await tags(group.ARN),
        Parameters: valuesOf(
          (
            await elasticache.send(
              new DescribeCacheParametersCommand({
                CacheParameterGroupName: group.CacheParameterGroupName,
                Source: 'user',
              }),
            )
          ).Parameters,
        ),
      })),
      ({ CacheParameterGroupName }) => CacheParameterGroupName,
    ),
    cacheSnapshots: byName(snapshots.Snapshots, ({ SnapshotName }) => untimed(SnapshotName)),
  };
}
