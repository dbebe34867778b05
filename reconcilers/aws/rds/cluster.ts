import { CreateDBClusterCommand } from '@aws-sdk/client-rds';
import type { ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { AlreadyExists } from '../outcome.ts';
import { sameUnordered } from '../same.ts';
import { toSdkTags } from '../tags.ts';
import { deleteCluster } from './cluster-deletion.ts';
import { listClusters } from './cluster-list.ts';
import type { ClusterOutputs, ClusterSpec } from './cluster-spec.ts';
import { capacityFor, writeCluster } from './cluster-update.ts';
import { coversVersion } from './engine-version.ts';
import { sameOrAny } from './equality.ts';
import { finalSnapshotTags } from './final-snapshot.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from './limits.ts';
import { readMasterPassword } from './master-password.ts';
import { makeSureItIsOurs } from './ownership.ts';
import { changeTags } from './tags.ts';

/** An Aurora PostgreSQL cluster, without its instances. */
export const Cluster: ResourceType<ClusterSpec, ClusterOutputs, Aws> = {
  name: 'rds/cluster',
  fields: {
    identifier: { severity: 'availability', immutable: true },
    engine: { severity: 'availability', immutable: true },
    engineVersion: { severity: 'security', equals: coversVersion },
    databaseName: { severity: 'availability', immutable: true },
    masterUsername: { severity: 'security', immutable: true },
    // Later passwords come by rotation, which tells the database itself.
    masterSecretArn: { severity: 'security', createOnly: true },
    port: { severity: 'availability' },
    subnetGroupName: { severity: 'availability', immutable: true },
    parameterGroupName: { severity: 'security' },
    securityGroupIds: { severity: 'security', equals: sameUnordered },
    storageEncrypted: { severity: 'security', immutable: true },
    kmsKeyArn: { severity: 'security', immutable: true, equals: sameOrAny },
    storageType: { severity: 'cost' },
    backupRetentionDays: { severity: 'security' },
    backupWindow: { severity: 'availability', equals: sameOrAny },
    maintenanceWindow: { severity: 'availability', equals: sameOrAny },
    copyTagsToSnapshots: { severity: 'cost' },
    deletionProtection: { severity: 'security' },
    dataApi: { severity: 'security' },
    iamAuthentication: { severity: 'security' },
    logExports: { severity: 'security', equals: sameUnordered },
    serverlessCapacity: { severity: 'cost' },
    running: { severity: 'cost' },
    finalSnapshot: { severity: 'cosmetic' },
  },
  absence: 'availability',
  holdsData: true,
  uniqueBy: 'name',
  nameField: 'identifier',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listClusters,

  async create(aws, spec, creation) {
    try {
      await aws.rds.send(
        new CreateDBClusterCommand({
          DBClusterIdentifier: spec.identifier,
          Engine: spec.engine,
          EngineVersion: spec.engineVersion,
          DatabaseName: spec.databaseName,
          MasterUsername: spec.masterUsername,
          MasterUserPassword: await readMasterPassword(aws, spec.masterSecretArn),
          Port: spec.port,
          DBSubnetGroupName: spec.subnetGroupName,
          DBClusterParameterGroupName: spec.parameterGroupName,
          VpcSecurityGroupIds: [...spec.securityGroupIds],
          StorageEncrypted: spec.storageEncrypted,
          KmsKeyId: spec.kmsKeyArn || undefined,
          StorageType: spec.storageType,
          BackupRetentionPeriod: spec.backupRetentionDays,
          PreferredBackupWindow: spec.backupWindow || undefined,
          PreferredMaintenanceWindow: spec.maintenanceWindow || undefined,
          CopyTagsToSnapshot: spec.copyTagsToSnapshots,
          DeletionProtection: spec.deletionProtection,
          EnableHttpEndpoint: spec.dataApi,
          EnableIAMDatabaseAuthentication: spec.iamAuthentication,
          EnableCloudwatchLogsExports: [...spec.logExports],
          ServerlessV2ScalingConfiguration: capacityFor(spec),
          Tags: toSdkTags({ ...creation.tags, ...finalSnapshotTags(spec.finalSnapshot) }),
        }),
      );
    } catch (error) {
      if (!(error instanceof AlreadyExists)) throw error;
      // Made by a call whose answer was lost.
      await makeSureItIsOurs(aws, 'cluster', spec.identifier, creation, error);
    }
    return { id: spec.identifier };
  },

  update: writeCluster,
  delete: deleteCluster,

  async setTags(aws, { outputs, tags: actual = {} }, tags) {
    await changeTags(aws, outputs.arn, tags, actual);
  },
};
