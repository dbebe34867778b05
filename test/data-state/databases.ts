import {
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBClusterParametersCommand,
  DescribeDBClustersCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBParametersCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand as ListRdsTagsCommand,
} from '@aws-sdk/client-rds';
import type { Clients } from '../clients.ts';
import { withMore, ours, byName, valuesOf, untimed, type DataState } from './resources.ts';

export async function databasesOf({ rds }: Clients): Promise<DataState> {
  const [clusters, instances, subnetGroups, clusterGroups, groups, clusterSnapshots, snapshots] =
    await Promise.all([
      rds.send(new DescribeDBClustersCommand({})),
      rds.send(new DescribeDBInstancesCommand({})),
      rds.send(new DescribeDBSubnetGroupsCommand({})),
      rds.send(new DescribeDBClusterParameterGroupsCommand({})),
      rds.send(new DescribeDBParameterGroupsCommand({})),
      rds.send(new DescribeDBClusterSnapshotsCommand({})),
      rds.send(new DescribeDBSnapshotsCommand({})),
    ]);
  const tags = async (ResourceName: string | undefined) =>
    (await rds.send(new ListRdsTagsCommand({ ResourceName }))).TagList;
  return {
    clusters: byName(clusters.DBClusters, ({ DBClusterIdentifier }) => DBClusterIdentifier),
    instances: byName(instances.DBInstances, ({ DBInstanceIdentifier }) => DBInstanceIdentifier),
    subnetGroups: byName(
      await withMore(subnetGroups.DBSubnetGroups, async (group) => ({
        Tags: await tags(group.DBSubnetGroupArn),
      })),
      ({ DBSubnetGroupName }) => DBSubnetGroupName,
    ),
    clusterParameterGroups: byName(
      await withMore(ours(clusterGroups.DBClusterParameterGroups), async (group) => ({
        Tags: await tags(group.DBClusterParameterGroupArn),
        Parameters: await clusterParametersIn(rds, group.DBClusterParameterGroupName),
      })),
      ({ DBClusterParameterGroupName }) => DBClusterParameterGroupName,
    ),
    parameterGroups: byName(
      await withMore(ours(groups.DBParameterGroups), async (group) => ({
        Tags: await tags(group.DBParameterGroupArn),
        Parameters: await parametersIn(rds, group.DBParameterGroupName),
      })),
      ({ DBParameterGroupName }) => DBParameterGroupName,
    ),
    clusterSnapshots: byName(
      clusterSnapshots.DBClusterSnapshots?.filter(({ SnapshotType }) => SnapshotType === 'manual'),
      ({ DBClusterSnapshotIdentifier }) => untimed(DBClusterSnapshotIdentifier),
    ),
    snapshots: byName(
      snapshots.DBSnapshots?.filter(({ SnapshotType }) => SnapshotType === 'manual'),
      ({ DBSnapshotIdentifier }) => untimed(DBSnapshotIdentifier),
    ),
  };
}

async function clusterParametersIn(rds: Clients['rds'], DBClusterParameterGroupName: string | undefined) {
  const { Parameters } = await rds.send(
    new DescribeDBClusterParametersCommand({ DBClusterParameterGroupName, Source: 'user' }),
  );
  return valuesOf(Parameters);
}

async function parametersIn(rds: Clients['rds'], DBParameterGroupName: string | undefined) {
  const { Parameters } = await rds.send(
    new DescribeDBParametersCommand({ DBParameterGroupName, Source: 'user' }),
  );
  return valuesOf(Parameters);
}
