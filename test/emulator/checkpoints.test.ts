import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { clientsFor } from '../clients.ts';
import { startEmulator, type Emulator } from './start.ts';

async function bucketsOf({ endpoint }: Emulator, created: readonly string[] = []) {
  const { s3 } = clientsFor(endpoint);
  for (const Bucket of created) await s3.send(new CreateBucketCommand({ Bucket }));
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  s3.destroy();
  return Buckets.map(({ Name }) => Name);
}

test('what came after a checkpoint is gone each time that it is come back to, a reset too', async () => {
  await using emulator = await startEmulator();
  await bucketsOf(emulator, ['before']);
  await emulator.checkpoint();
  for (const name of ['one', 'two']) {
    expect(await bucketsOf(emulator, [name])).toEqual(['before', name]);
    await emulator.returnToCheckpoint();
  }
  await emulator.reset();
  expect(await bucketsOf(emulator)).toEqual([]);
  await emulator.returnToCheckpoint();
  expect(await bucketsOf(emulator)).toEqual(['before']);
});

test('the last checkpoint is the one that is come back to, with what the emulator was told', async () => {
  await using emulator = await startEmulator();
  await emulator.checkpoint();
  await bucketsOf(emulator, ['before']);
  await emulator.setStaleness({ s3: 60 });
  await emulator.checkpoint();
  await emulator.setStaleness({ s3: 0 });
  await emulator.returnToCheckpoint();
  expect(await bucketsOf(emulator, ['new'])).toEqual([]);
});

test('an earlier checkpoint can be come back to as well, and the one after it is forgotten', async () => {
  await using emulator = await startEmulator();
  for (const name of ['one', 'two', 'three']) {
    await bucketsOf(emulator, [name]);
    await emulator.checkpoint();
  }
  await bucketsOf(emulator, ['four']);
  await emulator.returnToCheckpoint();
  expect(await bucketsOf(emulator, ['five'])).toEqual(['five', 'one', 'three', 'two']);
  await emulator.returnToEarlierCheckpoint();
  expect(await bucketsOf(emulator, ['six'])).toEqual(['one', 'six', 'two']);
  await emulator.returnToCheckpoint();
  expect(await bucketsOf(emulator)).toEqual(['one', 'two']);
  await emulator.returnToEarlierCheckpoint();
  expect(await bucketsOf(emulator)).toEqual(['one']);
  await expect(emulator.returnToEarlierCheckpoint()).rejects.toThrow(/no checkpoint/);
});

test('no time has passed since a checkpoint when it is come back to, for what states and staleness go by', async () => {
  await using emulator = await startEmulator({ staleness: { s3: 60 } });
  await bucketsOf(emulator, ['new']);
  await emulator.elapse(58);
  await emulator.checkpoint();
  await sleep(2_000);
  expect(await bucketsOf(emulator)).toEqual(['new']);
  await emulator.returnToCheckpoint();
  expect(await bucketsOf(emulator)).toEqual([]);
  await emulator.elapse(2);
  expect(await bucketsOf(emulator)).toEqual(['new']);
});

test('without a checkpoint there is none to come back to', async () => {
  await using emulator = await startEmulator();
  await expect(emulator.returnToCheckpoint()).rejects.toThrow(/no checkpoint/);
  expect(await bucketsOf(emulator)).toEqual([]);
});

test('an emulator that is stopped leaves no process behind that was made for a checkpoint', async () => {
  const emulator = await startEmulator();
  await emulator.checkpoint();
  await emulator.returnToCheckpoint();
  await emulator.checkpoint();
  await emulator.stop();
  await expect(fetch(emulator.endpoint)).rejects.toThrow(/fetch failed/);
});
