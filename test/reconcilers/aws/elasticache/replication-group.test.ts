import {
  CreateReplicationGroupCommand,
  DescribeSnapshotsCommand,
  TestFailoverCommand,
} from '@aws-sdk/client-elasticache';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { NotReady } from '../../../../controller/engine/errors.ts';
import { ParameterGroup } from '../../../../reconcilers/aws/elasticache/parameter-group.ts';
import { ReplicationGroup } from '../../../../reconcilers/aws/elasticache/replication-group.ts';
import { SubnetGroup } from '../../../../reconcilers/aws/elasticache/subnet-group.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { CachePasses, name, query } from './cache-passes.ts';
import { creationOf } from './cache-samples.ts';

const type = 'elasticache/replication-group';

let emulator: Emulator;
let cache: CachePasses;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  cache = await CachePasses.prepare(emulator);
  return () => cache.connection.close();
});

describe('a change', () => {
  test('of everything at once is made step by step, in an order that AWS accepts', async () => {
    await emulator.setLifecycles({ [type]: { modifying: 'held' } });
    const small = {
      ...cache.spec,
      replicas: 0,
      automaticFailover: false,
      multiAz: false,
      snapshotRetentionDays: 0,
    };
    await cache.create(small);
    const wanted = { ...cache.spec, nodeType: 'cache.m6g.large', engineVersion: '7.1', replicas: 2 };
    await cache.converge(wanted);
    await cache.converge(small);
    expect(await cache.changes(small)).toEqual([]);
  });

  test('of the encryption in transit leads through the mode preferred', async () => {
    const open = { ...cache.spec, transitEncryption: 'disabled', authSecretArn: undefined } as const;
    const without = { ...open, authSecretVersion: undefined };
    await cache.create(without);
    await cache.converge({ ...without, transitEncryption: 'required' });
    await cache.converge(without);
    expect((await cache.current()).spec.transitEncryption).toBe('disabled');
  });

  test('of nodes waits for the maintenance window, and counts as done', async () => {
    await emulator.setLifecycles({ [type]: { 'pending-maintenance': 'held' } });
    await cache.create(cache.spec);
    const wanted = { ...cache.spec, nodeType: 'cache.m6g.large', engineVersion: '7.1' };
    await cache.pass(wanted);
    await cache.pass(wanted);
    expect(await cache.changes(wanted)).toEqual([]);
    const { outputs } = await cache.current();
    expect(outputs.pendingMaintenance).toEqual(['CacheNodeType cache.m6g.large', 'EngineVersion 7.1.0']);
  });

  test('to daily snapshots is made where the first node has gone', async () => {
    const without = { ...cache.spec, replicas: 1, snapshotRetentionDays: 0 };
    await cache.create({ ...without, automaticFailover: true });
    const fail = { ReplicationGroupId: name, NodeGroupId: '0001' };
    await cache.aws.elasticache.send(new TestFailoverCommand(fail));
    const alone = { ...without, replicas: 0, automaticFailover: false, multiAz: false };
    await cache.converge(alone);
    expect((await cache.current()).outputs.nodes).toEqual([`${name}-002`]);
    await cache.converge({ ...alone, snapshotRetentionDays: 7 });
    expect((await cache.current()).spec.snapshotRetentionDays).toBe(7);
  });

  test('that comes while the group is being modified is waited for', async () => {
    await cache.create(cache.spec);
    const found = await cache.current();
    await emulator.setLifecycles({ [type]: { modifying: 'held' } });
    const wanted = { ...cache.spec, description: 'Another' };
    const different = await cache.changes(wanted);
    await ReplicationGroup.update(cache.aws, found, wanted, different);
    expect(await cache.current()).toMatchObject({ state: 'pending', message: 'is modifying' });
    await expect(ReplicationGroup.update(cache.aws, found, wanted, different)).rejects.toBeInstanceOf(
      NotReady,
    );
  });

  test('to a version that AWS does not go back to is refused', async () => {
    const newer = {
      ...cache.spec,
      engine: 'valkey',
      engineVersion: '8.0',
      parameterGroupName: 'default.valkey8',
    };
    await cache.create(newer);
    await expect(cache.pass({ ...newer, engineVersion: '7.2' })).rejects.toMatchObject({
      reason: 'InvalidSpec',
    });
  });
});

test('A version that AWS raised by itself is no difference, a lower one is', async () => {
  await cache.create({ ...cache.spec, engineVersion: '7.1' });
  for (const engineVersion of ['7.0', '7.1', '7.x'])
    expect(await cache.changes({ ...cache.spec, engineVersion })).toEqual([]);
  expect(await cache.changes({ ...cache.spec, engineVersion: '7.2' })).toMatchObject([
    { field: 'engineVersion' },
  ]);
});

