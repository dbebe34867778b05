import { DeleteBucketTaggingCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changesBetween, readAwsState } from '../../aws-state.ts';
import { clientsFor } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, mutating } from '../../product.ts';
import { dataBucket, lakeKey, production } from './lake.ts';

let emulator: Emulator;
let controller: Controller;

beforeAll(async () => {
  emulator = await startEmulator();
  controller = new Controller(emulator.endpoint);
  await controller.apply(production());
  await controller.converge(lakeKey);
});

afterAll(async () => {
  controller.close();
  await emulator.stop();
});

test('a controller that remembers nothing finds everything again, writes nothing and is ready in one pass', async () => {
  const clients = clientsFor(emulator.endpoint);
  const before = await readAwsState(clients);
  const another = new Controller(emulator.endpoint);
  await another.apply(production());
  const passes = await another.converge(lakeKey);
  expect(passes).toHaveLength(1);
  expect(mutating(another.calls)).toEqual([]);
  expect(changesBetween(before, await readAwsState(clients))).toEqual([]);

  const { status } = another.record(lakeKey);
  const known = controller.record(lakeKey).status;
  expect(status).toMatchObject({ bucketArn: known['bucketArn'], kmsKeyArn: known['kmsKeyArn'] });
  expect(status.resources).toEqual(expect.arrayContaining([...known.resources]));
  expect(another.conditions(lakeKey)['Ready']).toBe('True InSync: 5 resources are as the manifest says');
  another.close();
});

test('what it has found once stays its own, also when somebody takes all its tags away', async () => {
  const clients = clientsFor(emulator.endpoint);
  const before = await readAwsState(clients);
  const another = new Controller(emulator.endpoint);
  await another.apply(production());
  await another.converge(lakeKey);
  await clients.s3.send(new DeleteBucketTaggingCommand({ Bucket: dataBucket }));
  const passes = await another.converge(lakeKey);
  expect(passes.flatMap(({ calls }) => mutating(calls))).not.toContain('s3 CreateBucket');
  const changes = changesBetween(before, await readAwsState(clients));
  expect(changes.filter((change) => !change.includes('.objects: '))).toEqual([]);
  another.close();
});
