import type { ResourceType } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { protectionOf } from '../../deletion-protection.ts';
import { sameUnordered } from '../../same.ts';
import { coversVersion, refusalOfMajor } from '../engine-version.ts';
import { sameIfShown, sameOrAny } from '../equality.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from '../limits.ts';
import { createOnce } from '../ownership.ts';
import { changeTags } from '../tags.ts';
import { deleteInstance } from './instance-deletion.ts';
import { interruptionOf } from './instance-interruption.ts';
import { listInstances } from './instance-list.ts';
import { settingRules } from './instance-settings.ts';
import type { InstanceOutputs, InstanceSpec } from './instance-spec.ts';
import { startCreation } from './instance-start.ts';
import { coversStorage } from './instance-storage.ts';
import { writeInstance } from './instance-update.ts';

/** A database instance that stands alone. */
export const Instance: ResourceType<InstanceSpec, InstanceOutputs, Aws> = {
  name: 'rds/instance',
  fields: {
    ...settingRules,
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
    restoreFrom: { severity: 'availability', createOnly: true },
    port: { severity: 'availability' },
    subnetGroupName: { severity: 'availability', immutable: true },
    securityGroupIds: { severity: 'security', equals: sameUnordered },
    storageType: { severity: 'cost' },
    storage: { severity: 'availability', equals: coversStorage },
    multiAz: { severity: 'availability' },
    storageEncrypted: { severity: 'security', immutable: true },
    kmsKeyArn: { severity: 'security', immutable: true, equals: sameOrAny },
    backupRetentionDays: { severity: 'security' },
    backupWindow: { severity: 'availability', equals: sameOrAny },
    copyTagsToSnapshots: { severity: 'cost' },
    deletionProtection: { severity: 'security' },
    iamAuthentication: { severity: 'security' },
    logExports: { severity: 'security', equals: sameUnordered },
    // AWS starts what was stopped for seven days.
    running: { severity: 'cost', isExpected: (wanted, actual) => !wanted && actual },
  },
  absence: 'availability',
  holdsData: true,
  // Nothing takes its place but another database, which begins with nothing.
  irreplaceable: true,
  uniqueBy: 'name',
  nameField: 'identifier',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listInstances,

  async create(aws, spec, creation) {
    const started = startCreation(aws, spec, creation.tags);
    await createOnce(aws, 'db', spec.identifier, creation, started);
    return { id: spec.identifier };
  },

  update: writeInstance,
  delete: deleteInstance,
  protection: ({ spec }) => protectionOf(spec.deletionProtection),
  interruptionOf,

  async setTags(aws, { outputs, tags: actual = {} }, tags) {
    await changeTags(aws, outputs.arn, tags, actual);
  },
};
