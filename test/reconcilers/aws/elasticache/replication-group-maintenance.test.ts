import { DescribeReplicationGroupsCommand, ModifyReplicationGroupCommand } from '@aws-sdk/client-elasticache';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { ReplicationGroupSpec } from '../../../../reconcilers/aws/elasticache/replication-group-spec.ts';
import { ParameterGroup } from '../../../../reconcilers/aws/elasticache/parameter-group.ts';
import { ReplicationGroup } from '../../../../reconcilers/aws/elasticache/replication-group.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { CachePasses, name } from './cache-passes.ts';
import { creationOf, sampleParameterGroup } from './cache-samples.ts';

const type = 'elasticache/replication-group';

let emulator: Emulator;
let cache: CachePasses;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  cache = await CachePasses.prepare(emulator);
  await emulator.setLifecycles({ [type]: { 'pending-maintenance': 'held' } });
  await cache.create(cache.spec);
  return () => cache.connection.close();
});

async function update(wanted: ReplicationGroupSpec): Promise<void> {
  await ReplicationGroup.update(cache.aws, await cache.current(), wanted, await cache.changes(wanted));
}

const bigger = () => ({ ...cache.spec, nodeType: 'cache.m6g.large' });
const change = (field: string) => ({ field, path: field, from: 0, to: 1, severity: 'availability' }) as const;
const valkey = (engineVersion = '8.0', parameterGroupName = 'valkey8') => ({
  ...cache.spec,
  engine: 'valkey',
  engineVersion,
  parameterGroupName,
});
const fields = async (wanted: ReplicationGroupSpec) =>
  (await cache.changes(wanted)).map(({ field }) => field);
const versionShown = async () => (await cache.current()).spec.authSecretVersion;
const waiting = async () => (await cache.current()).outputs.pendingMaintenance;

describe('a change of nodes', () => {
  test('is made at once where that is asked for', async () => {
    await update({
      ...cache.spec,
      nodeType: 'cache.m6g.large',
      engineVersion: '7.1',
      applyImmediately: true,
    });
    const { spec, outputs } = await cache.current();
    expect(spec).toMatchObject({ nodeType: 'cache.m6g.large', engineVersion: '7.1.0' });
    expect(outputs.pendingMaintenance).toEqual([]);
  });

  test('that waits already is made as soon as that is asked for', async () => {
    const wanted = { ...cache.spec, nodeType: 'cache.m6g.large', engineVersion: '7.1' };
    await update(wanted);
    expect(await waiting()).toEqual(['CacheNodeType cache.m6g.large', 'EngineVersion 7.1.0']);
    expect(await cache.changes(wanted)).toEqual([]);
    const now = { ...wanted, applyImmediately: true };
    expect(await cache.changes(now)).toMatchObject([{ field: 'applyImmediately', from: false, to: true }]);
    await update(now);
    expect(await waiting()).toEqual([]);
    expect(await cache.changes(now)).toEqual([]);
  });

  test('that waits keeps waiting beside another one', async () => {
    const first = { ...cache.spec, nodeType: 'cache.m6g.large' };
    await update(first);
    await update({ ...first, engineVersion: '7.1' });
    expect(await waiting()).toEqual(['CacheNodeType cache.m6g.large', 'EngineVersion 7.1.0']);
  });
});

