import { DescribeTableCommand, ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { NotFound, NotReady } from '../../../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { Table } from '../../../../reconcilers/aws/dynamodb/table.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { sampleTable } from './table-samples.ts';

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
afterEach(() => void vi.useRealTimers());

async function current() {
  const [found] = await Table.list(aws, [query]);
  if (found === undefined) throw new Error('the table is gone');
  return found;
}

async function remove(): Promise<void> {
  await Table.delete(aws, await current());
}

async function backups() {
  return (await aws.dynamodb.send(new ListBackupsCommand({ TableName: name }))).BackupSummaries ?? [];
}

test('A table is not deleted while it is protected, and says what to do', async () => {
  await Table.create(aws, { ...spec, deletionProtection: true }, creation);
  await expect(remove()).rejects.toMatchObject({
    reason: 'DeletionBlocked',
    message: expect.stringContaining('switch the deletion protection off in its manifest'),
  });
  const unaware = await current();
  await expect(
    Table.delete(aws, { ...unaware, spec: { ...unaware.spec, deletionProtection: false } }),
  ).rejects.toMatchObject({ reason: 'DeletionBlocked' });
});

test('A deletion waits for one backup, however often it is tried', async () => {
  await emulator.setLifecycles({ 'dynamodb/backup': { CREATING: 'held' } });
  await Table.create(aws, { ...spec, backupBeforeDeletion: true }, creation);
  for (let attempt = 0; attempt < 2; attempt += 1)
    await expect(remove()).rejects.toThrow(/^waits for its backup arn:aws:dynamodb:.*before it is deleted$/);
  expect(await backups()).toMatchObject([{ BackupName: `${name}-final`, BackupStatus: 'CREATING' }]);
  await emulator.release('dynamodb/backup');
  await remove();
  expect(await Table.list(aws, [query])).toEqual([]);
  expect(await backups()).toHaveLength(1);
});

test('A deletion makes another backup when the one of an earlier attempt is old', async () => {
  await Table.create(aws, { ...spec, backupBeforeDeletion: true }, creation);
  await expect(remove()).rejects.toThrow(NotReady);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 60 * 60_000 });
  await expect(remove()).rejects.toThrow(NotReady);
  expect(await backups()).toHaveLength(2);
});

test('A deletion does not take a backup of the table that had the name before for one of its own', async () => {
  const wanted = { ...spec, backupBeforeDeletion: true };
  await Table.create(aws, wanted, creation);
  await expect(remove()).rejects.toThrow(NotReady);
  await remove();
  await Table.create(aws, wanted, creation);
  await expect(remove()).rejects.toThrow(NotReady);
  expect(await backups()).toHaveLength(2);
});

test('A deletion takes a while, in which the table is going', async () => {
  await emulator.setLifecycles({ 'dynamodb/table': { deleting: 'held' } });
  await Table.create(aws, spec, creation);
  await remove();
  expect(await current()).toMatchObject({ state: 'deleting' });
  await remove();
  await emulator.release('dynamodb/table');
  await expect(aws.dynamodb.send(new DescribeTableCommand({ TableName: name }))).rejects.toThrow(NotFound);
  expect(await Table.list(aws, [query])).toEqual([]);
});
