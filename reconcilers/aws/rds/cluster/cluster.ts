import type { ResourceType } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { protectionOf } from '../../deletion-protection.ts';
import { sameUnordered } from '../../same.ts';
import { coversVersion, refusalOfMajor } from '../engine-version.ts';
import { sameIfShown, sameOrAny } from '../equality.ts';
import { isOrComes } from '../group-of-upgrade.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from '../limits.ts';
import { createOnce } from '../ownership.ts';
import { changeTags } from '../tags.ts';
import { startCreation } from './cluster-creation.ts';
import { deleteCluster } from './cluster-deletion.ts';
import { listClusters } from './cluster-list.ts';
import { interruptionOf } from './cluster-modification.ts';
import type { ClusterOutputs, ClusterSpec } from './cluster-spec.ts';
import { writeCluster } from './cluster-update.ts';

/** An Aurora PostgreSQL cluster, without its instances. */
export const Cluster: ResourceType<ClusterSpec, ClusterOutputs, Aws> = {
  name: 'rds/cluster',
  fields: {
    identifier: { severity: 'availability', immutable: true },
    engine: { severity: 'availability', immutable: true },
    engineVersion: {
      severity: 'security',
      equals: coversVersion,
      refusal: refusalOfMajor,
      togetherWith: 'parameterGroupName',
    },
    databaseName: { severity: 'availability', immutable: true, equals: sameIfShown },
    masterUsername: { severity: 'security', immutable: true },
    // Later passwords come by rotation, which tells the database itself.
    masterSecretArn: { severity: 'security', createOnly: true },
    port: { severity: 'availability' },
    subnetGroupName: { severity: 'availability', immutable: true },
    // Compared where it is: in the instances.
    instanceParameterGroupName: { severity: 'security', createOnly: true },
    parameterGroupName: { severity: 'security', equals: isOrComes },
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
    // AWS starts what was stopped for seven days.
    running: {
      severity: 'cost',
      equals: (wanted, actual) => wanted === actual || actual === 'no instances',
      isExpected: (wanted, actual) => wanted === false && actual === true,
    },
    applyImmediately: { severity: 'availability', equals: (wanted, actual) => !wanted || actual },
    restoreFrom: { severity: 'availability', createOnly: true },
    finalSnapshot: { severity: 'cosmetic' },
  },
  absence: 'availability',
  holdsData: true,
  // Nothing takes its place but another database, which begins with nothing.
  irreplaceable: true,
  uniqueBy: 'name',
  nameField: 'identifier',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listClusters,

  async create(aws, spec, creation) {
    const started = startCreation(aws, spec, creation.tags);
    await createOnce(aws, 'cluster', spec.identifier, creation, started);
    return { id: spec.identifier };
  },

  update: writeCluster,
  delete: deleteCluster,

  protection: ({ spec }) => protectionOf(spec.deletionProtection),
  interruptionOf,

  async setTags(aws, { outputs, tags: actual = {} }, tags) {
    await changeTags(aws, outputs.arn, tags, actual);
  },
};