describe('an upgrade from Redis OSS to Valkey', () => {
  beforeEach(async () => {
    const families = ['valkey7', 'valkey8'] as const;
    for (const family of families) {
      const group = { ...sampleParameterGroup(family), family };
      await ParameterGroup.create(cache.aws, group, creationOf('Sample/test/other', family));
    }
  });

  test('is asked for in one call, waits, counts as done, and is Valkey to the end', async () => {
    const wanted = { ...valkey(), description: 'Another' };
    expect(await fields(wanted)).toEqual(['description', 'engine', 'engineVersion', 'parameterGroupName']);
    expect(await cache.writesDuring(() => cache.pass(wanted))).toEqual(['ModifyReplicationGroup']);
    expect(await waiting()).toEqual([]);
    expect(await cache.writesDuring(() => cache.pass(wanted))).toEqual(['ModifyReplicationGroup']);
    expect(await waiting()).toEqual(['Engine valkey', 'EngineVersion 8.0.1']);
    expect(await cache.changes(wanted)).toEqual([]);
    await emulator.release();
    const { spec, outputs } = await cache.current();
    expect(spec).toMatchObject({ engine: 'valkey', engineVersion: '8.0.1', parameterGroupName: 'valkey8' });
    expect(outputs.pendingMaintenance).toEqual([]);
    expect(await cache.changes(wanted)).toEqual([]);
  });

  test('is not taken for over, nor for undone, while AWS still shows the engine before', async () => {
    await emulator.setLifecycles({ [type]: { modifying: 'held' } });
    await update({ ...valkey('7.2', 'valkey7'), applyImmediately: true });
    const shown = await cache.aws.elasticache.send(new DescribeReplicationGroupsCommand({}));
    expect(shown.ReplicationGroups).toMatchObject([{ Engine: 'redis', Status: 'modifying' }]);
    expect(await cache.current()).toMatchObject({ state: 'pending', spec: { engine: 'valkey' } });
    expect(await fields(valkey('7.2', 'valkey7'))).toEqual([]);
  });

  test('that waits is asked for again with another change of nodes, another version, or at once', async () => {
    await update(valkey('7.2', 'valkey7'));
    await update({ ...valkey('7.2', 'valkey7'), nodeType: 'cache.m6g.large' });
    expect(await waiting()).toEqual([
      'Engine valkey',
      'CacheNodeType cache.m6g.large',
      'EngineVersion 7.2.6',
    ]);
    const later = { ...valkey(), nodeType: 'cache.m6g.large' };
    expect(await fields(later)).toEqual(['engineVersion']);
    await update(later);
    expect(await waiting()).toEqual([
      'Engine valkey',
      'CacheNodeType cache.m6g.large',
      'EngineVersion 8.0.1',
    ]);
    await update({ ...later, applyImmediately: true });
    expect(await waiting()).toEqual([]);
    expect((await cache.current()).spec).toMatchObject({ engine: 'valkey', parameterGroupName: 'valkey8' });
    expect(await cache.changes({ ...later, applyImmediately: true })).toEqual([]);
  });

  test('that waits is taken back with its version and parameters, and needs no approval for that', async () => {
    await update(valkey());
    const { engine, engineVersion } = (await cache.current()).spec;
    expect(engine).toBe('valkey, until the maintenance window redis');
    const { fields: rules } = ReplicationGroup;
    expect(rules.engine.changesInPlace?.('redis', engine)).toBe(true);
    expect(rules.engine.refusal?.('redis', engine)).toBeUndefined();
    expect(rules.engineVersion.refusal?.('7.0', engineVersion)).toBeUndefined();
    await update(cache.spec);
    expect(await waiting()).toEqual([]);
    expect(await cache.changes(cache.spec)).toEqual([]);
    await emulator.release();
    expect((await cache.current()).spec).toMatchObject({ engine: 'redis', engineVersion: '7.0.7' });
  });

  test('that waits holds up a new token, which comes after it', async () => {
    await update(valkey());
    const wanted = { ...valkey(), authSecretVersion: cache.surroundings.versions[1] };
    await expect(update(wanted)).rejects.toThrow(
      /^changes authSecretVersion after its maintenance window .*, Engine valkey, EngineVersion 8.0.1$/,
    );
    await emulator.release();
    await cache.converge(wanted);
    expect((await cache.current()).spec).toMatchObject({
      engine: 'valkey',
      authSecretVersion: wanted.authSecretVersion,
    });
  });
});

