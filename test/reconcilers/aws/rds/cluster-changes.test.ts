import { DescribeDBClustersCommand, ModifyDBClusterCommand } from '@aws-sdk/client-rds';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Change } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { ClusterOutputs, ClusterSpec } from '../../../../reconcilers/aws/rds/cluster/cluster-spec.ts';
import { Cluster } from '../../../../reconcilers/aws/rds/cluster/cluster.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { Subject } from './lifecycle-samples.ts';
import { makeMember, sampleCluster } from './rds-samples.ts';

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;
let it: Subject<ClusterSpec, ClusterOutputs>;

beforeAll(async () => {
  emulator = await startEmulator();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});
afterAll(async () => {
  connection.close();
  await emulator.stop();
});
beforeEach(async () => {
  await emulator.reset();
  it = new Subject(Cluster, aws, await sampleCluster(aws), 'cluster');
  await it.create();
});

const window = { 'rds/cluster': { 'pending-maintenance': 'held' } } as const;
const sixteen = { engineVersion: '16', parameterGroupName: 'default.aurora-postgresql16' };

async function present() {
  const { DBClusters: [cluster] = [] } = await aws.rds.send(new DescribeDBClustersCommand());
  return cluster;
}

async function interruptionOf(field: keyof ClusterSpec, to: unknown) {
  const change: Change = { field, path: field, from: undefined, to, severity: 'cost' };
  return Cluster.interruptionOf?.(await it.current(), change);
}

test('of what a person wants at once nothing waits for the window, not even what waited already', async () => {
  await emulator.setLifecycles(window);
  it.spec = { ...it.spec, engineVersion: '15.8', storageType: 'aurora-iopt1' };
  await it.update();
  expect((await it.current()).outputs).toMatchObject({
    engineVersion: '15.4',
    waitsForMaintenance: ['EngineVersion', 'StorageType'],
  });
  expect(await interruptionOf('applyImmediately', true)).toBe('restart');

  it.spec = { ...it.spec, applyImmediately: true };
  expect(await it.changedFields()).toEqual(['applyImmediately']);
  await it.update();
  expect(await it.changedFields()).toEqual([]);
  expect(await present()).toMatchObject({ EngineVersion: '15.8', StorageType: 'aurora-iopt1' });

  it.spec = { ...it.spec, engineVersion: '15.9' };
  await it.update();
  expect(await present()).toMatchObject({ EngineVersion: '15.9' });
  it.spec = { ...it.spec, applyImmediately: false };
  expect(await it.changedFields()).toEqual([]);
});

test('a major upgrade takes the parameter group of its version with it, in the window or at once', async () => {
  await emulator.setLifecycles(window);
  it.spec = { ...it.spec, ...sixteen };
  expect(await it.changedFields()).toEqual(['engineVersion', 'parameterGroupName']);
  await it.update();
  expect(await it.changedFields()).toEqual([]);
  expect(await present()).toMatchObject({
    EngineVersion: '15.4',
    DBClusterParameterGroup: 'default.aurora-postgresql15',
    PendingModifiedValues: { EngineVersion: '16.8' },
  });
  it.spec = { ...it.spec, applyImmediately: true };
  await it.update();
  expect(await it.changedFields()).toEqual([]);
  expect(await present()).toMatchObject({
    EngineVersion: '16.8',
    DBClusterParameterGroup: 'default.aurora-postgresql16',
  });
});

test('an upgrade that waits is taken back, and one that was made cannot be', async () => {
  const before = it.spec;
  await emulator.setLifecycles(window);
  for (const upgrade of [{ engineVersion: '15.8' }, sixteen]) {
    it.spec = { ...before, ...upgrade };
    await it.update();
    expect((await present())?.PendingModifiedValues?.EngineVersion).toBeDefined();
    it.spec = before;
    expect(await it.changedFields()).toEqual(['engineVersion']);
    await it.update();
    expect(await it.changedFields()).toEqual([]);
    expect((await present())?.PendingModifiedValues?.EngineVersion).toBeUndefined();
  }

  it.spec = { ...before, ...sixteen, applyImmediately: true };
  await it.update();
  it.spec = before;
  const waiting = it.update();
  await expect(waiting).rejects.toMatchObject({ reason: 'InvalidSpec' });
  await expect(waiting).rejects.toThrow('has the engine version 16.8, and AWS goes back to no earlier one');
});

test('a major upgrade needs approval, a minor one and a wish taken back do not', () => {
  const rule = Cluster.fields.engineVersion;
  expect(rule.refusal?.('16', '15.4')).toBe('a major upgrade from 15.4 to 16 cannot be undone');
  expect(rule.refusal?.('15.8', '15.4')).toBeUndefined();
  expect(rule.refusal?.('15', '16.8')).toBeUndefined();
});

test('each change says whether it interrupts', async () => {
  expect(await interruptionOf('port', 5433)).toBe('restart');
  expect(await interruptionOf('engineVersion', '15.8')).toBe('restart');
  expect(await interruptionOf('storageType', 'aurora-iopt1')).toBe('restart');
  expect(await interruptionOf('running', false)).toBe('restart');
  expect(await interruptionOf('running', true)).toBe('none');
  expect(await interruptionOf('backupRetentionDays', 7)).toBe('none');
  expect(await interruptionOf('parameterGroupName', 'own')).toBe('none');
  expect(await interruptionOf('applyImmediately', true)).toBe('none');
});

test('a protected cluster says so before anything is removed', async () => {
  expect(Cluster.protection?.(await it.current())).toBeUndefined();
  it.spec = { ...it.spec, deletionProtection: true };
  await it.update();
  expect(Cluster.protection?.(await it.current())).toContain('set deletionProtection to false first');
});

test('what AWS starts after seven days is stopped again, and nobody’s drift', async () => {
  await makeMember(aws, 'ledger');
  await emulator.setLifecycles({ 'rds/cluster': { stopped: 'held' } });
  it.spec = { ...it.spec, running: false };
  await it.update();
  expect(await it.changedFields()).toEqual([]);
  const { AutomaticRestartTime } = (await present()) ?? {};
  expect((AutomaticRestartTime?.getTime() ?? 0) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
  await emulator.release('rds/cluster');
  expect(await it.changedFields()).toEqual(['running']);
  const rule = Cluster.fields.running;
  expect(rule.isExpected?.(false, true)).toBe(true);
  expect(rule.isExpected?.(true, false)).toBe(false);
  expect(rule.isExpected?.(true, 'no instances')).toBe(false);
  await it.update();
  expect(await it.changedFields()).toEqual([]);
});

test('a password that is changed is in use meanwhile, and waits for no window', async () => {
  await emulator.setLifecycles({ 'rds/password': { 'resetting-master-credentials': 'held' } });
  const change = { DBClusterIdentifier: 'ledger', MasterUserPassword: 'another-long-one' };
  await aws.rds.send(new ModifyDBClusterCommand(change));
  expect(await it.current()).toMatchObject({ state: 'ready', outputs: { waitsForMaintenance: [] } });
  it.spec = { ...it.spec, applyImmediately: true };
  expect(await it.changedFields()).toEqual([]);
});
