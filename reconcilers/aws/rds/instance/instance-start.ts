import {
  CreateDBInstanceCommand,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import type { Tags } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { concealing } from '../../concealed.ts';
import { toSdkTags } from '../../tags.ts';
import { readMasterPassword } from '../master-credentials/master-password.ts';
import { creationOf } from './instance-creation.ts';
import type { InstanceSpec } from './instance-spec.ts';

/**
 * What a restored instance cannot be given (version, windows, Performance Insights, monitoring, how far it grows) it
 * has of its source, or an update gives it. Its storage is as large as that of its source, which may have grown.
 */
export async function startCreation(aws: Aws, spec: InstanceSpec, tags: Tags): Promise<void> {
  const { restoreFrom } = spec;
  if (restoreFrom === undefined) {
    const ofNewOne = await ofNew(aws, spec, tags);
    await concealing(ofNewOne.MasterUserPassword, aws.rds.send(new CreateDBInstanceCommand(ofNewOne)));
    return;
  }
  if (restoreFrom.kind === 'snapshot') {
    await aws.rds.send(
      new RestoreDBInstanceFromDBSnapshotCommand({
        ...ofRestored(spec, tags),
        DBInstanceIdentifier: spec.identifier,
        DBSnapshotIdentifier: restoreFrom.snapshotIdentifier,
      }),
    );
    return;
  }
  const { sourceIdentifier, time } = restoreFrom;
  await aws.rds.send(
    new RestoreDBInstanceToPointInTimeCommand({
      ...ofRestored(spec, tags),
      TargetDBInstanceIdentifier: spec.identifier,
      SourceDBInstanceIdentifier: sourceIdentifier,
      ...(time === undefined ? { UseLatestRestorableTime: true } : { RestoreTime: new Date(time) }),
    }),
  );
}

async function ofNew(aws: Aws, spec: InstanceSpec, tags: Tags) {
  return {
    ...creationOf(spec, tags),
    ...ofEither(spec),
    EngineVersion: spec.engineVersion,
    DBName: spec.databaseName,
    MasterUsername: spec.masterUsername,
    MasterUserPassword: await readMasterPassword(aws, spec.masterSecretArn),
    AllocatedStorage: spec.storage.allocatedGiB,
    MaxAllocatedStorage: spec.storage.maxGiB,
    StorageEncrypted: spec.storageEncrypted,
    KmsKeyId: spec.kmsKeyArn || undefined,
  };
}

/** The name of the database is not for PostgreSQL to be chosen here. */
function ofRestored(spec: InstanceSpec, tags: Tags) {
  return {
    ...ofEither(spec),
    DBInstanceClass: spec.instanceClass,
    DBParameterGroupName: spec.parameterGroupName,
    AvailabilityZone: spec.availabilityZone || undefined,
    PubliclyAccessible: spec.publiclyAccessible,
    AutoMinorVersionUpgrade: spec.autoMinorVersionUpgrade,
    CACertificateIdentifier: spec.caCertificate || undefined,
    Tags: toSdkTags(tags),
  };
}

function ofEither(spec: InstanceSpec) {
  return {
    Port: spec.port,
    DBSubnetGroupName: spec.subnetGroupName,
    VpcSecurityGroupIds: [...spec.securityGroupIds],
    StorageType: spec.storageType,
    MultiAZ: spec.multiAz,
    BackupRetentionPeriod: spec.backupRetentionDays,
    PreferredBackupWindow: spec.backupWindow || undefined,
    CopyTagsToSnapshot: spec.copyTagsToSnapshots,
    DeletionProtection: spec.deletionProtection,
    EnableIAMDatabaseAuthentication: spec.iamAuthentication,
    EnableCloudwatchLogsExports: [...spec.logExports],
  };
}
