import type { DBInstance } from '@aws-sdk/client-rds';
import { memoryMiBOf } from '../class-memory.ts';
import { defaultMaxConnections } from '../max-connections.ts';
import { waitingIn } from '../waiting.ts';
import { isRunning } from '../status.ts';
import type { InstanceFacts, InstanceSettings } from './instance-settings.ts';

/** What waits for the maintenance window counts as done: it has been asked for. */
export function settingsOf(instance: DBInstance): InstanceSettings {
  const pending = instance.PendingModifiedValues ?? {};
  return {
    identifier: instance.DBInstanceIdentifier ?? '',
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
    applyImmediately: waitingIn(pending).length === 0,
  };
}

export function factsOf(instance: DBInstance): InstanceFacts {
  return {
    identifier: instance.DBInstanceIdentifier ?? '',
    arn: instance.DBInstanceArn ?? '',
    resourceId: instance.DbiResourceId ?? '',
    endpoint: instance.Endpoint?.Address ?? '',
    port: instance.Endpoint?.Port ?? 0,
    availabilityZone: instance.AvailabilityZone ?? '',
    isRunning: isRunning(instance.DBInstanceStatus),
    memoryMiB: memoryMiBOf(instance.DBInstanceClass ?? ''),
    defaultMaxConnections: defaultMaxConnections(instance.DBInstanceClass ?? ''),
    needsReboot: (instance.DBParameterGroups ?? []).some(
      ({ ParameterApplyStatus }) => ParameterApplyStatus === 'pending-reboot',
    ),
    waitsForMaintenance: waitingIn(instance.PendingModifiedValues),
  };
}

function performanceInsightsOf(instance: DBInstance): InstanceSettings['performanceInsights'] {
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
}: DBInstance): InstanceSettings['monitoring'] {
  return MonitoringInterval === 0
    ? undefined
    : { intervalSeconds: MonitoringInterval, roleArn: MonitoringRoleArn };
}