describe('while something waits for the maintenance window', () => {
  beforeEach(() => update(bigger()));

  test('what AWS changes without delay is changed, and the rest keeps waiting', async () => {
    const securityGroupIds = cache.surroundings.securityGroupIds.toReversed();
    const wanted = { ...bigger(), securityGroupIds, description: 'Another', snapshotRetentionDays: 3 };
    await update(wanted);
    expect(await cache.changes(wanted)).toEqual([]);
    expect(await waiting()).toEqual(['CacheNodeType cache.m6g.large']);
  });

  test('what AWS would change only together with it waits as well, and says so', async () => {
    const wanted = { ...bigger(), multiAz: false, authSecretVersion: cache.surroundings.versions[1] };
    const refused = update(wanted);
    await expect(refused).rejects.toBeInstanceOf(NotReady);
    await expect(refused).rejects.toThrow(
      /^changes \w+, \w+ after its maintenance window sun:05:00-sun:06:00: .*CacheNodeType cache.m6g.large$/,
    );
    expect(await waiting()).toEqual(['CacheNodeType cache.m6g.large']);
    await emulator.release();
    await cache.converge(wanted);
    expect((await cache.current()).spec).toMatchObject({ nodeType: 'cache.m6g.large', multiAz: false });
  });
});

describe('the plan', () => {
  test('says what a change interrupts', async () => {
    const current = await cache.current();
    const alone = { ...current, spec: { ...current.spec, replicas: 0, automaticFailover: false } };
    for (const field of ['nodeType', 'engine', 'engineVersion', 'applyImmediately']) {
      expect(ReplicationGroup.interruptionOf?.(current, change(field))).toBe('failover');
      expect(ReplicationGroup.interruptionOf?.(alone, change(field))).toBe('restart');
    }
    expect(ReplicationGroup.interruptionOf?.(alone, change('securityGroupIds'))).toBe('none');
  });

  test('asks for approval of a major upgrade only', () => {
    const rule = ReplicationGroup.fields.engineVersion;
    expect(rule.refusal?.('7.0', '6.2.6')).toBe(
      'the upgrade from version 6.2.6 to 7.0 is a major one, and cannot be undone',
    );
    for (const [wanted, actual] of [
      ['7.1', '7.0.7'],
      ['6.2', '7.0.7'],
      ['7.0', ''],
    ] as const)
      expect(rule.refusal?.(wanted, actual)).toBeUndefined();
  });

  test('takes Valkey in the place of Redis OSS for an upgrade that needs approval, and the other way for a replacement', () => {
    const rule = ReplicationGroup.fields.engine;
    expect(rule.changesInPlace?.('valkey', 'redis')).toBe(true);
    expect(rule.refusal?.('valkey', 'redis')).toBe(
      'the upgrade from redis to valkey is undone by a replacement only',
    );
    expect(rule.changesInPlace?.('redis', 'valkey')).toBe(false);
    expect(rule.refusal?.('redis', 'valkey')).toBeUndefined();
  });
});

describe('a token that is not the wanted one', () => {
  const rule = ReplicationGroup.fields.authSecretVersion;

  test('is expected while a newer one is introduced', async () => {
    const [, newer] = cache.surroundings.versions;
    expect(rule.isExpected?.(newer, await versionShown())).toBe(true);
    await emulator.setLifecycles({ [type]: { modifying: 'held' } });
    await cache.pass({ ...cache.spec, authSecretVersion: newer });
    expect(await versionShown()).toBe(`${newer}, being introduced`);
    expect(rule.isExpected?.(newer, await versionShown())).toBe(true);
  });

  test('is not expected where it, or the tag that names it, was taken away or made up', () => {
    const [wanted] = cache.surroundings.versions;
    for (const actual of [undefined, 'unknown', 'made-up'])
      expect(rule.isExpected?.(wanted, actual)).toBe(false);
    expect(rule.isExpected?.(undefined, wanted)).toBe(false);
  });
});

test('A setting that somebody made wait for the window is made to wait no longer', async () => {
  const byHand = { ReplicationGroupId: name, CacheNodeType: 'cache.m6g.large', ApplyImmediately: false };
  await cache.aws.elasticache.send(new ModifyReplicationGroupCommand(byHand));
  expect(await cache.changes(cache.spec)).toMatchObject([{ field: 'nodeType', from: 'cache.m6g.large' }]);
  await update(cache.spec);
  expect(await waiting()).toEqual([]);
  expect(await cache.changes(cache.spec)).toEqual([]);
});
