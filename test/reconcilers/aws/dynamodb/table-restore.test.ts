import {
  CreateBackupCommand,
  DescribeContinuousBackupsCommand,
  GetItemCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  RestoreTableToPointInTimeCommand,
  TagResourceCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { NotReady } from '../../../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { arnOf } from '../../../../reconcilers/aws/dynamodb/table-arn.ts';
import type { TableSpec } from '../../../../reconcilers/aws/dynamodb/table-spec.ts';
import { Table } from '../../../../reconcilers/aws/dynamodb/table.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { byAccount, byUser, sampleTable } from './table-samples.ts';

const name = 'test-restored-transactions';
const source = 'test-ledger-transactions';
const owner = 'LedgerDatabase/test/restored';
const node = 'transactions';
const creationOf = (by: string): Creation => ({
  owner: by,
  node,
  tags: { [ownerTag]: by, [nodeTag]: node, team: 'payments' },
});
const creation = creationOf(owner);
const forgetful: OwnerQuery = {
  owner,
  names: new Map([[node, name]]),
  known: new Map(),
  unconfirmed: new Set(),
};
const remembering: OwnerQuery = { ...forgetful, known: new Map([[node, name]]) };
const item = { transactionId: { S: 'one' }, part: { N: '1' } };
const spec: TableSpec = { ...sampleTable(name), restoreFrom: { sourceTableName: source, time: undefined } };

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;

beforeAll(async () => {
  emulator = await startEmulator();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});
afterAll(async () => {
  connection.close();
  await emulator.stop();
});
beforeEach(async () => {
  await emulator.reset();
  const lost: TableSpec = { ...sampleTable(source), recoveryPeriodDays: 35 };
  await Table.create(aws, lost, creationOf('LedgerDatabase/test/ledger'));
  await converge(lost, {
    ...forgetful,
    owner: 'LedgerDatabase/test/ledger',
    names: new Map([[node, source]]),
  });
  await aws.dynamodb.send(new PutItemCommand({ TableName: source, Item: item }));
});

async function listed(query: OwnerQuery) {
  const [found] = await Table.list(aws, [query]);
  if (found === undefined) throw new Error('the table is gone');
  return found;
}

async function converge(wanted: TableSpec, query: OwnerQuery): Promise<void> {
  for (let passes = 0; passes < 8; passes += 1) {
    const found = await listed(query);
    const changes = differences(Table, wanted, found.spec);
    if (changes.length === 0) return;
    await Table.update(aws, found, wanted, changes).catch((error: unknown) => {
      if (!(error instanceof NotReady)) throw error;
    });
  }
  throw new Error(`still differs: ${JSON.stringify((await listed(query)).spec)}`);
}

const restoreByHand = (TargetTableName: string) =>
  aws.dynamodb.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: source,
      TargetTableName,
      UseLatestRestorableTime: true,
    }),
  );

