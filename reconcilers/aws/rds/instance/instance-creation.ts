import type { CreateDBInstanceCommandInput } from '@aws-sdk/client-rds';
import type { Tags } from '../../../../controller/engine/resource-type.ts';
import { toSdkTags } from '../../tags.ts';
import type { InstanceSettings } from './instance-settings.ts';

/** The parameters of CreateDBInstance that every instance has. */
export function creationOf(spec: InstanceSettings, tags: Tags): CreateDBInstanceCommandInput {
  const { monitoring } = spec;
  return {
    DBInstanceIdentifier: spec.identifier,
    Engine: spec.engine,
    DBInstanceClass: spec.instanceClass,
    DBParameterGroupName: spec.parameterGroupName,
    AvailabilityZone: spec.availabilityZone || undefined,
    PreferredMaintenanceWindow: spec.maintenanceWindow || undefined,
    PubliclyAccessible: spec.publiclyAccessible,
    AutoMinorVersionUpgrade: spec.autoMinorVersionUpgrade,
    CACertificateIdentifier: spec.caCertificate || undefined,
    ...performanceInsightsFor(spec.performanceInsights, undefined),
    ...(monitoring && {
      MonitoringInterval: monitoring.intervalSeconds,
      MonitoringRoleArn: monitoring.roleArn,
    }),
    Tags: toSdkTags(tags),
  };
}

/** The key can be named only while it is turned on. */
export function performanceInsightsFor(
  wanted: InstanceSettings['performanceInsights'],
  actual: InstanceSettings['performanceInsights'],
) {
  if (wanted === undefined) return { EnablePerformanceInsights: false };
  return {
    EnablePerformanceInsights: true,
    PerformanceInsightsRetentionPeriod: wanted.retentionDays,
    ...(actual === undefined && { PerformanceInsightsKMSKeyId: wanted.kmsKeyArn || undefined }),
  };
}
