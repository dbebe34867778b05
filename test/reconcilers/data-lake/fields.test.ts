import { PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween, readAwsState, type AwsState } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, mutating, rules } from '../../product.ts';
import { fieldsOfSpec } from '../schema-leaves.ts';
import { unmatched } from './drift-rows.ts';
import { changedFields, refusedFields, refusedParts } from './field-cases.ts';
import { lakeKey, logBucket, production, replicaBucket, roleName } from './lake.ts';

let emulator: Emulator;
let clients: Clients;
let controller: Controller;
let converged: AwsState;
/** The contract is what is applied, so that a case need not begin from nothing. */
let isContract = false;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
});

beforeEach(async () => {
  if (isContract) return;
  await begin({});
});

afterAll(async () => {
  controller.close();
  await emulator.stop();
});

async function begin(given: JsonObject): Promise<void> {
  isContract = false;
  await emulator.reset();
  controller?.close();
  controller = new Controller(emulator.endpoint);
  await controller.apply(production({ lake: given }));
  await controller.converge(lakeKey);
  converged = await readAwsState(clients);
}

/** A change of the manifest is no drift, neither there nor back. */
async function changeBack(given: JsonObject = {}): Promise<void> {
  await controller.apply(production({ lake: given }));
  await controller.converge(lakeKey);
  expect(controller.record(lakeKey).events.map(({ reason }) => reason)).not.toContain('DriftDetected');
}

async function changesSince(before: AwsState): Promise<readonly string[]> {
  return changesBetween(before, await readAwsState(clients));
}

/** The hash that the condition tells, and with which it would be let through. */
async function checkRefused(reason: string): Promise<string> {
  const { calls, verdict } = await controller.pass(lakeKey);
  expect(mutating(calls)).toEqual([]);
  expect(verdict.wrote).toBe(false);
  const stalled = controller.conditions(lakeKey)['Stalled'] ?? '';
  expect(stalled).toContain(
    `True ApprovalRequired: ${reason}; if that is meant, set the annotation fintech.global/approve: "`,
  );
  expect(controller.conditions(lakeKey)['Ready']).toMatch(/^False ApprovalRequired/);
  expect(await changesSince(converged)).toEqual([]);
  return /fintech\.global\/approve: "([0-9a-f]{12})"/.exec(stalled)?.[1] ?? '';
}

test('there is a case for every field of the schema, and for no other', () => {
  const schema = rules.schemas.get('DataLake')?.manifestSchema;
  expect(new Set(Object.keys({ ...changedFields, ...refusedFields }))).toEqual(new Set(fieldsOfSpec(schema)));
});

describe.each(Object.entries(changedFields))('%s', (_path, { given, change, changes }) => {
  test('changes AWS where it should and nowhere else, and then nothing is left to do', async () => {
    if (given !== undefined) await begin(given);
    await controller.apply(production({ lake: { ...given, ...change } }));
    const passes = await controller.converge(lakeKey);
    expect(unmatched(changes, await changesSince(converged))).toEqual({ missing: [], unexpected: [] });
    const last = passes.at(-1);
    expect(mutating(last?.calls ?? [])).toEqual([]);
    expect(last?.verdict.drift).toEqual([]);
    expect(controller.conditions(lakeKey)['Ready']).toMatch(/^True InSync/);
    await changeBack(given);
    // What was a folder once stays one. That all the rest is changed back, the next case sees.
    isContract = given === undefined && !('prefixes' in change);
  });
});

describe.each(Object.entries({ ...refusedFields, ...refusedParts }))(
  '%s',
  (_path, { given, change, because }) => {
    test('is refused with the reason and what would let it through, and nothing is written', async () => {
      if (given !== undefined) await begin(given);
      await controller.apply(production({ lake: { ...given, ...change } }));
      expect(await checkRefused(because)).toMatch(/^[0-9a-f]{12}$/);
      await changeBack(given);
      isContract = given === undefined;
    });
  },
);

test('while a change is refused, what was applied before is protected against drift', async () => {
  isContract = false;
  await controller.apply(production({ lake: { bucketName: 'another-lake' } }));
  await controller.pass(lakeKey);
  await clients.s3.send(
    new PutBucketVersioningCommand({ Bucket: logBucket, VersioningConfiguration: { Status: 'Suspended' } }),
  );
  await controller.pass(lakeKey);
  expect(await changesSince(converged)).toEqual([]);
  expect(controller.conditions(lakeKey)['Stalled']).toMatch(/^True ApprovalRequired/);
});

describe('a replication that is removed', () => {
  const without = { replication: undefined };

  test('leaves its bucket, tagged as retained, and takes its role away', async () => {
    isContract = false;
    await controller.apply(production({ lake: without }));
    await controller.converge(lakeKey);
    const { roles, buckets } = await readAwsState(clients);
    expect(roles).toEqual({});
    expect(buckets[replicaBucket]).toMatchObject({ tags: { 'fintech.global/retained': '<time>' } });
    expect(controller.record(lakeKey).status).not.toHaveProperty('replicaBucketArn');
    expect(controller.conditions(lakeKey)['Ready']).toMatch(/^True InSync/);
    expect(controller.conditions(lakeKey)).not.toHaveProperty('ReplicationReady');

    const again = await controller.pass(lakeKey);
    expect(mutating(again.calls)).toEqual([]);
  });

  test('and comes back takes its bucket back', async () => {
    isContract = false;
    await controller.apply(production({ lake: without }));
    await controller.converge(lakeKey);
    await controller.apply(production());
    const passes = await controller.converge(lakeKey);
    const written = passes.flatMap(({ calls }) => mutating(calls));
    expect(written).toContain('iam CreateRole');
    expect(written).not.toContain('s3 CreateBucket');
    expect(await changesSince(converged)).toEqual([]);
  });

  test('is refused where its bucket would be deleted with it, until exactly that is approved', async () => {
    await begin({ deletionPolicy: 'Delete' });
    const lake = { ...without, deletionPolicy: 'Delete' };
    await controller.apply(production({ lake }));
    const hash = await checkRefused(`s3/bucket replica (${replicaBucket}) would be deleted with its data`);

    await controller.apply(production({ lake, annotations: { 'fintech.global/approve': '000000000000' } }));
    expect(await checkRefused(`s3/bucket replica (${replicaBucket}) would be deleted with its data`)).toBe(
      hash,
    );

    await controller.apply(production({ lake, annotations: { 'fintech.global/approve': hash } }));
    await controller.converge(lakeKey);
    const { roles, buckets } = await readAwsState(clients);
    expect(Object.keys(roles)).not.toContain(roleName);
    expect(Object.keys(buckets)).not.toContain(replicaBucket);
  });
});