test('While it is being created nothing that AWS does not show yet counts as another value', async () => {
  await emulator.setLifecycles({ [type]: { creating: 'held' } });
  expect(await cache.create(cache.spec)).toEqual({ id: name });
  expect(await cache.current()).toMatchObject({ state: 'pending', message: 'is creating' });
  const immutable = (await cache.changes(cache.spec)).filter(
    ({ field }) => field === 'port' || field.endsWith('Name'),
  );
  expect(immutable).toEqual([]);
});

test('A name that somebody else has is not taken over', async () => {
  const theirs = {
    ReplicationGroupId: name,
    ReplicationGroupDescription: 'Theirs',
    CacheNodeType: cache.spec.nodeType,
  };
  await cache.aws.elasticache.send(new CreateReplicationGroupCommand(theirs));
  expect(await ReplicationGroup.list(cache.aws, [query])).toEqual([]);
  await expect(cache.create(cache.spec)).rejects.toMatchObject({ reason: 'NotOwned' });
});

test('A list that lags behind does not hide what was made', async () => {
  await emulator.setStaleness({ elasticache: 60, tagging: 60 });
  await cache.create(cache.spec);
  expect(await ReplicationGroup.list(cache.aws, [query])).toEqual([]);
  const known = new Map([['cache', name]]);
  const [found] = await ReplicationGroup.list(cache.aws, [{ ...query, known }]);
  expect(differences(ReplicationGroup, cache.spec, found?.spec ?? {})).toEqual([]);
});

describe('a deletion', () => {
  test('leaves a snapshot with a name of its own each time, where one is wanted', async () => {
    const wanted = { ...cache.spec, finalSnapshot: true };
    for (let time = 0; time < 2; time += 1) {
      await cache.create(wanted);
      await ReplicationGroup.delete(cache.aws, await cache.current());
      expect(await ReplicationGroup.list(cache.aws, [query])).toEqual([]);
    }
    const { Snapshots = [] } = await cache.aws.elasticache.send(new DescribeSnapshotsCommand({}));
    expect(new Set(Snapshots.map(({ SnapshotName }) => SnapshotName)).size).toBe(2);
    for (const { SnapshotName } of Snapshots)
      expect(SnapshotName).toMatch(/^test-ledger-cache-final-\d{17}$/);
  });

  test('can be asked for again while it goes on, and takes no second snapshot', async () => {
    await emulator.setLifecycles({ [type]: { snapshotting: 'held', deleting: 'held' } });
    await cache.create({ ...cache.spec, finalSnapshot: true });
    const found = await cache.current();
    await ReplicationGroup.delete(cache.aws, found);
    await expect(ReplicationGroup.delete(cache.aws, found)).rejects.toBeInstanceOf(NotReady);
    await emulator.release();
    await ReplicationGroup.delete(cache.aws, found);
    expect(await cache.current()).toMatchObject({ state: 'deleting' });
    const { Snapshots } = await cache.aws.elasticache.send(new DescribeSnapshotsCommand({}));
    expect(Snapshots).toHaveLength(1);
  });

  test('of groups that the cache uses says what uses them', async () => {
    await cache.create(cache.spec);
    const other = { ...query, owner: 'Sample/test/other', names: new Map<string, string>() };
    const [subnets] = await SubnetGroup.list(cache.aws, [other]);
    const parameters = (await ParameterGroup.list(cache.aws, [other])).find(({ id }) => id === 'parameters');
    if (subnets === undefined || parameters === undefined) throw new Error('the groups are gone');
    const inUse = { name: 'NotReady', message: 'is still used by test-ledger-cache' };
    await expect(SubnetGroup.delete(cache.aws, subnets)).rejects.toMatchObject(inUse);
    await expect(ParameterGroup.delete(cache.aws, parameters)).rejects.toMatchObject(inUse);
  });
});

test('Lists of many caches take as many calls as one', async () => {
  await cache.create(cache.spec);
  const others = Array.from({ length: 3 }, (_, number) => `test-other-${number}`);
  for (const other of others)
    await ReplicationGroup.create(
      cache.aws,
      { ...cache.spec, name: other },
      creationOf(`Ledger/test/${other}`, 'cache'),
    );
  const queries = others.map((other) => ({
    ...query,
    owner: `Ledger/test/${other}`,
    names: new Map([['cache', other]]),
  }));
  await ReplicationGroup.list(cache.aws, queries);
  const calls = await cache.connection.during(() => ReplicationGroup.list(cache.aws, [query, ...queries]));
  expect(calls.map(({ operation }) => operation).sort()).toEqual([
    'DescribeCacheClusters',
    'DescribeReplicationGroups',
    'GetResources',
  ]);
});
