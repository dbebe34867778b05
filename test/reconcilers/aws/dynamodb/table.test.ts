import { CreateTableCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { NotReady } from '../../../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { Capacity, TableSpec } from '../../../../reconcilers/aws/dynamodb/table-spec.ts';
import { stateOf } from '../../../../reconcilers/aws/dynamodb/table-state.ts';
import { Table } from '../../../../reconcilers/aws/dynamodb/table.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { byAccount, byUser, sampleTable } from './table-samples.ts';

const name = 'test-ledger-transactions';
const owner = 'LedgerDatabase/test/ledger';
const node = 'transactions';
const spec = sampleTable(name);
const creation: Creation = { owner, node, tags: { [ownerTag]: owner, [nodeTag]: node } };
const query: OwnerQuery = { owner, names: new Map([[node, name]]), known: new Map(), unconfirmed: new Set() };

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
beforeEach(() => emulator.reset());

async function current() {
  const [found] = await Table.list(aws, [query]);
  if (found === undefined) throw new Error('the table is gone');
  return found;
}

async function changes(wanted: TableSpec) {
  return differences(Table, wanted, (await current()).spec);
}

async function update(wanted: TableSpec): Promise<void> {
  await Table.update(aws, await current(), wanted, await changes(wanted));
}

const operations = async (action: () => Promise<unknown>): Promise<readonly string[]> =>
  (await connection.during(action)).map(({ operation }) => operation);

describe('a table that is being made', () => {
  test('is pending, and gets what only an update can give it when it is there', async () => {
    await emulator.setLifecycles({ 'dynamodb/table': { creating: 'held' } });
    const wanted: TableSpec = { ...spec, timeToLive: 'expiresAt', recoveryPeriodDays: 35 };
    expect(await Table.create(aws, wanted, creation)).toEqual({ id: name });
    expect(await current()).toMatchObject({ state: 'pending', message: 'is CREATING' });
    await expect(Table.update(aws, await current(), wanted, await changes(wanted))).rejects.toThrow(NotReady);
    await emulator.release('dynamodb/table');
    await update(wanted);
    expect(await current()).toMatchObject({ state: 'ready', outputs: { name, streamArn: '' } });
    expect(await changes(wanted)).toEqual([]);
  });

  test('can have everything at once', async () => {
    const capacity: Capacity = {
      mode: 'PROVISIONED',
      table: { read: { autoscaledFrom: 5 }, write: 6 },
      indexes: { 'by-user': { read: 7, write: { autoscaledFrom: 8 } } },
    };
    const wanted: TableSpec = {
      ...spec,
      globalIndexes: { 'by-user': byUser, 'by-account': byAccount },
      capacity,
      stream: 'NEW_AND_OLD_IMAGES',
      deletionProtection: true,
      backupBeforeDeletion: true,
    };
    await Table.create(aws, wanted, creation);
    expect(await changes(wanted)).toEqual([]);
    const { spec: shown, outputs } = await current();
    expect(shown.capacity).toEqual({
      mode: 'PROVISIONED',
      table: { read: 5, write: 6 },
      indexes: { 'by-user': { read: 7, write: 8 }, 'by-account': { read: 5, write: 6 } },
    });
    expect(outputs.streamArn).toContain(`table/${name}/stream/`);
  });
});

describe('a table of the wanted name', () => {
  test('that somebody else made is not ours', async () => {
    await aws.dynamodb.send(
      new CreateTableCommand({
        TableName: name,
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    expect(await Table.list(aws, [query])).toEqual([]);
    await expect(Table.create(aws, spec, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`a table ${name} exists already and is not owned by ${owner}`),
    });
  });
});

const fixed = (read: number, write: number): Capacity => ({
  mode: 'PROVISIONED',
  table: { read, write },
  indexes: { 'by-user': { read, write } },
});

const moved = (ReadCapacityUnits: number, WriteCapacityUnits: number) =>
  aws.dynamodb.send(
    new UpdateTableCommand({
      TableName: name,
      ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits },
    }),
  );

describe('capacity', () => {
  const autoscaled: Capacity = {
    mode: 'PROVISIONED',
    table: { read: { autoscaledFrom: 5 }, write: 5 },
    indexes: { 'by-user': { read: { autoscaledFrom: 5 }, write: { autoscaledFrom: 5 } } },
  };
  test('that an autoscaler moved is no difference', async () => {
    await Table.create(aws, { ...spec, capacity: autoscaled }, creation);
    await moved(37, 5);
    expect(await changes({ ...spec, capacity: autoscaled })).toEqual([]);
  });

  test('that the spec says is written back without touching what an autoscaler moved', async () => {
    await Table.create(aws, { ...spec, capacity: autoscaled }, creation);
    await moved(37, 11);
    await update({ ...spec, capacity: autoscaled });
    expect((await current()).spec.capacity).toMatchObject({ table: { read: 37, write: 5 } });
  });

  test('of an index alone is changed alone', async () => {
    await Table.create(aws, { ...spec, capacity: fixed(5, 5) }, creation);
    const wanted: Capacity = {
      mode: 'PROVISIONED',
      table: { read: 5, write: 5 },
      indexes: { 'by-user': { read: 9, write: 5 } },
    };
    await update({ ...spec, capacity: wanted });
    expect((await current()).spec.capacity).toEqual(wanted);
  });

  test('that may not be lowered again today is waited for', async () => {
    await Table.create(aws, { ...spec, capacity: fixed(100, 100) }, creation);
    for (let units = 99; units > 72; units -= 1) await moved(units, 100);
    await expect(update({ ...spec, capacity: fixed(1, 100) })).rejects.toThrow(NotReady);
  });
});

describe('the global indexes', () => {
  const third = { ...byAccount, sortKey: { name: 'date', type: 'S' } } as const;

  test('are made and removed one after another, the new ones first', async () => {
    await emulator.setLifecycles({ 'dynamodb/index': { creating: 'held', deleting: 'held' } });
    await Table.create(aws, spec, creation);
    const wanted: TableSpec = { ...spec, globalIndexes: { 'by-account': byAccount, third } };

    await expect(update(wanted)).rejects.toThrow('one after another: third, by-user still to come');
    expect(await current()).toMatchObject({
      state: 'pending',
      message: 'is not complete: index by-account is CREATING',
    });
    await expect(update(wanted)).rejects.toThrow(NotReady);
    await emulator.release('dynamodb/index');
    await expect(update(wanted)).rejects.toThrow('one after another: by-user still to come');
    await emulator.release('dynamodb/index');
    await update(wanted);
    expect(await current()).toMatchObject({ message: 'is not complete: index by-user is DELETING' });
    await emulator.release('dynamodb/index');
    expect(await current()).toMatchObject({ state: 'ready' });
    expect(await changes(wanted)).toEqual([]);
  });

  test('are removed to be defined anew', async () => {
    await Table.create(aws, spec, creation);
    const wanted: TableSpec = { ...spec, globalIndexes: { 'by-user': byAccount } };
    await expect(update(wanted)).rejects.toThrow('by-user still to come');
    await update(wanted);
    expect(await changes(wanted)).toEqual([]);
  });

  test('are the same whatever the order of their attributes', async () => {
    await Table.create(aws, { ...spec, globalIndexes: { 'by-account': byAccount } }, creation);
    const turned = { type: 'INCLUDE', attributes: ['currency', 'amount'] } as const;
    const globalIndexes = { 'by-account': { ...byAccount, projection: turned } };
    expect(await changes({ ...spec, globalIndexes })).toEqual([]);
  });
});

describe('a table that takes up a change', () => {
  test('is ready for its users, and takes the next change later', async () => {
    await emulator.setLifecycles({ 'dynamodb/table': { updating: 'held' } });
    await Table.create(aws, { ...spec, stream: 'KEYS_ONLY' }, creation);
    const wanted: TableSpec = { ...spec, stream: 'NEW_IMAGE', deletionProtection: true };
    for (let pass = 0; pass < 2; pass += 1) {
      await expect(update(wanted)).rejects.toThrow(NotReady);
      expect(await current()).toMatchObject({ state: 'ready' });
      await emulator.release('dynamodb/table');
    }
    await update(wanted);
    expect(await changes(wanted)).toEqual([]);
  });

  test('whose class may not be changed again this month gets all else', async () => {
    await Table.create(aws, spec, creation);
    const [frequent, infrequent] = ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] as const;
    for (const tableClass of [infrequent, frequent]) await update({ ...spec, tableClass });
    const wanted: TableSpec = { ...spec, tableClass: infrequent, timeToLive: 'expiresAt', globalIndexes: {} };
    await expect(update(wanted)).rejects.toThrow('limited to 2 times in 30 day(s)');
    expect((await changes(wanted)).map(({ field }) => field)).toEqual(['tableClass']);
  });

  test('takes another attribute for expiry in two steps, with an hour between', async () => {
    await emulator.setLifecycles({ 'dynamodb/time-to-live': { changing: 'held' } });
    await Table.create(aws, spec, creation);
    await update({ ...spec, timeToLive: 'expiresAt' });
    expect((await current()).spec.timeToLive).toBe('expiresAt');
    const wanted: TableSpec = { ...spec, timeToLive: 'validUntil' };
    await expect(update(wanted)).rejects.toThrow(NotReady);
    await emulator.release('dynamodb/time-to-live');
    await expect(update(wanted)).rejects.toThrow(NotReady);
    await emulator.release('dynamodb/time-to-live');
    await update(wanted);
    expect((await current()).spec.timeToLive).toBe('validUntil');
  });
});

test('the states that only AWS brings about are waited for, and say what to do', () => {
  const key = { SSEDescription: { Status: 'ENABLED', KMSMasterKeyArn: 'arn:key' } } as const;
  expect(stateOf({ TableStatus: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS', ...key })).toEqual({
    state: 'pending',
    message: expect.stringContaining('cannot use its key arn:key: enable it'),
  });
  expect(stateOf({ TableStatus: 'ARCHIVED', ArchivalSummary: { ArchivalReason: 'no key' } })).toEqual({
    state: 'pending',
    message: 'is ARCHIVED: no key',
  });
  expect(stateOf({ TableStatus: 'ACTIVE', SSEDescription: { Status: 'UPDATING' } })).toEqual({
    state: 'pending',
    message: 'is not complete: its encryption is UPDATING',
  });
});

test('a list makes three calls for a table, and one search for all', async () => {
  const queries = [
    query,
    { ...query, owner: 'LedgerDatabase/test/other', names: new Map([[node, 'other']]) },
  ];
  await Table.create(aws, spec, creation);
  const tags = { [ownerTag]: 'LedgerDatabase/test/other', [nodeTag]: node };
  await Table.create(aws, sampleTable('other'), { owner: 'LedgerDatabase/test/other', node, tags });
  const each = ['DescribeContinuousBackups', 'DescribeTable', 'DescribeTimeToLive'];
  const calls = await operations(() => Table.list(aws, queries));
  expect(calls.toSorted()).toEqual([...each, ...each, 'GetResources'].toSorted());
});
