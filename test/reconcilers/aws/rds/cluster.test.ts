import {
  CreateDBClusterCommand,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBClusterSnapshotsCommand,
  ModifyDBClusterCommand,
} from '@aws-sdk/client-rds';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { NotReady, Terminal } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { ClusterOutputs, ClusterSpec } from '../../../../reconcilers/aws/rds/cluster/cluster-spec.ts';
import { Cluster } from '../../../../reconcilers/aws/rds/cluster/cluster.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { Subject } from './lifecycle-samples.ts';
import { makeMember, password, sampleCluster } from './rds-samples.ts';

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
});

async function snapshots() {
  const command = new DescribeDBClusterSnapshotsCommand({ SnapshotType: 'manual' });
  return (await aws.rds.send(command)).DBClusterSnapshots ?? [];
}

test('a cluster is pending in the words of AWS until it is available', async () => {
  await emulator.setLifecycles({ 'rds/cluster': { creating: 'held' } });
  expect(await it.create()).toEqual({ id: 'ledger' });
  expect(await it.found()).toMatchObject({ state: 'pending', message: 'is creating' });
  await emulator.release();
  expect(await it.found()).toMatchObject({ state: 'ready', outputs: { identifier: 'ledger', port: 5432 } });
});

test('the password is in nothing that can be seen, not even when the secret is of no use', async () => {
  await it.create();
  expect(JSON.stringify([await it.found(), it.spec])).not.toContain(password);
  const SecretString = `{"username": "fintechadmin", "password": "${password}`;
  await aws.secrets.send(new PutSecretValueCommand({ SecretId: it.spec.masterSecretArn, SecretString }));
  const error = await it.create().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Terminal);
  expect(error).toMatchObject({ reason: 'InvalidSpec' });
  expect(error).not.toHaveProperty('cause');
  expect(String(error)).toContain(it.spec.masterSecretArn);
  expect(String(error)).not.toContain('Horse');
});

test('a cluster of the same name that is somebody else’s is not taken over', async () => {
  await aws.rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: 'ledger',
      Engine: 'aurora-postgresql',
      MasterUsername: 'theirs',
      MasterUserPassword: 'their-password',
    }),
  );
  await expect(it.create()).rejects.toMatchObject({ reason: 'NotOwned' });
});

test('a minor version that AWS raised is no difference, and a later one is upgraded to in the window', async () => {
  await it.create();
  const raised = { DBClusterIdentifier: 'ledger', EngineVersion: '15.6', ApplyImmediately: true };
  await aws.rds.send(new ModifyDBClusterCommand(raised));
  expect(await it.changedFields()).toEqual([]);

  await emulator.setLifecycles({ 'rds/cluster': { 'pending-maintenance': 'held' } });
  it.spec = { ...it.spec, engineVersion: '15.8' };
  expect(await it.changedFields()).toEqual(['engineVersion']);
  await it.update();
  const present = async () => {
    const { DBClusters = [] } = await aws.rds.send(new DescribeDBClustersCommand());
    return DBClusters[0]?.EngineVersion;
  };
  expect(await present()).toBe('15.6');
  expect(await it.changedFields()).toEqual([]);
  expect((await it.current()).outputs.waitsForMaintenance).toEqual(['EngineVersion']);

  it.spec = { ...it.spec, backupRetentionDays: 7 };
  await it.update();
  expect(await present()).toBe('15.6');
  expect(await it.changedFields()).toEqual([]);
  await emulator.release();
  expect(await present()).toBe('15.8');
});

test('changes that wait for the window do not hold up the others', async () => {
  await it.create();
  const parameterGroupName = 'default.aurora-postgresql16';
  it.spec = { ...it.spec, engineVersion: '16', parameterGroupName, backupRetentionDays: 7 };
  await it.update();
  expect(await it.changedFields()).toEqual(['engineVersion', 'parameterGroupName']);
  await it.update();
  expect(await it.changedFields()).toEqual([]);
  expect((await it.current()).spec.engineVersion).toBe('16.8');
});

test('a cluster is stopped and started, and stopped again when AWS has started it', async () => {
  await it.create();
  await makeMember(aws, 'ledger');
  it.spec = { ...it.spec, running: false };
  await emulator.setLifecycles({ 'rds/cluster': { stopping: 'held', starting: 'held' } });
  await it.update();
  expect(await it.found()).toMatchObject({ state: 'pending', message: 'is stopping' });
  await emulator.release();
  expect(await it.found()).toMatchObject({ state: 'ready', spec: { running: false } });
  expect(await it.changedFields()).toEqual([]);

  it.spec = { ...it.spec, running: true, backupRetentionDays: 7 };
  await it.update();
  expect(await it.found()).toMatchObject({ state: 'pending', message: 'is starting' });
  await emulator.release();
  expect(await it.changedFields()).toEqual(['backupRetentionDays']);
  it.spec = { ...it.spec, running: false };
  await it.update();
  expect(await it.changedFields()).toEqual(['running']);
});

