import {
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { managedTags, nodeTag, ownerTag } from '../../../controller/engine/ownership.ts';
import type { Change, Observed } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { changedIndexes, provisioned, sameThroughput } from './capacity.ts';
import { writeIndexes } from './global-indexes.ts';
import type { TableOutputs, TableSpec } from './table-spec.ts';
import { encryption, streamSpecification } from './table-settings.ts';
import { changeTableTags, isSettingTag, settingTags } from './table-tags.ts';

type ObservedTable = Observed<TableSpec, TableOutputs>;
type TableUpdate = Omit<UpdateTableCommandInput, 'TableName'>;

/**
 * DynamoDB takes one sort of change at a time. The next one is refused (NotReady) until the table has taken up
 * the one before, so that every pass gets one further. What protects the data comes first.
 */
export async function writeTable(
  aws: Aws,
  current: ObservedTable,
  spec: TableSpec,
  changes: readonly Change[],
): Promise<void> {
  const changed = new Set(changes.map(({ field }) => field));
  const update = (wanted: TableUpdate) => updateTable(aws, current.id, wanted);
  // A restored table comes without tags: until it has them, only memory tells whose it is, and policies do not know.
  if (current.tags?.[ownerTag] === undefined) await writeIdentity(aws, current);
  if (changed.has('backupBeforeDeletion'))
    await changeTableTags(aws, current.outputs.arn, settingTags(spec.backupBeforeDeletion), isSettingTag);
  if (changed.has('recoveryPeriodDays')) await writeRecovery(aws, current.id, spec.recoveryPeriodDays);
  if (changed.has('deletionProtection')) await update({ DeletionProtectionEnabled: spec.deletionProtection });
  if (changed.has('kmsKeyArn')) await update({ SSESpecification: encryption(spec.kmsKeyArn) });
  if (changed.has('capacity')) await update(capacityUpdate(current.spec, spec));
  if (changed.has('stream')) await writeStream(current.spec.stream, spec.stream, update);
  if (changed.has('timeToLive')) await writeTimeToLive(aws, current, spec.timeToLive);
  if (changed.has('globalIndexes')) await writeIndexes(current.spec, spec, update);
  // It changes twice in 30 days at most, for which nothing else is to wait:
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.tableclasses.html
  if (changed.has('tableClass')) await update({ TableClass: spec.tableClass });
}

async function writeIdentity(aws: Aws, { owner, node, outputs }: ObservedTable): Promise<void> {
  const identity = { ...managedTags, [ownerTag]: owner, [nodeTag]: node };
  await changeTableTags(aws, outputs.arn, identity, (key) => key in identity);
}

async function updateTable({ dynamodb }: Aws, TableName: string, wanted: TableUpdate): Promise<void> {
  await dynamodb.send(new UpdateTableCommand({ TableName, ...wanted }));
}

async function writeRecovery({ dynamodb }: Aws, TableName: string, days: number | undefined): Promise<void> {
  const PointInTimeRecoverySpecification =
    days === undefined
      ? { PointInTimeRecoveryEnabled: false }
      : { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: days };
  await dynamodb.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
}

/** A table that becomes provisioned needs the numbers of all its indexes; otherwise only what changes is allowed. */
function capacityUpdate(actual: TableSpec, { capacity: wanted }: TableSpec): TableUpdate {
  if (wanted.mode === 'PAY_PER_REQUEST') return { BillingMode: wanted.mode };
  const before = actual.capacity.mode === 'PROVISIONED' ? actual.capacity : undefined;
  const names = before === undefined ? Object.keys(actual.globalIndexes) : changedIndexes(wanted, before);
  const indexes = names.map((IndexName) => ({
    Update: {
      IndexName,
      ProvisionedThroughput: provisioned(
        wanted.indexes[IndexName] ?? wanted.table,
        before?.indexes[IndexName],
      ),
    },
  }));
  return {
    ...(before === undefined ? { BillingMode: wanted.mode } : {}),
    ...(before !== undefined && sameThroughput(wanted.table, before.table)
      ? {}
      : { ProvisionedThroughput: provisioned(wanted.table, before?.table) }),
    ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexUpdates: indexes }),
  };
}

/** Another view of the changes is another stream. */
async function writeStream(
  actual: TableSpec['stream'],
  wanted: TableSpec['stream'],
  update: (wanted: TableUpdate) => Promise<void>,
): Promise<void> {
  if (actual !== undefined) await update({ StreamSpecification: streamSpecification(undefined) });
  if (wanted !== undefined) await update({ StreamSpecification: streamSpecification(wanted) });
}

/** Another attribute needs two changes, which DynamoDB takes an hour apart. */
async function writeTimeToLive(
  { dynamodb }: Aws,
  { id: TableName, spec }: ObservedTable,
  wanted: string | undefined,
): Promise<void> {
  const write = (AttributeName: string, Enabled: boolean) =>
    dynamodb.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }),
    );
  if (spec.timeToLive !== undefined) await write(spec.timeToLive, false);
  if (wanted !== undefined) await write(wanted, true);
}
