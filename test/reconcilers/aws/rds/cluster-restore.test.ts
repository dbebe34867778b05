import {
  CreateDBClusterSnapshotCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  ModifyDBClusterCommand,
} from '@aws-sdk/client-rds';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { ClusterOutputs, ClusterSpec } from '../../../../reconcilers/aws/rds/cluster/cluster-spec.ts';
import { Cluster } from '../../../../reconcilers/aws/rds/cluster/cluster.ts';
import { Instance } from '../../../../reconcilers/aws/rds/instance/instance.ts';
import type { RestoreFrom } from '../../../../reconcilers/aws/rds/restore-from.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { Subject } from './lifecycle-samples.ts';
import { makeMasterSecret, password, sampleCluster } from './rds-samples.ts';

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;
let source: ClusterSpec;

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
  source = await sampleCluster(aws);
  await new Subject(Cluster, aws, { ...source, databaseName: 'of_source' }, 'source').create();
});

const DBClusterSnapshotIdentifier = 'ledger-before';

/** A cluster unlike its source in all that can be. */
function restored(restoreFrom: RestoreFrom): Subject<ClusterSpec, ClusterOutputs> {
  const spec: ClusterSpec = {
    ...source,
    identifier: 'restored',
    databaseName: 'of_source',
    masterSecretArn: 'of no use',
    restoreFrom,
    port: 5433,
    securityGroupIds: ['sg-22222222'],
    storageType: 'aurora-iopt1',
    backupRetentionDays: 14,
    backupWindow: '01:00-02:00',
    maintenanceWindow: 'sat:05:00-sat:06:00',
    copyTagsToSnapshots: false,
    deletionProtection: true,
    iamAuthentication: false,
    logExports: ['postgresql', 'instance'],
    serverlessCapacity: { min: 0.5, max: 4 },
  };
  return new Subject(Cluster, aws, spec, 'cluster');
}

async function takeSnapshot(): Promise<void> {
  const of = { DBClusterIdentifier: 'ledger', DBClusterSnapshotIdentifier };
  await aws.rds.send(new CreateDBClusterSnapshotCommand(of));
}

async function describe(DBClusterIdentifier: string) {
  const command = new DescribeDBClustersCommand({ DBClusterIdentifier });
  return (await aws.rds.send(command)).DBClusters?.[0];
}

test('a cluster is made of another one as it was at a time, and updates give it what a restore cannot', async () => {
  await emulator.setLifecycles({ 'rds/cluster': { creating: 'held' } });
  const { EarliestRestorableTime } = (await describe('ledger')) ?? {};
  const time = EarliestRestorableTime?.toISOString();
  const it = restored({ kind: 'pointInTime', sourceIdentifier: 'ledger', time });
  expect(await it.create()).toEqual({ id: 'restored' });
  expect(await it.found()).toMatchObject({ state: 'pending', message: 'is creating' });
  await emulator.release();
  expect(await it.changedFields()).toEqual(['maintenanceWindow', 'dataApi']);
  await it.update();
  expect(await it.changedFields()).toEqual([]);
  expect(await describe('restored')).toMatchObject({ DatabaseName: 'of_source', EngineVersion: '15.4' });
  const hidden = await emulator.revealDatabase('cluster', 'restored');
  expect(hidden.password).toBe(password);
  expect(hidden.restoredFrom).toMatchObject({ source: 'ledger' });
  expect(hidden.restoredFrom).not.toMatchObject({ time: null });
});

test('a restored database whose name AWS does not tell is not taken for another one', () => {
  for (const { fields } of [Cluster, Instance]) {
    expect(fields.databaseName.equals?.('of_source', '')).toBe(true);
    expect(fields.databaseName.equals?.('of_source', 'other')).toBe(false);
  }
});

test('a source that is on its way itself is waited for', async () => {
  await emulator.setLifecycles({ 'rds/cluster': { creating: 'held' } });
  await new Subject(Cluster, aws, { ...source, identifier: 'other' }, 'other').create();
  const it = restored({ kind: 'pointInTime', sourceIdentifier: 'other', time: undefined });
  await expect(it.create()).rejects.toBeInstanceOf(NotReady);
  await emulator.release();
  await it.create();
});

