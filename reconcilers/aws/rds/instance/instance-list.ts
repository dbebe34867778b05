import type { DBInstance, PendingModifiedValues } from '@aws-sdk/client-rds';
import type { Observed, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { versionOf } from '../engine-version.ts';
import { COMES_WITH_UPGRADE, isUpgradePending } from '../group-of-upgrade.ts';
import { logExportsOf } from '../log-exports.ts';
import { isRunning, stateOf } from '../status.ts';
import { factsOf, settingsOf } from './instance-description.ts';
import { findInstances, type OwnedInstance } from './instance-search.ts';
import type { InstanceOutputs, InstanceSpec } from './instance-spec.ts';

export type ObservedInstance = Observed<InstanceSpec, InstanceOutputs>;

export async function listInstances(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedInstance[]> {
  return (await findInstances(aws, queries, 'alone')).map(observed);
}

function observed({ instance, claim, tags }: OwnedInstance): ObservedInstance {
  return {
    ...claim,
    ...stateOf(instance.DBInstanceStatus),
    id: instance.DBInstanceIdentifier ?? '',
    tags,
    spec: {
      ...settingsOf(instance),
      ...specOf(instance, instance.PendingModifiedValues ?? {}),
      ...(isUpgradePending(instance) && { parameterGroupName: COMES_WITH_UPGRADE }),
      masterSecretArn: '',
      restoreFrom: undefined,
    },
    outputs: {
      ...factsOf(instance),
      role: 'alone',
      engineVersion: instance.EngineVersion ?? '',
      optimizesStorage: instance.DBInstanceStatus === 'storage-optimization',
      iops: instance.Iops ?? 0,
    },
  };
}

function specOf(instance: DBInstance, pending: PendingModifiedValues) {
  return {
    engineVersion: versionOf(instance.EngineVersion, pending.EngineVersion),
    databaseName: instance.DBName ?? '',
    masterUsername: instance.MasterUsername ?? '',
    port: pending.Port ?? instance.Endpoint?.Port ?? 0,
    subnetGroupName: instance.DBSubnetGroup?.DBSubnetGroupName ?? '',
    securityGroupIds: (instance.VpcSecurityGroups ?? []).map(
      ({ VpcSecurityGroupId = '' }) => VpcSecurityGroupId,
    ),
    storageType: pending.StorageType ?? instance.StorageType ?? '',
    storage: {
      allocatedGiB: pending.AllocatedStorage ?? instance.AllocatedStorage ?? 0,
      // Not shown while autoscaling is off.
      maxGiB: instance.MaxAllocatedStorage,
    },
    multiAz: (pending.MultiAZ ?? instance.MultiAZ) === true,
    storageEncrypted: instance.StorageEncrypted === true,
    kmsKeyArn: instance.KmsKeyId ?? '',
    backupRetentionDays: pending.BackupRetentionPeriod ?? instance.BackupRetentionPeriod ?? 0,
    backupWindow: instance.PreferredBackupWindow ?? '',
    copyTagsToSnapshots: instance.CopyTagsToSnapshot === true,
    deletionProtection: instance.DeletionProtection === true,
    iamAuthentication:
      (pending.IAMDatabaseAuthenticationEnabled ?? instance.IAMDatabaseAuthenticationEnabled) === true,
    logExports: logExportsOf(instance.EnabledCloudwatchLogsExports, pending.PendingCloudwatchLogsExports),
    running: isRunning(instance.DBInstanceStatus),
  };
}
