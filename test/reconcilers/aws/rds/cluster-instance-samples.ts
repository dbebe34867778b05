import type { ClusterInstanceSpec } from '../../../../reconcilers/aws/rds/cluster-instance/cluster-instance-spec.ts';

/** A writer or reader. */
export function sampleMember(
  clusterIdentifier: string,
  identifier: string,
  promotionTier = 1,
): ClusterInstanceSpec {
  return {
    identifier,
    clusterIdentifier,
    engine: 'aurora-postgresql',
    instanceClass: 'db.r6g.large',
    parameterGroupName: 'default.aurora-postgresql15',
    availabilityZone: '',
    maintenanceWindow: '',
    publiclyAccessible: false,
    autoMinorVersionUpgrade: true,
    caCertificate: '',
    performanceInsights: undefined,
    monitoring: undefined,
    promotionTier,
    applyImmediately: false,
  };
}
