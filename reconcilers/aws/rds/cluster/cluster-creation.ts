import {
  CreateDBClusterCommand,
  RestoreDBClusterFromSnapshotCommand,
  RestoreDBClusterToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import { NotReady, Terminal } from '../../../../controller/engine/errors.ts';
import type { Tags } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { concealing } from '../../concealed.ts';
import { toSdkTags } from '../../tags.ts';
import { coversVersion } from '../engine-version.ts';
import { finalSnapshotTags } from '../final-snapshot.ts';
import { readMasterPassword } from '../master-credentials/master-password.ts';
import { capacityFor } from './cluster-modification.ts';
import { describeClusterSnapshot } from './cluster-snapshot.ts';
import type { ClusterSpec } from './cluster-spec.ts';

/** What a restored cluster cannot be given (users, windows, Data API) it has of its source, or an update gives it. */
export async function startCreation(aws: Aws, spec: ClusterSpec, tags: Tags): Promise<void> {
  const { restoreFrom } = spec;
  if (restoreFrom === undefined) {
    const ofNewOne = await ofNew(aws, spec);
    const call = aws.rds.send(new CreateDBClusterCommand({ ...ofAny(spec, tags), ...ofNewOne }));
    await concealing(ofNewOne.MasterUserPassword, call);
    return;
  }
  if (restoreFrom.kind === 'snapshot') {
    const snapshot = await ofSnapshot(aws, spec, restoreFrom.snapshotIdentifier);
    await aws.rds.send(new RestoreDBClusterFromSnapshotCommand({ ...ofAny(spec, tags), ...snapshot }));
    return;
  }
  const { sourceIdentifier, time } = restoreFrom;
  await aws.rds.send(
    new RestoreDBClusterToPointInTimeCommand({
      ...ofAny(spec, tags),
      SourceDBClusterIdentifier: sourceIdentifier,
      ...(time === undefined ? { UseLatestRestorableTime: true } : { RestoreToTime: new Date(time) }),
    }),
  );
}

function ofAny(spec: ClusterSpec, tags: Tags) {
  return {
    DBClusterIdentifier: spec.identifier,
    Port: spec.port,
    DBSubnetGroupName: spec.subnetGroupName,
    DBClusterParameterGroupName: spec.parameterGroupName,
    VpcSecurityGroupIds: [...spec.securityGroupIds],
    KmsKeyId: spec.kmsKeyArn || undefined,
    StorageType: spec.storageType,
    BackupRetentionPeriod: spec.backupRetentionDays,
    PreferredBackupWindow: spec.backupWindow || undefined,
    CopyTagsToSnapshot: spec.copyTagsToSnapshots,
    DeletionProtection: spec.deletionProtection,
    EnableIAMDatabaseAuthentication: spec.iamAuthentication,
    EnableCloudwatchLogsExports: [...spec.logExports],
    ServerlessV2ScalingConfiguration: capacityFor(spec),
    Tags: toSdkTags({ ...tags, ...finalSnapshotTags(spec.finalSnapshot) }),
  };
}

async function ofNew(aws: Aws, spec: ClusterSpec) {
  return {
    Engine: spec.engine,
    EngineVersion: spec.engineVersion,
    DatabaseName: spec.databaseName,
    MasterUsername: spec.masterUsername,
    MasterUserPassword: await readMasterPassword(aws, spec.masterSecretArn),
    StorageEncrypted: spec.storageEncrypted,
    PreferredMaintenanceWindow: spec.maintenanceWindow || undefined,
    EnableHttpEndpoint: spec.dataApi,
  };
}

/**
 * It becomes no older than the snapshot, which has a later minor version if AWS raised it; without a version AWS would
 * take its default one.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html
 */
async function ofSnapshot(aws: Aws, spec: ClusterSpec, SnapshotIdentifier: string) {
  const snapshot = await describeClusterSnapshot(aws, SnapshotIdentifier);
  if (snapshot === undefined)
    throw new Terminal('InvalidSpec', `is to be restored from ${SnapshotIdentifier}, which does not exist`);
  const { Status = '', EngineVersion = '' } = snapshot;
  if (Status === 'creating' || Status === 'copying')
    throw new NotReady(`waits for the snapshot ${SnapshotIdentifier}, which is ${Status}`);
  const isCovered = coversVersion(spec.engineVersion, EngineVersion);
  return {
    SnapshotIdentifier,
    Engine: spec.engine,
    EngineVersion: isCovered ? EngineVersion : spec.engineVersion,
  };
}