test('without a time it is the latest moment that can be restored, which is the source’s version first', async () => {
  const raised = { DBClusterIdentifier: 'ledger', EngineVersion: '15.6', ApplyImmediately: true };
  await aws.rds.send(new ModifyDBClusterCommand(raised));
  const it = restored({ kind: 'pointInTime', sourceIdentifier: 'ledger', time: undefined });
  it.spec = { ...it.spec, engineVersion: '15.8', maintenanceWindow: '', dataApi: false };
  await it.create();
  expect(await it.changedFields()).toEqual(['engineVersion']);
  await it.update();
  expect(await it.changedFields()).toEqual([]);
  const { restoredFrom } = await emulator.revealDatabase('cluster', 'restored');
  expect(restoredFrom).toEqual({ source: 'ledger', time: null });
});

test('a cluster is made of a snapshot, with its minor version if that is later than what is wanted', async () => {
  const raised = { DBClusterIdentifier: 'ledger', EngineVersion: '15.6', ApplyImmediately: true };
  await aws.rds.send(new ModifyDBClusterCommand(raised));
  await emulator.setLifecycles({ 'rds/snapshot': { creating: 'held' } });
  await takeSnapshot();
  const it = restored({ kind: 'snapshot', snapshotIdentifier: DBClusterSnapshotIdentifier });
  await expect(it.create()).rejects.toThrow('waits for the snapshot ledger-before, which is creating');
  await emulator.release();
  const change = { DBClusterIdentifier: 'ledger', MasterUserPassword: 'one-of-a-later-time' };
  await aws.rds.send(new ModifyDBClusterCommand(change));
  await it.create();
  expect(await it.changedFields()).toEqual(['maintenanceWindow', 'dataApi']);
  await it.update();
  expect(await it.changedFields()).toEqual([]);
  expect(await describe('restored')).toMatchObject({ EngineVersion: '15.6', MasterUsername: 'fintechadmin' });
  const { password: first, restoredFrom } = await emulator.revealDatabase('cluster', 'restored');
  expect(first).toBe(password);
  expect(restoredFrom).toEqual({ source: DBClusterSnapshotIdentifier, time: null });
});

test('a cluster is made of a snapshot that AWS made by itself', async () => {
  const command = new DescribeDBClusterSnapshotsCommand({ SnapshotType: 'automated' });
  const { DBClusterSnapshots: [snapshot] = [] } = await aws.rds.send(command);
  const snapshotIdentifier = snapshot?.DBClusterSnapshotIdentifier ?? '';
  expect(snapshotIdentifier).toMatch(/^rds:/);
  await restored({ kind: 'snapshot', snapshotIdentifier }).create();
  expect(await describe('restored')).toMatchObject({ DatabaseName: 'of_source' });
});

test('a snapshot of an earlier major version is upgraded as it is restored', async () => {
  await takeSnapshot();
  const it = restored({ kind: 'snapshot', snapshotIdentifier: DBClusterSnapshotIdentifier });
  it.spec = { ...it.spec, engineVersion: '16', parameterGroupName: 'default.aurora-postgresql16' };
  await it.create();
  expect((await it.current()).outputs.engineVersion).toBe('16.8');
});

test.each<[string, RestoreFrom, string]>([
  ['a cluster', { kind: 'pointInTime', sourceIdentifier: 'gone', time: undefined }, 'gone'],
  ['a snapshot', { kind: 'snapshot', snapshotIdentifier: 'gone' }, 'from gone, which does not exist'],
  [
    'a time',
    { kind: 'pointInTime', sourceIdentifier: 'ledger', time: '2001-01-01T00:00:00Z' },
    'cannot be restored to 2001',
  ],
])('%s that does not exist is for a person to mend', async (_, restoreFrom, message) => {
  const creation = restored(restoreFrom).create();
  await expect(creation).rejects.toMatchObject({ reason: 'InvalidSpec' });
  await expect(creation).rejects.toThrow(message);
});

test('restored again, as after a lost answer, it is still one; and the password is asked for nowhere', async () => {
  source = { ...source, masterSecretArn: await makeMasterSecret(aws) };
  const it = restored({ kind: 'pointInTime', sourceIdentifier: 'ledger', time: undefined });
  const calls = await connection.during(async () => {
    await it.create();
    await it.create();
  });
  expect(calls.map(({ operation }) => operation)).not.toContain('GetSecretValue');
  expect(await it.found()).toMatchObject({ id: 'restored', state: 'ready' });
});

test('where it comes from counts at creation only', async () => {
  const it = restored({ kind: 'pointInTime', sourceIdentifier: 'ledger', time: undefined });
  await it.create();
  await it.update();
  it.spec = { ...it.spec, restoreFrom: undefined };
  expect(await it.changedFields()).toEqual([]);
});
