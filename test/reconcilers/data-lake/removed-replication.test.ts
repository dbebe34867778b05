import { PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { beforeEach, expect, test } from 'vitest';
import { readAwsState } from '../../aws-state.ts';
import { mutating } from '../../product.ts';
import { oneObject } from '../changing-object.ts';
import { changingLake } from './changing-lake.ts';
import { lakeKey, logBucket, production, replicaBucket, roleName } from './lake.ts';

const kind = changingLake();
const without = { replication: undefined };
const thenDeleted = { ...without, deletionPolicy: 'Delete' };
const lake = oneObject(kind);

beforeEach(() => lake().begin(kind.spec));

/** The hash that the condition tells, and with which it would be let through. */
async function checkRefused(): Promise<string> {
  const { calls, verdict } = await lake().pass();
  expect(mutating(calls)).toEqual([]);
  expect(verdict.wrote).toBe(false);
  expect(lake().condition('Stalled')).toContain(
    `True ApprovalRequired: s3/bucket replica (${replicaBucket}) would be deleted with its data; if that is meant, set the annotation fintech.global/approve: "`,
  );
  expect(lake().condition('Ready')).toMatch(/^False ApprovalRequired/);
  expect(await lake().changes()).toEqual([]);
  return /fintech\.global\/approve: "([0-9a-f]{12})"/.exec(lake().condition('Stalled'))?.[1] ?? '';
}

test('leaves its bucket, tagged as retained, takes its role away, and takes its bucket back when it comes back', async () => {
  await lake().change({ ...kind.spec, ...without });
  const { roles, buckets } = await readAwsState(lake().clients);
  expect(roles).toEqual({});
  expect(buckets[replicaBucket]).toMatchObject({ tags: { 'fintech.global/retained': '<time>' } });
  expect(lake().controller.record(lakeKey).status).not.toHaveProperty('replicaBucketArn');
  expect(lake().condition('Ready')).toMatch(/^True InSync/);
  expect(lake().controller.conditions(lakeKey)).not.toHaveProperty('ReplicationReady');
  expect(mutating((await lake().pass()).calls)).toEqual([]);

  const passes = await lake().change(kind.spec);
  const written = passes.flatMap(({ calls }) => mutating(calls));
  expect(written).toContain('iam CreateRole');
  expect(written).not.toContain('s3 CreateBucket');
  expect(await lake().changes()).toEqual([]);
});

test('is refused where its bucket would be deleted with it, until exactly that is approved', async () => {
  const approve = (hash: string) =>
    lake().controller.apply(
      production({ lake: thenDeleted, annotations: { 'fintech.global/approve': hash } }),
    );
  await lake().apply({ ...kind.spec, ...thenDeleted });
  const hash = await checkRefused();
  expect(hash).toMatch(/^[0-9a-f]{12}$/);

  await approve('000000000000');
  expect(await checkRefused()).toBe(hash);

  await approve(hash);
  await lake().controller.converge(lakeKey);
  const { roles, buckets } = await readAwsState(lake().clients);
  expect(Object.keys(roles)).not.toContain(roleName);
  expect(Object.keys(buckets)).not.toContain(replicaBucket);
});

test('while it is refused, what was applied before is protected against drift', async () => {
  await lake().apply({ ...kind.spec, ...thenDeleted });
  await lake().pass();
  const suspended = { Bucket: logBucket, VersioningConfiguration: { Status: 'Suspended' as const } };
  await lake().clients.s3.send(new PutBucketVersioningCommand(suspended));
  await lake().pass();
  expect(await lake().changes()).toEqual([]);
  expect(lake().condition('Stalled')).toMatch(/^True ApprovalRequired/);
});
