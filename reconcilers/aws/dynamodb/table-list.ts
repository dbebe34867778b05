import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ownedTags } from '../owned.ts';
import { identityOf } from '../identity.ts';
import { omitTags } from '../tags.ts';
import { capacityOf } from './capacity.ts';
import { keysOf, projectionOf } from './key-schema.ts';
import { arnOf, nameIn } from './table-arn.ts';
import { claimOnRestored } from './table-restore.ts';
import type { TableOutputs, TableSpec } from './table-spec.ts';
import { stateOf } from './table-state.ts';
import { isSettingTag, tableTags, wantsBackup } from './table-tags.ts';

type ObservedTable = Observed<TableSpec, TableOutputs>;

/** By their names, by what was seen before and by their tags. DynamoDB tells of one table per call, in three calls. */
export async function listTables(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedTable[]> {
  const indexed = await ownedTags(aws, 'dynamodb:table', queries, nameIn);
  const names = new Set(indexed.keys());
  for (const query of queries)
    for (const name of [...query.names.values(), ...query.known.values()]) names.add(name);
  const found = await Promise.all([...names].map((name) => observe(aws, name, indexed, queries)));
  return found.filter((table) => table !== undefined);
}

/** Undefined if it is not there, or not of these owners. */
async function observe(
  aws: Aws,
  name: string,
  indexed: ReadonlyMap<string, Tags>,
  queries: readonly OwnerQuery[],
): Promise<ObservedTable | undefined> {
  try {
    const { Table: table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName: name }));
    if (table === undefined) return undefined;
    const tags = await tableTags.of(aws, table.TableArn ?? arnOf(aws, name), indexed.get(name));
    const identity = identityOf(name, tags, queries) ?? claimOnRestored(table, tags, queries);
    if (identity === undefined) return undefined;
    return {
      ...identity,
      id: name,
      ...stateOf(table),
      spec: {
        ...specOf(table),
        ...(await settingsOf(aws, table)),
        name,
        backupBeforeDeletion: wantsBackup(tags),
        restoreFrom: undefined,
      },
      outputs: outputsOf(table),
      tags: omitTags(tags, isSettingTag),
    };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

type Settings = Pick<TableSpec, 'timeToLive' | 'recoveryPeriodDays'>;

/** What is not part of the description. A table that is being made, or going, has none of it. */
async function settingsOf(
  { dynamodb }: Aws,
  { TableName, TableStatus }: TableDescription,
): Promise<Settings> {
  if (TableStatus === 'CREATING' || TableStatus === 'DELETING')
    return { timeToLive: undefined, recoveryPeriodDays: undefined };
  const [{ TimeToLiveDescription: expiry }, { ContinuousBackupsDescription: backups }] = await Promise.all([
    dynamodb.send(new DescribeTimeToLiveCommand({ TableName })),
    dynamodb.send(new DescribeContinuousBackupsCommand({ TableName })),
  ]);
  const expires = expiry?.TimeToLiveStatus === 'ENABLED' || expiry?.TimeToLiveStatus === 'ENABLING';
  const recovery = backups?.PointInTimeRecoveryDescription;
  const recovers = recovery?.PointInTimeRecoveryStatus === 'ENABLED';
  return {
    timeToLive: expires ? expiry.AttributeName : undefined,
    recoveryPeriodDays: recovers ? (recovery.RecoveryPeriodInDays ?? 35) : undefined,
  };
}

function specOf(table: TableDescription) {
  const { AttributeDefinitions: definitions, KeySchema, SSEDescription: encryption } = table;
  const globalIndexes = (table.GlobalSecondaryIndexes ?? [])
    .filter(({ IndexStatus }) => IndexStatus !== 'DELETING')
    .map((index) => {
      const projection = projectionOf(index.Projection);
      return [index.IndexName ?? '', { ...keysOf(index.KeySchema, definitions), projection }] as const;
    });
  const localIndexes = (table.LocalSecondaryIndexes ?? []).map((index) => {
    const sortKey = keysOf(index.KeySchema, definitions).sortKey ?? { name: '', type: 'S' as const };
    return [index.IndexName ?? '', { sortKey, projection: projectionOf(index.Projection) }] as const;
  });
  const isEncrypted = encryption?.Status === 'ENABLED' || encryption?.Status === 'UPDATING';
  return {
    keys: keysOf(KeySchema, definitions),
    globalIndexes: Object.fromEntries(globalIndexes),
    localIndexes: Object.fromEntries(localIndexes),
    capacity: capacityOf(table),
    stream: streamOf(table),
    kmsKeyArn: isEncrypted ? encryption.KMSMasterKeyArn : undefined,
    deletionProtection: table.DeletionProtectionEnabled ?? false,
    tableClass: table.TableClassSummary?.TableClass ?? 'STANDARD',
  };
}

function streamOf({ StreamSpecification: stream }: TableDescription): TableSpec['stream'] {
  return stream?.StreamEnabled === true ? stream.StreamViewType : undefined;
}

/** The stream before goes on being shown for a day. */
function outputsOf(table: TableDescription): TableOutputs {
  return {
    arn: table.TableArn ?? '',
    name: table.TableName ?? '',
    streamArn: streamOf(table) === undefined ? '' : (table.LatestStreamArn ?? ''),
  };
}
