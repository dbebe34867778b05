import {
  CreateDBClusterSnapshotCommand,
  DescribeDBClustersCommand,
  ModifyDBClusterCommand,
} from '@aws-sdk/client-rds';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NotReady } from '../../../controller/engine/errors.ts';
import { changesBetween } from '../../aws-state.ts';
import { mutating } from '../../product.ts';
import { alone, LedgerLife, writesIn } from './ledger-life.ts';
import { ledgerKey } from './ledger.ts';

const DBClusterIdentifier = 'production-ledger-cluster';
const atOnce = { 'fintech.global/apply-immediately': 'true' };
const three = { ...alone, readers: 3 };
const one = { ...alone, readers: 1 };

let life: LedgerLife;

beforeAll(async () => {
  life = await LedgerLife.start();
});

beforeEach(() => life.clear());

afterAll(() => life.stop());

async function expectDone(): Promise<void> {
  await life.emulator.release();
  await life.controller.converge(ledgerKey);
  const { DBClusters: [cluster] = [] } = await life.clients.rds.send(new DescribeDBClustersCommand({}));
  expect(cluster).toMatchObject({ BackupRetentionPeriod: 14, PreferredBackupWindow: '03:00-04:00' });
  expect(life.condition('Ready')).toMatch(/^True InSync/);
}

describe('readers', () => {
  test('are added and removed one by one and all at once, and nothing else is touched', async () => {
    await life.change(one);
    await life.letWrite(0);
    const before = await life.state();
    expect(writesIn(await life.change(three)).toSorted()).toEqual([
      'CreateDBInstance instance-2',
      'CreateDBInstance instance-3',
    ]);
    expect(await life.members()).toEqual({ writer: 0, readers: [1, 2, 3] });
    const zones = JSON.stringify(life.status['instances']).match(/"zone":"[^"]*"/g);
    expect(zones).toEqual(['a', 'b', 'a', 'b'].map((zone) => `"zone":"us-east-1${zone}"`));
    expect(writesIn(await life.change(one)).toSorted()).toEqual([
      'DeleteDBInstance instance-2',
      'DeleteDBInstance instance-3',
    ]);
    expect(changesBetween(before, await life.state())).toEqual([]);
    expect(writesIn(await life.change(alone))).toEqual(['DeleteDBInstance instance-1']);
    expect(await life.members()).toEqual({ writer: 0, readers: [] });
    expect(writesIn([await life.pass()])).toEqual([]);
  });

  test('hand over first where one of them has become the writer, to one that stays', async () => {
    await life.change(three);
    await life.letWrite(3);
    expect(mutating((await life.pass()).calls)).toEqual([]);
    expect(life.condition('Drifted')).toMatch(/^False/);
    await life.emulator.setLifecycles({ 'rds/cluster': { 'failing-over': 'held' } });
    await life.apply(one);
    const started = writesIn(await life.untilQuiet());
    expect(started.toSorted()).toEqual(['DeleteDBInstance instance-2', 'FailoverDBCluster instance-3']);
    expect(life.condition('Ready')).toMatch(/cluster is failing-over/);
    expect((await life.members()).readers).toContain(3);

    await life.emulator.release();
    expect(writesIn(await life.controller.converge(ledgerKey))).toEqual(['DeleteDBInstance instance-3']);
    expect(await life.members()).toEqual({ writer: 0, readers: [1] });
  });

  test('that all go leave the writer the first one, whichever wrote before', async () => {
    await life.change(one);
    await life.letWrite(1);
    const written = writesIn(await life.change(alone));
    expect(written).toEqual(['FailoverDBCluster instance-1', 'DeleteDBInstance instance-1']);
    expect(await life.members()).toEqual({ writer: 0, readers: [] });
  });

  test('of which one fails are as many again, and the writer stays what it is', async () => {
    await life.change(one);
    await life.letWrite(0);
    const before = await life.state();
    await life.change(alone);
    await life.emulator.setLifecycles({ 'rds/instance': { failed: 'held' } });
    await life.apply(one);
    await life.pass();
    await life.emulator.setLifecycles({ 'rds/instance': { failed: 0 } });
    expect(writesIn(await life.controller.converge(ledgerKey))).toEqual([
      'DeleteDBInstance instance-1',
      'CreateDBInstance instance-1',
    ]);
    expect(changesBetween(before, await life.state())).toEqual([]);
  });
});

describe('what is wanted is waited for, and is no error, while', () => {
  const shorter = { ...alone, backup: { retentionDays: 14, window: '03:00-04:00' } };
  const DBClusterSnapshotIdentifier = 'taken-by-hand';

  async function expectWaiting(says: RegExp): Promise<void> {
    await life.apply(shorter);
    const pass = await life.pass();
    expect(pass.verdict.error).toBeInstanceOf(NotReady);
    expect(life.condition('Ready')).toMatch(says);
    expect(life.condition('Stalled')).toBeUndefined();
  }

  test('AWS carries out another change of the cluster', async () => {
    await life.change(alone);
    await life.emulator.setLifecycles({ 'rds/cluster': { modifying: 'held' } });
    const change = { DBClusterIdentifier, PreferredBackupWindow: '09:00-10:00' };
    await life.clients.rds.send(new ModifyDBClusterCommand(change));
    await expectWaiting(/^False Progressing: rds\/cluster cluster is modifying/);
    expect(writesIn([await life.pass()])).toEqual([]);
    await life.emulator.setLifecycles({ 'rds/cluster': { modifying: 0 } });
    await expectDone();
  });

  test('AWS takes a snapshot of the cluster', async () => {
    await life.change(alone);
    await life.emulator.setLifecycles({ 'rds/cluster': { 'backing-up': 'held' } });
    const snapshot = { DBClusterIdentifier, DBClusterSnapshotIdentifier };
    await life.clients.rds.send(new CreateDBClusterSnapshotCommand(snapshot));
    // It is in use meanwhile, and nothing is said about it as long as nothing is to be changed.
    await life.pass();
    expect(life.condition('Ready')).toMatch(/^True InSync/);
    await expectWaiting(/^False Progressing: .*InvalidDBClusterState/);
    await expectDone();
  });

  test('one of its instances is changed', async () => {
    await life.change(one);
    await life.emulator.setLifecycles({ 'rds/instance': { modifying: 'held' } });
    const larger = { ...one, instanceClass: 'db.r6g.xlarge' };
    await life.apply(larger, atOnce);
    await life.pass();
    await life.apply({ ...larger, performanceInsights: { retentionDays: 31 } }, atOnce);
    const pass = await life.pass();
    expect(pass.verdict.error).toBeInstanceOf(NotReady);
    expect(writesIn([pass])).toEqual([]);
    expect(life.condition('Ready')).toMatch(/^False Progressing: .*instance-0 is modifying/);
    await life.emulator.setLifecycles({ 'rds/instance': { modifying: 0 } });
    await life.emulator.release();
    await life.controller.converge(ledgerKey);
    const { instances } = await life.state();
    expect(JSON.stringify(instances).match(/"PerformanceInsightsRetentionPeriod":31/g)).toHaveLength(2);
  });
});
