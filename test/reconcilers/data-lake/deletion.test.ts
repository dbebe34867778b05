import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import { keyOf } from '../../../controller/object.ts';
import { changesBetween, readAwsState, type AwsState } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating, readingOf, type Pass } from '../../product.ts';
import { unmatched } from '../../unmatched.ts';
import { contract, dataBucket, lakeKey, logBucket, production, replicaBucket, withoutLake } from './lake.ts';

let emulator: Emulator;
let clients: Clients;
let controller: Controller;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
});

beforeEach(() => {
  controller = new Controller(emulator.endpoint, [], fasterClock(100));
});

afterEach(async () => {
  controller.close();
  await emulator.reset();
});

afterAll(() => emulator.stop());

async function converged(lake: JsonObject = {}): Promise<AwsState> {
  await controller.apply(production({ lake }));
  await controller.converge(lakeKey);
  return readAwsState(clients);
}

/** The resources in the order in which calls took them away. */
function removedBy(passes: readonly Pass[]): readonly (string | undefined)[] {
  return passes
    .flatMap(({ calls }) => calls)
    .filter(({ operation }) => /^(DeleteBucket|DeleteRole|ScheduleKeyDeletion)$/.test(operation))
    .map(({ node }) => node);
}

describe('under deletionPolicy Delete', () => {
  // Access logs are delivered all the time, so that the log bucket is never empty.
  const all = { deletionPolicy: 'Delete', emptyOnDeletion: true };

  test('everything goes, what refers to others before them, and only the key waits out its time', async () => {
    await converged(all);
    expect(await controller.apply(withoutLake())).toEqual([]);
    const passes = await controller.converge(lakeKey);

    expect(passes.at(-1)?.verdict.removed).toBe(true);
    const removed = removedBy(passes);
    expect(removed.slice(0, 3)).toEqual(['data', 'replication', 'replica']);
    expect(new Set(removed.slice(3))).toEqual(new Set(['access-logs', 'key']));
    const { buckets, roles, keys, others } = await readAwsState(clients);
    expect({ buckets, roles, others }).toEqual({ buckets: {}, roles: {}, others: {} });
    expect(keys).toMatchObject({ 'production-lake-key': { state: 'PendingDeletion', aliases: [] } });
    expect(Object.keys(keys)).toHaveLength(1);
    expect(controller.objects.get(lakeKey)).toBeUndefined();
  });

  test('the key waits as long as the manifest said', async () => {
    await converged({ ...all, encryption: { deletionWindowDays: 8 } });
    const KeyId = String(controller.record(lakeKey).status['kmsKeyArn']);
    await controller.apply(withoutLake());
    await controller.converge(lakeKey);
    const { KeyMetadata } = await clients.kms.send(new DescribeKeyCommand({ KeyId }));
    const days = ((KeyMetadata?.DeletionDate?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(7.9);
    expect(days).toBeLessThan(8.1);
  });

  test('a manifest that comes back while the key waits takes the key back', async () => {
    await converged(all);
    await controller.apply(withoutLake());
    await controller.converge(lakeKey);
    await controller.apply(production({ lake: all }));
    const passes = await controller.converge(lakeKey);
    const written = passes.flatMap(({ calls }) => mutating(calls));
    expect(written).toContain('kms CancelKeyDeletion');
    expect(written).not.toContain('kms CreateKey');
    expect((await readAwsState(clients)).keys).toMatchObject({
      'production-lake-key': {
        state: 'Enabled',
        rotation: 'every 365 days',
        aliases: ['alias/production-lake-key'],
      },
    });
  });

  test('a bucket that holds objects is refused with what to do, and nothing at all is deleted', async () => {
    const before = await converged({ deletionPolicy: 'Delete', objectLock: undefined });
    await clients.s3.send(new PutObjectCommand({ Bucket: dataBucket, Key: 'raw/events/1', Body: 'one' }));
    await controller.apply(withoutLake());
    const { verdict } = await controller.pass(lakeKey);
    expect(verdict.removed).toBe(false);
    expect(controller.conditions(lakeKey)['Stalled']).toBe(
      `True NotEmpty: s3/bucket data cannot be deleted: the bucket ${dataBucket} holds 1 object versions, raw/events/1 among them; ` +
        'empty it, or set emptyOnDeletion and let that be applied before the bucket has to go',
    );
    expect(controller.conditions(lakeKey)['Ready']).toMatch(/^False NotEmpty/);
    expect(
      unmatched([`buckets.${dataBucket}.objects: *`], changesBetween(before, await readAwsState(clients))),
    ).toEqual({
      missing: [],
      unexpected: [],
    });
  });

  test('objects go with their buckets only where that was applied before', async () => {
    const lake = { deletionPolicy: 'Delete', objectLock: undefined };
    await converged(lake);
    await clients.s3.send(new PutObjectCommand({ Bucket: dataBucket, Key: 'raw/events/1', Body: 'one' }));
    await controller.apply(withoutLake());
    await controller.pass(lakeKey);
    expect(Object.keys((await readAwsState(clients)).buckets)).toHaveLength(3);

    await controller.apply(production({ lake: { ...lake, emptyOnDeletion: true } }));
    await controller.converge(lakeKey);
    await controller.apply(withoutLake());
    await controller.converge(lakeKey);
    expect((await readAwsState(clients)).buckets).toEqual({});
  });

  test('objects that are locked stay, whatever the manifest said', async () => {
    await converged(all);
    await clients.s3.send(new PutObjectCommand({ Bucket: dataBucket, Key: 'raw/events/1', Body: 'one' }));
    await controller.apply(withoutLake());
    await controller.pass(lakeKey);
    expect(controller.conditions(lakeKey)['Stalled']).toMatch(
      /^True AccessDenied: s3\/bucket data cannot be emptied of 1 of \d+ object versions \(raw\/events\/1: AccessDenied\): either object lock keeps them/,
    );
    expect((await readAwsState(clients)).buckets[dataBucket]).toMatchObject({
      objects: expect.arrayContaining(['raw/events/1']),
    });
  });

  test.each(['Observe', 'Paused'])('nothing goes in mode %s', async (mode) => {
    const before = await converged(all);
    await controller.apply(production({ lake: all, annotations: { 'fintech.global/mode': mode } }));
    await controller.apply(withoutLake());
    const { calls } = await controller.pass(lakeKey);
    expect(mutating(calls)).toEqual([]);
    expect(controller.conditions(lakeKey)['Stalled']).toMatch(
      /^True DeletionBlocked: .*nothing is written in mode/,
    );
    expect(changesBetween(before, await readAwsState(clients))).toEqual([]);
  });
});

describe('under deletionPolicy Retain, which nobody needs to say', () => {
  const retained = [
    ...[dataBucket, replicaBucket, logBucket].map((bucket) => `buckets.${bucket}`),
    'keys.production-lake-key',
    'roles.production-lake-replication',
  ].map((resource) => `${resource}.tags.fintech.global/retained: nothing → "<time>"`);

  test('everything stays as it is, tagged as retained, and the object is gone', async () => {
    const before = await converged();
    await controller.apply(withoutLake());
    await controller.converge(lakeKey);
    expect(controller.objects.get(lakeKey)).toBeUndefined();
    expect(unmatched(retained, changesBetween(before, await readAwsState(clients)))).toEqual({
      missing: [],
      unexpected: [],
    });
  });

  test('a manifest that comes back takes everything back, and makes nothing', async () => {
    const before = await converged();
    await controller.apply(withoutLake());
    await controller.converge(lakeKey);
    await controller.apply(production());
    const passes = await controller.converge(lakeKey);
    expect(passes.flatMap(({ calls }) => mutating(calls)).filter((call) => / Create/.test(call))).toEqual([]);
    expect(changesBetween(before, await readAwsState(clients))).toEqual([]);
    expect(controller.conditions(lakeKey)['Ready']).toMatch(/^True InSync/);
  });
});

describe('more objects than the Environment allows, disappearing at once,', () => {
  const second = changedLake('second', {
    bucketName: 'second-lake',
    accessLogs: { bucketName: 'second-logs' },
    replication: undefined,
    deletionPolicy: 'Delete',
    emptyOnDeletion: true,
  });
  const first = changedLake('lake', { deletionPolicy: 'Delete', emptyOnDeletion: true });
  const keys = [lakeKey, 'DataLake/production/second'];

  test('are all kept, and it is said which they are', async () => {
    await controller.apply(readingOf(contract.environment, first, second));
    for (const key of keys) await controller.converge(key);
    const before = await readAwsState(clients);
    const blocked = await controller.apply(withoutLake());
    expect(blocked).toMatchObject([{ namespace: 'production', objects: keys }]);
    for (const key of keys) {
      const { calls } = await controller.pass(key);
      expect(mutating(calls)).toEqual([]);
      expect(controller.conditions(key)['Ready']).toMatch(/^True InSync/);
    }
    expect(changesBetween(before, await readAwsState(clients))).toEqual([]);
  });

  test('go when they disappear one by one, and each leaves the other alone', async () => {
    await controller.apply(readingOf(contract.environment, first, second));
    for (const key of keys) await controller.converge(key);
    await controller.apply(readingOf(contract.environment, second));
    await controller.converge(lakeKey);
    expect(Object.keys((await readAwsState(clients)).buckets)).toEqual(['second-lake', 'second-logs']);
    const { calls } = await controller.pass('DataLake/production/second');
    expect(mutating(calls)).toEqual([]);
    expect([...controller.objects.all.values()].map(keyOf)).toEqual([
      'Environment/production',
      'DataLake/production/second',
    ]);
  });
});

function changedLake(name: string, changes: JsonObject): JsonObject {
  const { metadata, spec } = contract.lake;
  if (!isJsonObject(metadata) || !isJsonObject(spec)) throw new Error('a manifest has a spec and metadata');
  return { ...contract.lake, metadata: { ...metadata, name }, spec: { ...spec, ...changes } };
}
