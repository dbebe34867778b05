import { CreateDBInstanceCommand, type CreateDBInstanceCommandInput } from '@aws-sdk/client-rds';
import type { ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { AlreadyExists } from '../outcome.ts';
import { sameUnordered } from '../same.ts';
import { toSdkTags } from '../tags.ts';
import { coversVersion } from './engine-version.ts';
import { sameOrAny } from './equality.ts';
import { deleteInstance } from './instance-deletion.ts';
import { listInstances } from './instance-list.ts';
import type { InstanceOutputs, InstanceSpec } from './instance-spec.ts';
import { performanceInsightsFor, writeInstance } from './instance-update.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from './limits.ts';
import { readMasterPassword } from './master-password.ts';
import { makeSureItIsOurs } from './ownership.ts';
import { changeTags } from './tags.ts';

/** A database instance: a writer or reader of an Aurora cluster, or one that stands alone. */
export const Instance: ResourceType<InstanceSpec, InstanceOutputs, Aws> = {
  name: 'rds/instance',
  fields: {
    identifier: { severity: 'availability', immutable: true },
    clusterIdentifier: { severity: 'availability', immutable: true },
    engine: { severity: 'availability', immutable: true },
    instanceClass: { severity: 'cost' },
    parameterGroupName: { severity: 'security' },
    availabilityZone: { severity: 'availability', immutable: true, equals: sameOrAny },
    maintenanceWindow: { severity: 'availability', equals: sameOrAny },
    publiclyAccessible: { severity: 'security' },
    autoMinorVersionUpgrade: { severity: 'security' },
    caCertificate: { severity: 'security', equals: sameOrAny },
    performanceInsights: { severity: 'availability', equals: samePerformanceInsights },
    monitoring: { severity: 'availability' },
    promotionTier: { severity: 'availability' },
    engineVersion: { severity: 'security', equals: whereKnown(coversVersion) },
    databaseName: { severity: 'availability', immutable: true },
    masterUsername: { severity: 'security', immutable: true },
    // Later passwords come by rotation, which tells the database itself.
    masterSecretArn: { severity: 'security', createOnly: true },
    port: { severity: 'availability' },
    subnetGroupName: { severity: 'availability', immutable: true },
    securityGroupIds: { severity: 'security', equals: whereKnown(sameUnordered) },
    storageType: { severity: 'cost' },
    allocatedGiB: { severity: 'availability', equals: whereKnown(isCoveredBy) },
    maxAllocatedGiB: { severity: 'availability' },
    multiAz: { severity: 'availability' },
    storageEncrypted: { severity: 'security', immutable: true },
    kmsKeyArn: { severity: 'security', immutable: true, equals: whereKnown(sameOrAny) },
    backupRetentionDays: { severity: 'security' },
    backupWindow: { severity: 'availability', equals: whereKnown(sameOrAny) },
    copyTagsToSnapshots: { severity: 'cost' },
    deletionProtection: { severity: 'security' },
    iamAuthentication: { severity: 'security' },
    logExports: { severity: 'security', equals: whereKnown(sameUnordered) },
    running: { severity: 'cost' },
  },
  absence: 'availability',
  holdsData: true,
  uniqueBy: 'name',
  nameField: 'identifier',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listInstances,

  async create(aws, spec, creation) {
    try {
      await aws.rds.send(
        new CreateDBInstanceCommand({
          ...ofEither(spec),
          ...(spec.clusterIdentifier === undefined ? await ofAlone(aws, spec) : ofMember(spec)),
          Tags: toSdkTags(creation.tags),
        }),
      );
    } catch (error) {
      if (!(error instanceof AlreadyExists)) throw error;
      // Made by a call whose answer was lost.
      await makeSureItIsOurs(aws, 'db', spec.identifier, creation, error);
    }
    return { id: spec.identifier };
  },

  update: writeInstance,
  delete: deleteInstance,

  async setTags(aws, { outputs, tags: actual = {} }, tags) {
    await changeTags(aws, outputs.arn, tags, actual);
  },
};

function ofEither(spec: InstanceSpec): CreateDBInstanceCommandInput {
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
    ...performanceInsightsFor(spec.performanceInsights),
    ...(monitoring && {
      MonitoringInterval: monitoring.intervalSeconds,
      MonitoringRoleArn: monitoring.roleArn,
    }),
  };
}

function ofMember(spec: InstanceSpec): Partial<CreateDBInstanceCommandInput> {
  return { DBClusterIdentifier: spec.clusterIdentifier, PromotionTier: spec.promotionTier };
}

async function ofAlone(aws: Aws, spec: InstanceSpec): Promise<Partial<CreateDBInstanceCommandInput>> {
  return {
    EngineVersion: spec.engineVersion,
    DBName: spec.databaseName,
    MasterUsername: spec.masterUsername,
    MasterUserPassword: await readMasterPassword(aws, spec.masterSecretArn ?? ''),
    Port: spec.port,
    DBSubnetGroupName: spec.subnetGroupName,
    VpcSecurityGroupIds: [...(spec.securityGroupIds ?? [])],
    StorageType: spec.storageType,
    AllocatedStorage: spec.allocatedGiB,
    MaxAllocatedStorage: spec.maxAllocatedGiB === spec.allocatedGiB ? undefined : spec.maxAllocatedGiB,
    MultiAZ: spec.multiAz,
    StorageEncrypted: spec.storageEncrypted,
    KmsKeyId: spec.kmsKeyArn || undefined,
    BackupRetentionPeriod: spec.backupRetentionDays,
    PreferredBackupWindow: spec.backupWindow || undefined,
    CopyTagsToSnapshot: spec.copyTagsToSnapshots,
    DeletionProtection: spec.deletionProtection,
    EnableIAMDatabaseAuthentication: spec.iamAuthentication,
    EnableCloudwatchLogsExports: [...(spec.logExports ?? [])],
  };
}

/** The engine compares only what both sides have; members have none of what is the cluster's. */
function whereKnown<Value>(same: (wanted: Value, actual: Value) => boolean) {
  return (wanted: Value | undefined, actual: Value | undefined): boolean =>
    wanted === undefined || actual === undefined ? wanted === actual : same(wanted, actual);
}

/** Autoscaling makes it more. */
function isCoveredBy(wanted: number, actual: number): boolean {
  return actual >= wanted;
}

function samePerformanceInsights(
  wanted: InstanceSpec['performanceInsights'],
  actual: InstanceSpec['performanceInsights'],
): boolean {
  if (wanted === undefined || actual === undefined) return wanted === actual;
  return wanted.retentionDays === actual.retentionDays && sameOrAny(wanted.kmsKeyArn, actual.kmsKeyArn);
}
