import {
  DescribeTableCommand,
  RestoreTableToPointInTimeCommand,
  type RestoreSummary,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { NotReady } from '../../../controller/engine/errors.ts';
import { ownerTag } from '../../../controller/engine/ownership.ts';
import type { Claim, Created, Creation, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { AlreadyExists } from '../outcome.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { arnOf } from './table-arn.ts';
import { encryption } from './table-settings.ts';
import type { TableOutputs, TableRestore, TableSpec } from './table-spec.ts';
import { changeTableTags, readTableTags } from './table-tags.ts';

/**
 * Makes a table of what another one had. It comes with the keys, indexes and capacity of that one, and without tags,
 * time to live, stream, recovery and protection: the next passes see what differs, and write it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
 */
export async function restoreTable(
  aws: Aws,
  spec: TableSpec,
  from: TableRestore,
  creation: Creation,
): Promise<Created<TableOutputs>> {
  try {
    await aws.dynamodb.send(
      new RestoreTableToPointInTimeCommand({
        SourceTableName: from.sourceTableName,
        TargetTableName: spec.name,
        ...(from.time === undefined
          ? { UseLatestRestorableTime: true }
          : { RestoreDateTime: new Date(from.time) }),
        SSESpecificationOverride: encryption(spec.kmsKeyArn),
        // Units would have to be given for every index of the other table: an update sets them afterwards.
        ...(spec.capacity.mode === 'PAY_PER_REQUEST' ? { BillingModeOverride: spec.capacity.mode } : {}),
      }),
    );
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    await takeOver(aws, spec.name, from, creation, error);
  }
  return { id: spec.name };
}

/** What was restored by a call whose answer was lost has no tags that say whose it is: they are put on it. */
async function takeOver(
  aws: Aws,
  name: string,
  from: TableRestore,
  creation: Creation,
  cause: AlreadyExists,
): Promise<void> {
  const arn = arnOf(aws, name);
  const [{ Table: table }, tags] = await Promise.all([
    aws.dynamodb.send(new DescribeTableCommand({ TableName: name })),
    readTableTags(aws, arn),
  ]);
  const isThis = isRestored(table?.RestoreSummary, arnOf(aws, from.sourceTableName), from.time);
  if (!isThis || tags[ownerTag] !== undefined)
    return makeSureItIsOurs(`a table ${name} exists already`, tags, creation, cause);
  if (table?.TableStatus === 'CREATING') throw new NotReady(`is being restored from ${from.sourceTableName}`);
  await changeTableTags(aws, arn, creation.tags, (key) => key in creation.tags);
}

/**
 * Whose a restored table without an owner is: theirs who began to make one of its name and do not know what came of
 * it. Nobody else's, however well the name fits.
 */
export function claimOnRestored(
  { TableName: name, RestoreSummary: restore }: TableDescription,
  tags: Tags,
  queries: readonly OwnerQuery[],
): Claim | undefined {
  if (tags[ownerTag] !== undefined || restore?.SourceTableArn === undefined) return undefined;
  for (const { owner, names, unconfirmed } of queries)
    for (const [node, wanted] of names) if (wanted === name && unconfirmed.has(node)) return { owner, node };
  return undefined;
}

function isRestored(
  summary: RestoreSummary | undefined,
  sourceArn: string,
  time: string | undefined,
): boolean {
  if (summary?.SourceTableArn !== sourceArn || summary.SourceBackupArn !== undefined) return false;
  const restored = summary.RestoreDateTime?.getTime() ?? 0;
  return time === undefined || Math.abs(restored - Date.parse(time)) < 1_000;
}
