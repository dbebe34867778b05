import {
  CreateDBClusterParameterGroupCommand,
  DisableHttpEndpointCommand,
  ModifyDBClusterCommand,
  type ModifyDBClusterCommandInput,
} from '@aws-sdk/client-rds';
import type { ClusterOutputs, ClusterSpec } from '../../../../reconcilers/aws/rds/cluster/cluster-spec.ts';
import { Cluster } from '../../../../reconcilers/aws/rds/cluster/cluster.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { removeTags, sampleCluster } from './rds-samples.ts';

describeResourceType(
  Cluster,
  async (aws): Promise<Fixture<ClusterSpec, ClusterOutputs>> => {
    const sample = await sampleCluster(aws);
    const DBClusterParameterGroupName = 'own';
    await aws.rds.send(
      new CreateDBClusterParameterGroupCommand({
        DBClusterParameterGroupName,
        DBParameterGroupFamily: 'aurora-postgresql15',
        Description: 'own',
      }),
    );

    /** Somebody else's change. */
    const modify =
      (change: Omit<ModifyDBClusterCommandInput, 'DBClusterIdentifier'>) =>
      ({ id: DBClusterIdentifier }: { readonly id: string }) =>
        aws.rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier, ApplyImmediately: true, ...change }));

    return {
      spec: (number) => ({ ...sample, identifier: `contract-${number}` }),
      pending: true,
      removeTags: ({ outputs }) => removeTags(aws, outputs.arn),
      fields: {
        identifier: 'immutable',
        engine: 'immutable',
        databaseName: 'immutable',
        masterUsername: 'immutable',
        masterSecretArn: 'own tests',
        subnetGroupName: 'immutable',
        storageEncrypted: 'immutable',
        kmsKeyArn: 'immutable',
        engineVersion: 'own tests',
        instanceParameterGroupName: 'own tests',
        running: 'own tests',
        applyImmediately: 'own tests',
        restoreFrom: 'own tests',
        finalSnapshot: 'own tests',
        port: { another: 5433, changeFromOutside: modify({ Port: 5434 }) },
        parameterGroupName: {
          another: DBClusterParameterGroupName,
          changeFromOutside: modify({ DBClusterParameterGroupName }),
        },
        securityGroupIds: {
          another: ['sg-22222222', 'sg-33333333'],
          changeFromOutside: modify({ VpcSecurityGroupIds: ['sg-44444444'] }),
        },
        storageType: {
          another: 'aurora-iopt1',
          changeFromOutside: modify({ StorageType: 'aurora-iopt1' }),
        },
        backupRetentionDays: { another: 14, changeFromOutside: modify({ BackupRetentionPeriod: 1 }) },
        backupWindow: {
          another: '01:00-02:00',
          changeFromOutside: modify({ PreferredBackupWindow: '12:00-13:00' }),
        },
        maintenanceWindow: {
          another: 'sat:05:00-sat:06:00',
          changeFromOutside: modify({ PreferredMaintenanceWindow: 'mon:09:00-mon:10:00' }),
        },
        copyTagsToSnapshots: { another: false, changeFromOutside: modify({ CopyTagsToSnapshot: false }) },
        deletionProtection: { another: true, changeFromOutside: modify({ DeletionProtection: true }) },
        dataApi: {
          another: false,
          changeFromOutside: ({ outputs }) =>
            aws.rds.send(new DisableHttpEndpointCommand({ ResourceArn: outputs.arn })),
        },
        iamAuthentication: {
          another: false,
          changeFromOutside: modify({ EnableIAMDatabaseAuthentication: false }),
        },
        logExports: {
          another: ['postgresql', 'instance'],
          changeFromOutside: modify({
            CloudwatchLogsExportConfiguration: { DisableLogTypes: ['postgresql'] },
          }),
        },
        serverlessCapacity: {
          another: { min: 1, max: 8 },
          given: { serverlessCapacity: { min: 0.5, max: 4 } },
          changeFromOutside: modify({
            ServerlessV2ScalingConfiguration: { MinCapacity: 2, MaxCapacity: 64 },
          }),
        },
      },
    };
  },
  ['engineVersion', 'running', 'applyImmediately', 'finalSnapshot'],
);
