import type { DBCluster } from '@aws-sdk/client-rds';
import type { Observed, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { fromSdkTags, omitTags, withoutAwsTags } from '../../tags.ts';
import { identityOf } from '../../identity.ts';
import { describeClusters } from '../descriptions.ts';
import { versionOf } from '../engine-version.ts';
import { finalSnapshotIn, isFinalSnapshotTag } from '../final-snapshot.ts';
import { logExportsOf } from '../log-exports.ts';
import { isRunning, stateOf } from '../status.ts';
import { waitingIn } from '../waiting.ts';
import { writerOf } from '../writer.ts';
import { COMES_WITH_UPGRADE, isUpgradePending } from '../group-of-upgrade.ts';
import type { ClusterOutputs, ClusterSpec } from './cluster-spec.ts';
import { fieldsThatWait } from './cluster-waiting.ts';

export type ObservedCluster = Observed<ClusterSpec, ClusterOutputs>;

export async function listClusters(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedCluster[]> {
  const clusters = await describeClusters(aws);
  return clusters.flatMap((cluster) => observed(cluster, queries) ?? []);
}

function observed(cluster: DBCluster, queries: readonly OwnerQuery[]): ObservedCluster | undefined {
  const id = cluster.DBClusterIdentifier ?? '';
  const tags = withoutAwsTags(fromSdkTags(cluster.TagList));
  const identity = identityOf(id, tags, queries);
  if (identity === undefined) return undefined;
  return {
    ...identity,
    ...stateOf(cluster.Status),
    id,
    spec: { ...specOf(cluster), finalSnapshot: finalSnapshotIn(tags) },
    outputs: {
      identifier: id,
      arn: cluster.DBClusterArn ?? '',
      resourceId: cluster.DbClusterResourceId ?? '',
      endpoint: cluster.Endpoint ?? '',
      readerEndpoint: cluster.ReaderEndpoint ?? '',
      port: cluster.Port ?? 0,
      writer: writerOf(cluster),
      engineVersion: cluster.EngineVersion ?? '',
      waitsForMaintenance: waitingIn(cluster.PendingModifiedValues),
    },
    tags: omitTags(tags, isFinalSnapshotTag),
  };
}

/** What waits for the maintenance window counts as done: it has been asked for. */
function specOf(cluster: DBCluster): Omit<ClusterSpec, 'finalSnapshot'> {
  const pending = cluster.PendingModifiedValues ?? {};
  const storageType = pending.StorageType ?? cluster.StorageType;
  return {
    identifier: cluster.DBClusterIdentifier ?? '',
    engine: cluster.Engine ?? '',
    engineVersion: versionOf(cluster.EngineVersion, pending.EngineVersion),
    databaseName: cluster.DatabaseName ?? '',
    masterUsername: cluster.MasterUsername ?? '',
    masterSecretArn: '',
    port: cluster.Port ?? 0,
    subnetGroupName: cluster.DBSubnetGroup ?? '',
    parameterGroupName: parameterGroupOf(cluster),
    instanceParameterGroupName: '',
    securityGroupIds: (cluster.VpcSecurityGroups ?? []).map(
      ({ VpcSecurityGroupId = '' }) => VpcSecurityGroupId,
    ),
    storageEncrypted: cluster.StorageEncrypted === true,
    kmsKeyArn: cluster.KmsKeyId ?? '',
    // The usual one is not named.
    storageType: storageType === 'aurora-iopt1' ? storageType : 'aurora',
    backupRetentionDays: pending.BackupRetentionPeriod ?? cluster.BackupRetentionPeriod ?? 0,
    backupWindow: cluster.PreferredBackupWindow ?? '',
    maintenanceWindow: cluster.PreferredMaintenanceWindow ?? '',
    copyTagsToSnapshots: cluster.CopyTagsToSnapshot === true,
    deletionProtection: cluster.DeletionProtection === true,
    dataApi: cluster.HttpEndpointEnabled === true,
    iamAuthentication:
      (pending.IAMDatabaseAuthenticationEnabled ?? cluster.IAMDatabaseAuthenticationEnabled) === true,
    logExports: logExportsOf(cluster.EnabledCloudwatchLogsExports, pending.PendingCloudwatchLogsExports),
    serverlessCapacity: capacityOf(cluster),
    running: runningOf(cluster),
    applyImmediately: fieldsThatWait(waitingIn(pending)).length === 0,
    restoreFrom: undefined,
  };
}

function runningOf({ Status, DBClusterMembers = [] }: DBCluster): ClusterSpec['running'] {
  return isRunning(Status) && DBClusterMembers.length === 0 ? 'no instances' : isRunning(Status);
}

/**
 * Of the group that comes with a new major version AWS says nothing while the upgrade waits: it is neither the one in
 * force nor among PendingModifiedValues.
 */
function parameterGroupOf(cluster: DBCluster): string {
  return isUpgradePending(cluster) ? COMES_WITH_UPGRADE : (cluster.DBClusterParameterGroup ?? '');
}

function capacityOf({
  ServerlessV2ScalingConfiguration: capacity,
}: DBCluster): ClusterSpec['serverlessCapacity'] {
  if (capacity?.MinCapacity === undefined || capacity.MaxCapacity === undefined) return undefined;
  return { min: capacity.MinCapacity, max: capacity.MaxCapacity };
}
