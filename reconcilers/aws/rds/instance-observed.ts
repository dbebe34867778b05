import type { DBInstance, PendingModifiedValues } from '@aws-sdk/client-rds';
import type { InstanceSpec } from './instance-spec.ts';
import { logExportsOf } from './log-exports.ts';
import { isRunning } from './status.ts';

/** What waits for the maintenance window counts as done: it has been asked for. */
export function specOf(instance: DBInstance): InstanceSpec {
  const pending = instance.PendingModifiedValues ?? {};
  const isMember = instance.DBClusterIdentifier !== undefined;
  return {
    identifier: instance.DBInstanceIdentifier ?? '',
    clusterIdentifier: instance.DBClusterIdentifier,
    engine: instance.Engine ?? '',
    instanceClass: pending.DBInstanceClass ?? instance.DBInstanceClass ?? '',
    parameterGroupName: instance.DBParameterGroups?.[0]?.DBParameterGroupName ?? '',
    availabilityZone: instance.AvailabilityZone ?? '',
    maintenanceWindow: instance.PreferredMaintenanceWindow ?? '',
    publiclyAccessible: instance.PubliclyAccessible === true,
    autoMinorVersionUpgrade: instance.AutoMinorVersionUpgrade === true,
    caCertificate: pending.CACertificateIdentifier ?? instance.CACertificateIdentifier ?? '',
    performanceInsights: performanceInsightsOf(instance),
    monitoring: monitoringOf(instance),
    promotionTier: isMember ? instance.PromotionTier : undefined,
    masterSecretArn: undefined,
    ...(isMember ? OF_CLUSTER : aloneOf(instance, pending)),
  };
}

/** What the description of a member repeats of its cluster is compared there. */
const OF_CLUSTER = {
  engineVersion: undefined,
  databaseName: undefined,
  masterUsername: undefined,
  port: undefined,
  subnetGroupName: undefined,
  securityGroupIds: undefined,
  storageType: undefined,
  allocatedGiB: undefined,
  maxAllocatedGiB: undefined,
  multiAz: undefined,
  storageEncrypted: undefined,
  kmsKeyArn: undefined,
  backupRetentionDays: undefined,
  backupWindow: undefined,
  copyTagsToSnapshots: undefined,
  deletionProtection: undefined,
  iamAuthentication: undefined,
  logExports: undefined,
  running: undefined,
};

function aloneOf(
  instance: DBInstance,
  pending: PendingModifiedValues,
): Pick<InstanceSpec, keyof typeof OF_CLUSTER> {
  const allocatedGiB = pending.AllocatedStorage ?? instance.AllocatedStorage ?? 0;
  return {
    engineVersion: pending.EngineVersion ?? instance.EngineVersion ?? '',
    databaseName: instance.DBName ?? '',
    masterUsername: instance.MasterUsername ?? '',
    port: pending.Port ?? instance.Endpoint?.Port,
    subnetGroupName: instance.DBSubnetGroup?.DBSubnetGroupName ?? '',
    securityGroupIds: (instance.VpcSecurityGroups ?? []).map(
      ({ VpcSecurityGroupId = '' }) => VpcSecurityGroupId,
    ),
    storageType: pending.StorageType ?? instance.StorageType ?? '',
    allocatedGiB,
    // Not shown while autoscaling is off.
    maxAllocatedGiB: instance.MaxAllocatedStorage ?? allocatedGiB,
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

function performanceInsightsOf(instance: DBInstance): InstanceSpec['performanceInsights'] {
  if (instance.PerformanceInsightsEnabled !== true) return undefined;
  return {
    // Seven days if nothing was said.
    retentionDays: instance.PerformanceInsightsRetentionPeriod ?? 7,
    kmsKeyArn: instance.PerformanceInsightsKMSKeyId ?? '',
  };
}

function monitoringOf({
  MonitoringInterval = 0,
  MonitoringRoleArn = '',
}: DBInstance): InstanceSpec['monitoring'] {
  return MonitoringInterval === 0
    ? undefined
    : { intervalSeconds: MonitoringInterval, roleArn: MonitoringRoleArn };
}