async function tags() {
  const ResourceArn = arnOf(aws, name);
  return (await aws.dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags ?? [];
}

describe('a restored table', () => {
  test('has what the other one had, and gets from updates what is not restored', async () => {
    const { KeyMetadata } = await aws.kms.send(new CreateKeyCommand({}));
    const wanted: TableSpec = {
      ...spec,
      globalIndexes: { 'by-user': byUser, 'by-account': byAccount },
      capacity: {
        mode: 'PROVISIONED',
        table: { read: 5, write: 5 },
        indexes: { 'by-user': { read: 6, write: 6 }, 'by-account': { read: 7, write: 7 } },
      },
      kmsKeyArn: KeyMetadata?.Arn,
      stream: 'NEW_IMAGE',
      timeToLive: 'expiresAt',
      recoveryPeriodDays: 7,
      deletionProtection: true,
    };
    expect(await Table.create(aws, wanted, creation)).toEqual({ id: name });
    // From the first byte on.
    expect((await listed(remembering)).spec.kmsKeyArn).toBe(KeyMetadata?.Arn);
    await converge(wanted, remembering);
    const { Item } = await aws.dynamodb.send(new GetItemCommand({ TableName: name, Key: item }));
    expect(Item).toEqual(item);
  });

  test('is of the moment that is asked for', async () => {
    const { ContinuousBackupsDescription: backups } = await aws.dynamodb.send(
      new DescribeContinuousBackupsCommand({ TableName: source }),
    );
    const earliest = backups?.PointInTimeRecoveryDescription?.EarliestRestorableDateTime ?? new Date(0);
    const from = (time: string) => ({ ...spec, restoreFrom: { sourceTableName: source, time } });
    await Table.create(aws, from(earliest.toISOString()), creation);
    await expect(
      Table.create(aws, { ...from('2020-01-01T00:00:00Z'), name: 'another' }, creation),
    ).rejects.toMatchObject({ reason: 'InvalidSpec', message: expect.stringContaining('RestoreDateTime') });
  });

  test('carries its owner as soon as it is there, before it is complete', async () => {
    await emulator.setLifecycles({ 'dynamodb/table': { creating: 'held', updating: 'held' } });
    await Table.create(aws, spec, creation);
    expect(await listed(remembering)).toMatchObject({
      state: 'pending',
      message: `is being restored from ${arnOf(aws, source)}`,
    });
    await emulator.release('dynamodb/table');
    const wanted: TableSpec = { ...spec, deletionProtection: true, stream: 'NEW_IMAGE' };
    const found = await listed(remembering);
    const changes = differences(Table, wanted, found.spec);
    await expect(Table.update(aws, found, wanted, changes)).rejects.toThrow(NotReady);
    // The tag by which policies know what the controller may change is among them.
    expect(await listed(forgetful)).toMatchObject({ owner, node, tags: { ManagedBy: 'fintech-controller' } });
  });

  test('is not deleted without a backup before a tag says so', async () => {
    await Table.create(aws, spec, creation);
    await expect(Table.delete(aws, await listed(remembering))).rejects.toThrow('waits for its backup');
  });
});

describe('a restore whose answer was lost', () => {
  test('is waited for, and then found to be ours', async () => {
    await emulator.setLifecycles({ 'dynamodb/table': { creating: 'held' } });
    await Table.create(aws, spec, creation);
    await expect(Table.create(aws, spec, creation)).rejects.toBeInstanceOf(NotReady);
    await emulator.release('dynamodb/table');
    expect(await Table.list(aws, [forgetful])).toEqual([]);
    expect(await Table.create(aws, spec, creation)).toEqual({ id: name });
    expect(await listed(forgetful)).toMatchObject({ owner, node, tags: creation.tags });
  });

  test('is found by who began it and does not know what came of it, so that it can be deleted', async () => {
    await emulator.setLifecycles({ 'dynamodb/table': { creating: 'held' } });
    await Table.create(aws, spec, creation);
    expect(await listed({ ...forgetful, unconfirmed: new Set([node]) })).toMatchObject({ owner, node });
    expect(await Table.list(aws, [{ ...forgetful, unconfirmed: new Set(['another']) }])).toEqual([]);
  });
});

describe('a table of the wanted name', () => {
  const notOwned = { reason: 'NotOwned' };

  test('that was restored from something else is not taken over', async () => {
    await restoreByHand(name);
    const restoreFrom = { sourceTableName: 'another', time: undefined };
    await Table.create(
      aws,
      { ...sampleTable('another'), recoveryPeriodDays: 35 },
      creationOf('Sample/test/x'),
    );
    await converge(
      { ...sampleTable('another'), recoveryPeriodDays: 35 },
      { ...forgetful, owner: 'Sample/test/x', names: new Map([[node, 'another']]) },
    );
    await expect(Table.create(aws, { ...spec, restoreFrom }, creation)).rejects.toMatchObject(notOwned);
    expect(await tags()).toEqual([]);
  });

  test('that has another owner, or was not restored at all, is not taken over', async () => {
    await restoreByHand(name);
    const theirs = [{ Key: ownerTag, Value: 'LedgerDatabase/test/theirs' }];
    await aws.dynamodb.send(new TagResourceCommand({ ResourceArn: arnOf(aws, name), Tags: theirs }));
    await expect(Table.create(aws, spec, creation)).rejects.toMatchObject(notOwned);
    expect(await tags()).toEqual(theirs);
    const made = { ...spec, name: 'made-by-hand' };
    await Table.create(aws, { ...made, restoreFrom: undefined }, { ...creation, tags: {} });
    await expect(Table.create(aws, made, creation)).rejects.toMatchObject(notOwned);
  });

  test('that somebody restored is not ours for a spec that restores nothing', async () => {
    await restoreByHand(name);
    await expect(Table.create(aws, { ...spec, restoreFrom: undefined }, creation)).rejects.toMatchObject(
      notOwned,
    );
  });
});

test('A source that is not there, or without recovery, is a fault of the spec', async () => {
  await expect(
    Table.create(aws, { ...spec, restoreFrom: { sourceTableName: 'missing', time: undefined } }, creation),
  ).rejects.toMatchObject({ reason: 'InvalidSpec' });
  await Table.create(aws, sampleTable('unprotected'), creationOf('Sample/test/other'));
  await aws.dynamodb.send(new CreateBackupCommand({ TableName: 'unprotected', BackupName: 'one' }));
  await expect(
    Table.create(
      aws,
      { ...spec, restoreFrom: { sourceTableName: 'unprotected', time: undefined } },
      creation,
    ),
  ).rejects.toMatchObject({
    reason: 'InvalidSpec',
    message: expect.stringContaining('Point in time recovery'),
  });
});

test('A table says what keeps it from being deleted', async () => {
  await Table.create(aws, { ...sampleTable(name), deletionProtection: true }, creation);
  const found = await listed(forgetful);
  expect(Table.protection?.(found)).toMatch(/^is protected against deletion/);
  const open = { ...found, spec: { ...found.spec, deletionProtection: false } };
  expect(Table.protection?.(open)).toBeUndefined();
});
