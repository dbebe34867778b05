import type { ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { sameCapacity } from './capacity.ts';
import { sameIndexes } from './key-schema.ts';
import { createTable } from './table-creation.ts';
import { deleteTable, PROTECTED } from './table-deletion.ts';
import { listTables } from './table-list.ts';
import type { TableOutputs, TableSpec } from './table-spec.ts';
import { changeTableTags, isSettingTag } from './table-tags.ts';
import { writeTable } from './table-update.ts';

/** A DynamoDB table with its indexes. */
export const Table: ResourceType<TableSpec, TableOutputs, Aws> = {
  name: 'dynamodb/table',
  fields: {
    name: { severity: 'availability', immutable: true },
    keys: { severity: 'availability', immutable: true },
    localIndexes: { severity: 'availability', immutable: true, equals: sameIndexes },
    globalIndexes: { severity: 'availability', equals: sameIndexes },
    capacity: { severity: 'availability', equals: sameCapacity },
    stream: { severity: 'availability' },
    timeToLive: { severity: 'cost' },
    kmsKeyArn: { severity: 'security' },
    recoveryPeriodDays: { severity: 'security' },
    deletionProtection: { severity: 'security' },
    tableClass: { severity: 'cost' },
    backupBeforeDeletion: { severity: 'availability' },
    restoreFrom: { severity: 'availability', createOnly: true },
  },
  absence: 'availability',
  holdsData: true,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: 100,
  // Tags are shown after a few seconds, as is a new table:
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html
  settleTime: 30_000,

  list: listTables,
  create: createTable,
  update: writeTable,
  delete: deleteTable,
  protection: ({ spec }) => (spec.deletionProtection ? PROTECTED : undefined),

  async setTags(aws, current, tags) {
    await changeTableTags(aws, current.outputs.arn, tags, (key) => !isSettingTag(key));
  },
};
