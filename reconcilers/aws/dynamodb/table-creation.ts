import { CreateTableCommand, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { Created, Creation } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { AlreadyExists } from '../outcome.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { toSdkTags } from '../tags.ts';
import { provisioned } from './capacity.ts';
import { encryption, streamSpecification } from './table-settings.ts';
import { attributeDefinitions, globalIndex, keySchema, localIndex } from './key-schema.ts';
import { arnOf } from './table-arn.ts';
import { restoreTable } from './table-restore.ts';
import type { Capacity, TableOutputs, TableSpec } from './table-spec.ts';
import { readTableTags, settingTags, tableTags } from './table-tags.ts';

/** Time to live and recovery can be set only when the table is there: the next passes see that they are missing. */
export async function createTable(
  aws: Aws,
  spec: TableSpec,
  creation: Creation,
): Promise<Created<TableOutputs>> {
  const { name, restoreFrom } = spec;
  if (restoreFrom !== undefined) return restoreTable(aws, spec, restoreFrom, creation);
  const arn = arnOf(aws, name);
  const tags = { ...creation.tags, ...settingTags(spec.backupBeforeDeletion) };
  try {
    await aws.dynamodb.send(new CreateTableCommand({ ...definitionOf(spec), Tags: toSdkTags(tags) }));
    tableTags.remember(aws, arn, tags);
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    makeSureItIsOurs(`a table ${name} exists already`, await readTableTags(aws, arn), creation, error);
  }
  return { id: name };
}

function definitionOf(spec: TableSpec): CreateTableCommandInput {
  const globalIndexes = Object.entries(spec.globalIndexes).map(([name, index]) => ({
    ...globalIndex(name, index),
    ...throughputOfIndex(spec.capacity, name),
  }));
  const localIndexes = Object.entries(spec.localIndexes).map(([name, index]) =>
    localIndex(name, index, spec.keys),
  );
  return {
    TableName: spec.name,
    KeySchema: keySchema(spec.keys),
    AttributeDefinitions: attributeDefinitions(spec, spec.globalIndexes),
    // An empty list is refused.
    ...(globalIndexes.length === 0 ? {} : { GlobalSecondaryIndexes: globalIndexes }),
    ...(localIndexes.length === 0 ? {} : { LocalSecondaryIndexes: localIndexes }),
    BillingMode: spec.capacity.mode,
    ...(spec.capacity.mode === 'PROVISIONED'
      ? { ProvisionedThroughput: provisioned(spec.capacity.table) }
      : {}),
    ...(spec.stream === undefined ? {} : { StreamSpecification: streamSpecification(spec.stream) }),
    ...(spec.kmsKeyArn === undefined ? {} : { SSESpecification: encryption(spec.kmsKeyArn) }),
    DeletionProtectionEnabled: spec.deletionProtection,
    TableClass: spec.tableClass,
  };
}

/** An index that the spec says nothing of has what the table has. */
export function throughputOfIndex(capacity: Capacity, name: string) {
  if (capacity.mode === 'PAY_PER_REQUEST') return {};
  return { ProvisionedThroughput: provisioned(capacity.indexes[name] ?? capacity.table) };
}
