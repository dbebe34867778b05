import {
  CreateCacheParameterGroupCommand,
  DeleteCacheParameterGroupCommand,
  ModifyCacheParameterGroupCommand,
} from '@aws-sdk/client-elasticache';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import { ParameterGroup } from '../../../../reconcilers/aws/elasticache/parameter-group.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { creationOf, sampleParameterGroup } from './cache-samples.ts';

const name = 'test-ledger-cache';
const owner = 'LedgerDatabase/test/ledger';
const creation = creationOf(owner, 'parameters');
const query: OwnerQuery = {
  owner,
  names: new Map([['parameters', name]]),
  known: new Map([['parameters', name]]),
  unconfirmed: new Set(),
};
const byHand = {
  CacheParameterGroupName: name,
  CacheParameterGroupFamily: 'redis6.x',
  Description: 'By hand',
};

let emulator: Emulator;
let connection: TestConnection;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  await emulator.reset();
  connection = connectTo(emulator.endpoint);
  await ParameterGroup.create(connection.aws, sampleParameterGroup(name), creation);
  await list();
  return () => connection.close();
});

const list = () => ParameterGroup.list(connection.aws, [query]);

async function calls(): Promise<readonly string[]> {
  const made = await connection.during(list);
  return made.map(({ operation }) => operation).toSorted();
}

test('A group is described once, and its parameters are read every time', async () => {
  expect(await calls()).toEqual(['DescribeCacheParameters', 'GetResources']);
  await connection.aws.elasticache.send(
    new ModifyCacheParameterGroupCommand({
      CacheParameterGroupName: name,
      ParameterNameValues: [{ ParameterName: 'maxmemory-policy', ParameterValue: 'noeviction' }],
    }),
  );
  expect(await list()).toMatchObject([{ spec: { parameters: { 'maxmemory-policy': 'noeviction' } } }]);
});

test('A group that somebody deleted is gone, though the index of tags still shows it', async () => {
  await emulator.setStaleness({ tagging: 60 });
  const { elasticache } = connection.aws;
  await elasticache.send(new DeleteCacheParameterGroupCommand({ CacheParameterGroupName: name }));
  expect(await list()).toEqual([]);
});

test('A group that somebody made anew under the name is seen as it is', async () => {
  const { elasticache } = connection.aws;
  await elasticache.send(new DeleteCacheParameterGroupCommand({ CacheParameterGroupName: name }));
  await elasticache.send(new CreateCacheParameterGroupCommand(byHand));
  expect(await list()).toMatchObject([{ spec: { family: 'redis6.x', description: 'By hand' } }]);
});
