import { ModifyDBInstanceCommand, type ModifyDBInstanceCommandInput } from '@aws-sdk/client-rds';
import type {
  InstanceOutputs,
  InstanceSpec,
} from '../../../../reconcilers/aws/rds/instance/instance-spec.ts';
import { Instance } from '../../../../reconcilers/aws/rds/instance/instance.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { sampleInstance } from './instance-samples.ts';
import { makeParameterGroup, removeTags } from './rds-samples.ts';

describeResourceType(
  Instance,
  async (aws): Promise<Fixture<InstanceSpec, InstanceOutputs>> => {
    const sample = await sampleInstance(aws);
    const DBParameterGroupName = 'own';
    await makeParameterGroup(aws, DBParameterGroupName, 'postgres15');

    /** Somebody else's change. */
    const modify =
      (change: Omit<ModifyDBInstanceCommandInput, 'DBInstanceIdentifier'>) =>
      ({ id: DBInstanceIdentifier }: { readonly id: string }) =>
        aws.rds.send(
          new ModifyDBInstanceCommand({ DBInstanceIdentifier, ApplyImmediately: true, ...change }),
        );

    return {
      spec: (number) => ({ ...sample, identifier: `contract-${number}` }),
      pending: true,
      removeTags: ({ outputs }) => removeTags(aws, outputs.arn),
      fields: {
        identifier: 'immutable',
        engine: 'immutable',
        availabilityZone: 'own tests',
        restoreFrom: 'own tests',
        applyImmediately: 'own tests',
        databaseName: 'immutable',
        masterUsername: 'immutable',
        masterSecretArn: 'own tests',
        subnetGroupName: 'immutable',
        storageEncrypted: 'immutable',
        kmsKeyArn: 'immutable',
        engineVersion: 'own tests',
        running: 'own tests',
        instanceClass: {
          another: 'db.r6g.large',
          changeFromOutside: modify({ DBInstanceClass: 'db.t3.micro' }),
        },
        parameterGroupName: {
          another: DBParameterGroupName,
          changeFromOutside: modify({ DBParameterGroupName }),
        },
        maintenanceWindow: {
          another: 'sat:05:00-sat:06:00',
          changeFromOutside: modify({ PreferredMaintenanceWindow: 'mon:09:00-mon:10:00' }),
        },
        publiclyAccessible: { another: true, changeFromOutside: modify({ PubliclyAccessible: true }) },
        autoMinorVersionUpgrade: {
          another: false,
          changeFromOutside: modify({ AutoMinorVersionUpgrade: false }),
        },
        caCertificate: {
          another: 'rds-ca-ecc384-g1',
          given: { caCertificate: 'rds-ca-rsa2048-g1' },
          changeFromOutside: modify({ CACertificateIdentifier: 'rds-ca-rsa4096-g1' }),
        },
        performanceInsights: {
          another: { retentionDays: 93, kmsKeyArn: '' },
          changeFromOutside: modify({ EnablePerformanceInsights: false }),
        },
        monitoring: {
          another: undefined,
          changeFromOutside: modify({ MonitoringInterval: 0 }),
        },
        port: { another: 5433, changeFromOutside: modify({ DBPortNumber: 5434 }) },
        securityGroupIds: {
          another: ['sg-22222222', 'sg-33333333'],
          changeFromOutside: modify({ VpcSecurityGroupIds: ['sg-44444444'] }),
        },
        storageType: { another: 'gp2', changeFromOutside: modify({ StorageType: 'gp2' }) },
        storage: {
          another: { allocatedGiB: 100, maxGiB: undefined },
          changeFromOutside: modify({ MaxAllocatedStorage: 1000 }),
        },
        multiAz: { another: false, changeFromOutside: modify({ MultiAZ: false }) },
        backupRetentionDays: { another: 7, changeFromOutside: modify({ BackupRetentionPeriod: 0 }) },
        backupWindow: {
          another: '01:00-02:00',
          changeFromOutside: modify({ PreferredBackupWindow: '12:00-13:00' }),
        },
        copyTagsToSnapshots: { another: false, changeFromOutside: modify({ CopyTagsToSnapshot: false }) },
        deletionProtection: { another: true, changeFromOutside: modify({ DeletionProtection: true }) },
        iamAuthentication: {
          another: true,
          changeFromOutside: modify({ EnableIAMDatabaseAuthentication: true }),
        },
        logExports: {
          another: ['postgresql', 'upgrade'],
          changeFromOutside: modify({
            CloudwatchLogsExportConfiguration: { DisableLogTypes: ['postgresql'] },
          }),
        },
      },
    };
  },
  ['engineVersion', 'running', 'applyImmediately'],
);
