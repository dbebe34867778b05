import { CreateAliasCommand, CreateKeyCommand, ListAliasesCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { Key } from '../../../../reconcilers/aws/kms/key.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { sampleKey } from './key-samples.ts';

const spec = sampleKey('lake');
const query = queryOf('DataLake/test/lake');

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

function queryOf(owner: string): OwnerQuery {
  return { owner, names: new Map([['key', spec.alias]]), known: new Map(), unconfirmed: new Set() };
}

function creationOf(owner: string): Creation {
  return { owner, node: 'key', tags: { [ownerTag]: owner, [nodeTag]: 'key' } };
}

describe('a key that the index of tags does not show yet', () => {
  beforeEach(() => emulator.setStaleness({ tagging: 60 }));

  test('is found by its id', async () => {
    const { id } = await Key.create(aws, spec, creationOf(query.owner));
    const unwanted = { ...query, names: new Map<string, string>() };
    expect(await Key.list(aws, [unwanted])).toEqual([]);
    const known = new Map([['key', id]]);
    expect(await Key.list(aws, [{ ...unwanted, known }])).toMatchObject([{ id, node: 'key' }]);
  });

  test('is found among all keys before another is made for the same node', async () => {
    const { id } = await Key.create(aws, spec, creationOf(query.owner));
    expect(await Key.list(aws, [query])).toMatchObject([{ id, node: 'key' }]);
  });

  test('is found among all keys when its creation was started and its answer lost', async () => {
    const { id } = await Key.create(aws, spec, creationOf(query.owner));
    for (let other = 0; other < 12; other += 1) await aws.kms.send(new CreateKeyCommand({}));
    const unconfirmed = new Set(['key']);
    expect(await Key.list(aws, [{ ...query, unconfirmed }])).toMatchObject([{ id, node: 'key' }]);
  });
});

describe('an alias', () => {
  test('that names a key of nobody is not taken from it, and the key is not made twice', async () => {
    const { KeyMetadata } = await aws.kms.send(new CreateKeyCommand({}));
    const TargetKeyId = KeyMetadata?.KeyId ?? '';
    await aws.kms.send(new CreateAliasCommand({ AliasName: spec.alias, TargetKeyId }));

    const created = await Key.create(aws, spec, creationOf(query.owner));
    expect(created.outputs).toBeUndefined();
    const [key] = await Key.list(aws, [query]);
    if (key === undefined) throw new Error('the key was not created');
    const changes = differences(Key, spec, key.spec);
    expect(changes.map(({ field }) => field)).toEqual(['alias']);
    await expect(Key.update(aws, key, spec, changes)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(TargetKeyId),
    });
  });

  test('that names an older key of the same object moves to the new one', async () => {
    await Key.create(aws, spec, creationOf(query.owner));
    const second = await Key.create(aws, spec, { ...creationOf(query.owner), node: 'second' });
    const { Aliases = [] } = await aws.kms.send(new ListAliasesCommand({ KeyId: second.id }));
    expect(Aliases.map(({ AliasName }) => AliasName)).toEqual([spec.alias]);
  });

  test('that somebody added beside ours is left alone', async () => {
    const { id } = await Key.create(aws, spec, creationOf(query.owner));
    await aws.kms.send(new CreateAliasCommand({ AliasName: 'alias/a-first', TargetKeyId: id }));
    const [key] = await Key.list(aws, [query]);
    expect(key?.spec.alias).toBe(spec.alias);
  });
});

test('of a node that was made again, the key that waits for its deletion is not listed', async () => {
  const first = await Key.create(aws, spec, creationOf(query.owner));
  const [key] = await Key.list(aws, [query]);
  if (key === undefined) throw new Error('the key was not created');
  await Key.delete(aws, key);
  expect(await Key.list(aws, [query])).toMatchObject([{ id: first.id, state: 'deleting' }]);
  const second = await Key.create(aws, spec, creationOf(query.owner));
  expect(await Key.list(aws, [query])).toMatchObject([{ id: second.id, state: 'ready' }]);
});

test('a list takes three calls for a key, and a search and a list of aliases for all', async () => {
  await Key.create(aws, spec, creationOf(query.owner));
  await Key.create(aws, { ...spec, alias: 'alias/other' }, creationOf('DataLake/test/other'));
  const calls = await connection.during(() => Key.list(aws, [query, queryOf('DataLake/test/other')]));
  expect(calls).toHaveLength(2 * 3 + 2);
});