test('a cluster without instances is not stopped, and one whose instances come up is stopped after that', async () => {
  await it.create();
  it.spec = { ...it.spec, running: false };
  expect(await it.changedFields()).toEqual([]);
  await emulator.setLifecycles({ 'rds/instance': { creating: 'held' } });
  await makeMember(aws, 'ledger');
  expect(await it.changedFields()).toEqual(['running']);
  await expect(it.update()).rejects.toBeInstanceOf(NotReady);
  await emulator.release();
  await it.update();
  expect(await it.found()).toMatchObject({ state: 'ready', spec: { running: false } });
});

test('a change while another is made, or while it is stopped, is waited for', async () => {
  await it.create();
  await makeMember(aws, 'ledger');
  await emulator.setLifecycles({ 'rds/cluster': { modifying: 'held' } });
  it.spec = { ...it.spec, backupRetentionDays: 7 };
  await it.update();
  expect(await it.found()).toMatchObject({ state: 'pending', message: 'is modifying' });
  it.spec = { ...it.spec, backupRetentionDays: 8 };
  await expect(it.update()).rejects.toBeInstanceOf(NotReady);
  await emulator.release();
  it.spec = { ...it.spec, backupRetentionDays: 7, running: false };
  await it.update();
  it.spec = { ...it.spec, deletionProtection: true };
  const calls = await connection.during(async () => {
    const waiting = it.update();
    await expect(waiting).rejects.toBeInstanceOf(NotReady);
    await expect(waiting).rejects.toThrow('deletionProtection waits until it runs');
  });
  expect(calls.filter(({ mutating }) => mutating)).toEqual([]);
});

test('a protected cluster is not deleted, and no snapshot is made', async () => {
  it.spec = { ...it.spec, deletionProtection: true };
  await it.create();
  await expect(it.delete()).rejects.toMatchObject({
    reason: 'DeletionBlocked',
    message: expect.stringContaining('set deletionProtection to false first'),
  });
  expect(await snapshots()).toEqual([]);
});

test('a cluster goes when its final snapshot is available, not before, and there is one only', async () => {
  await it.create();
  await emulator.setLifecycles({ 'rds/snapshot': { creating: 'held' }, 'rds/cluster': { deleting: 'held' } });
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const waiting = /^waits for its final snapshot ledger-final-\d{17} \(creating, \d+ %\)$/;
    await expect(it.delete()).rejects.toThrow(waiting);
    expect(await it.found()).toMatchObject({ state: 'ready' });
  }
  await emulator.release();
  await it.delete();
  expect(await it.found()).toMatchObject({ state: 'deleting' });
  await it.delete();
  await emulator.release();
  expect(await it.found()).toBeUndefined();
  expect(await snapshots()).toMatchObject([{ Status: 'available', SnapshotType: 'manual' }]);
});

test('the snapshot of a deletion that was given up does not count for the next one', async () => {
  await it.create();
  await emulator.setLifecycles({ 'rds/snapshot': { creating: 'held' } });
  await expect(it.delete()).rejects.toBeInstanceOf(NotReady);
  expect(await it.changedFields()).toEqual(['finalSnapshot']);
  await emulator.release();
  await it.update();
  expect(await it.changedFields()).toEqual([]);
  await emulator.setLifecycles({ 'rds/snapshot': { creating: 0 } });
  await it.delete();
  expect(await snapshots()).toHaveLength(2);
});

test('a final snapshot that failed keeps the cluster, and is named', async () => {
  await it.create();
  await emulator.setLifecycles({ 'rds/snapshot': { failed: 1 } });
  await expect(it.delete()).rejects.toMatchObject({
    reason: 'DeletionBlocked',
    message: expect.stringMatching(/^has a final snapshot ledger-final-\d{17} that is failed/),
  });
  expect(await it.found()).toMatchObject({ state: 'ready' });
});

test('a stopped cluster is started so that it can be deleted', async () => {
  await it.create();
  await makeMember(aws, 'ledger');
  it.spec = { ...it.spec, running: false };
  await it.update();
  await expect(it.delete()).rejects.toThrow('is started first');
  const member = { DBInstanceIdentifier: 'ledger-0', SkipFinalSnapshot: true };
  await aws.rds.send(new DeleteDBInstanceCommand(member));
  await it.delete();
  expect(await it.found()).toBeUndefined();
});
