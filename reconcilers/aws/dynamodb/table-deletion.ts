import {
  CreateBackupCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  ListBackupsCommand,
  type BackupSummary,
} from '@aws-sdk/client-dynamodb';
import { NotReady, Terminal } from '../../../controller/engine/errors.ts';
import type { Observed } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import type { TableOutputs, TableSpec } from './table-spec.ts';
import { tableTags } from './table-tags.ts';

export const PROTECTED =
  'is protected against deletion: switch the deletion protection off in its manifest first';

/**
 * So many milliseconds a backup counts as the last one: those of a deletion that somebody stopped, and began again
 * later, lack what was written in between. Backups are there within minutes.
 */
const FRESH = 60 * 60_000;

export async function deleteTable(aws: Aws, current: Observed<TableSpec, TableOutputs>): Promise<void> {
  if (current.state === 'deleting') return;
  if (current.spec.deletionProtection) throw new Terminal('DeletionBlocked', PROTECTED);
  if (current.spec.backupBeforeDeletion) await makeSureOfBackup(aws, current.id);
  await ifThere(aws.dynamodb.send(new DeleteTableCommand({ TableName: current.id })));
  tableTags.forget(aws, current.outputs.arn);
}

/** Throws until there is one. */
async function makeSureOfBackup(aws: Aws, TableName: string): Promise<void> {
  const BackupName = `${TableName.slice(0, 240)}-final`;
  const fresh = (await recentBackups(aws, TableName)).filter((backup) => backup.BackupName === BackupName);
  if (fresh.some(({ BackupStatus }) => BackupStatus === 'AVAILABLE')) return;
  const pending = fresh.find(({ BackupStatus }) => BackupStatus === 'CREATING');
  const arn =
    pending?.BackupArn ??
    (await aws.dynamodb.send(new CreateBackupCommand({ TableName, BackupName }))).BackupDetails?.BackupArn;
  throw new NotReady(`waits for its backup ${arn} before it is deleted`);
}

/** Of this table, not of one that had the name before. */
async function recentBackups({ dynamodb }: Aws, TableName: string): Promise<readonly BackupSummary[]> {
  const { Table: table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  const found: BackupSummary[] = [];
  const search = {
    TableName,
    BackupType: 'USER',
    TimeRangeLowerBound: new Date(Date.now() - FRESH),
  } as const;
  let ExclusiveStartBackupArn: string | undefined;
  do {
    const page = await dynamodb.send(new ListBackupsCommand({ ...search, ExclusiveStartBackupArn }));
    found.push(...(page.BackupSummaries ?? []).filter(({ TableId }) => TableId === table?.TableId));
    ExclusiveStartBackupArn = page.LastEvaluatedBackupArn;
  } while (ExclusiveStartBackupArn !== undefined);
  return found;
}
