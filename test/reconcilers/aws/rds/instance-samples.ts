import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { InstanceSpec } from '../../../../reconcilers/aws/rds/instance/instance-spec.ts';
import { makeKey, makeMasterSecret, makeSubnetGroup } from './rds-samples.ts';

/** One that stands alone, with what it refers to. */
export async function sampleInstance(aws: Aws): Promise<InstanceSpec> {
  return {
    identifier: 'alone',
    engine: 'postgres',
    instanceClass: 'db.t3.medium',
    parameterGroupName: 'default.postgres15',
    availabilityZone: '',
    maintenanceWindow: 'sun:05:00-sun:06:00',
    publiclyAccessible: false,
    autoMinorVersionUpgrade: true,
    caCertificate: '',
    performanceInsights: { retentionDays: 7, kmsKeyArn: '' },
    monitoring: { intervalSeconds: 60, roleArn: 'arn:aws:iam::123456789012:role/monitoring' },
    engineVersion: '15',
    databaseName: 'app',
    masterUsername: 'appadmin',
    masterSecretArn: await makeMasterSecret(aws),
    restoreFrom: undefined,
    port: 5432,
    subnetGroupName: await makeSubnetGroup(aws),
    securityGroupIds: ['sg-11111111'],
    storageType: 'gp3',
    storage: { allocatedGiB: 100, maxGiB: 300 },
    multiAz: true,
    storageEncrypted: true,
    kmsKeyArn: await makeKey(aws),
    backupRetentionDays: 30,
    backupWindow: '03:00-04:00',
    copyTagsToSnapshots: true,
    deletionProtection: false,
    iamAuthentication: false,
    logExports: ['postgresql'],
    running: true,
    applyImmediately: false,
  };
}
