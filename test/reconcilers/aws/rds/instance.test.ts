import {
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  FailoverDBClusterCommand,
  ModifyDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { ClusterOutputs, ClusterSpec } from '../../../../reconcilers/aws/rds/cluster-spec.ts';
import { Cluster } from '../../../../reconcilers/aws/rds/cluster.ts';
import type { InstanceOutputs, InstanceSpec } from '../../../../reconcilers/aws/rds/instance-spec.ts';
import { Instance } from '../../../../reconcilers/aws/rds/instance.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { sampleInstance, sampleMember } from './instance-samples.ts';
import { Subject } from './lifecycle-samples.ts';
import { password, sampleCluster } from './rds-samples.ts';

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

describe('a member of a cluster', () => {
  let cluster: Subject<ClusterSpec, ClusterOutputs>;
  let writer: Subject<InstanceSpec, InstanceOutputs>;
  let reader: Subject<InstanceSpec, InstanceOutputs>;

  beforeEach(async () => {
    cluster = new Subject(Cluster, aws, await sampleCluster(aws), 'cluster');
    writer = new Subject(Instance, aws, sampleMember('ledger', 'ledger-1', 0), 'instance-1');
    reader = new Subject(Instance, aws, sampleMember('ledger', 'ledger-2'), 'instance-2');
    for (const one of [cluster, writer, reader]) await one.create();
  });

  const roles = async () => [(await writer.current()).outputs.role, (await reader.current()).outputs.role];

  test('is what was wanted, in the role that the cluster gave it', async () => {
    expect(await writer.changedFields()).toEqual([]);
    expect(await reader.changedFields()).toEqual([]);
    expect(await roles()).toEqual(['writer', 'reader']);
  });

  test('may change its role by a failover without a difference', async () => {
    await aws.rds.send(new FailoverDBClusterCommand({ DBClusterIdentifier: 'ledger' }));
    expect(await roles()).toEqual(['reader', 'writer']);
    for (const one of [cluster, writer, reader]) expect(await one.changedFields()).toEqual([]);
  });

  test('has its place in the order of promotion changed, and its class in the maintenance window', async () => {
    await emulator.setLifecycles({ 'rds/instance': { 'pending-maintenance': 'held' } });
    reader.spec = { ...reader.spec, promotionTier: 5, instanceClass: 'db.r6g.xlarge' };
    await reader.update();
    expect(await reader.changedFields()).toEqual(['instanceClass']);
    await reader.update();
    expect(await reader.changedFields()).toEqual([]);
    expect((await reader.current()).outputs.waitsForMaintenance).toEqual(['DBInstanceClass']);
    const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'ledger-2' });
    const present = async () => (await aws.rds.send(command)).DBInstances?.[0];
    expect(await present()).toMatchObject({ DBInstanceClass: 'db.r6g.large', PromotionTier: 5 });
    await emulator.release();
    expect(await present()).toMatchObject({ DBInstanceClass: 'db.r6g.xlarge' });
  });

  test('that only reads goes at once', async () => {
    await reader.delete();
    expect(await reader.found()).toBeUndefined();
    expect((await writer.current()).outputs.role).toBe('writer');
  });

  test('that writes does not go before another one has taken over', async () => {
    await expect(writer.delete()).rejects.toThrow('is the writer: waits until ledger-2 has taken over');
    expect(await roles()).toEqual(['reader', 'writer']);
    await writer.delete();
    expect(await writer.found()).toBeUndefined();
    expect((await reader.current()).outputs.role).toBe('writer');
  });

  test('that is the last one stays while its cluster is protected', async () => {
    cluster.spec = { ...cluster.spec, deletionProtection: true };
    await cluster.update();
    await reader.delete();
    await expect(writer.delete()).rejects.toMatchObject({ reason: 'DeletionBlocked' });
    expect(await writer.found()).toMatchObject({ state: 'ready' });
  });

  test('that is stopped is started with its cluster so that it can be deleted', async () => {
    cluster.spec = { ...cluster.spec, running: false };
    await cluster.update();
    expect(await reader.found()).toMatchObject({ state: 'ready' });
    await expect(reader.delete()).rejects.toThrow('waits for its cluster, which is stopped');
    await reader.delete();
    expect(await reader.found()).toBeUndefined();
  });

  test('keeps its cluster, whose deletion then names it and makes no snapshot', async () => {
    await expect(cluster.delete()).rejects.toThrow('still has the instances ledger-1, ledger-2');
    expect(await cluster.changedFields()).toEqual([]);
  });

  test('that an autoscaler made goes with the cluster', async () => {
    const scaled = sampleMember('ledger', 'application-autoscaling-1');
    // With the tags of the writer, as if they had been copied.
    const copy = new Subject(Instance, aws, scaled, 'instance-1');
    await copy.create();
    expect((await writer.current()).id).toBe('ledger-1');
    await reader.delete();
    await expect(writer.delete()).rejects.toThrow('until application-autoscaling-1 has taken over');
    await writer.delete();
    await expect(cluster.delete()).rejects.toThrow('still has the instances application-autoscaling-1');
    await cluster.delete();
    expect(await cluster.found()).toBeUndefined();
  });
});

describe('an instance that stands alone', () => {
  let it: Subject<InstanceSpec, InstanceOutputs>;

  beforeEach(async () => {
    it = new Subject(Instance, aws, await sampleInstance(aws), 'instance');
  });

  test('is created, backed up and then there, without its password in sight', async () => {
    await emulator.setLifecycles({ 'rds/instance': { creating: 'held', 'backing-up': 'held' } });
    expect(await it.create()).toEqual({ id: 'alone' });
    expect(await it.found()).toMatchObject({ state: 'pending', message: 'is creating' });
    await emulator.release();
    expect(await it.found()).toMatchObject({ state: 'ready', outputs: { role: 'alone' } });
    it.spec = { ...it.spec, backupRetentionDays: 7 };
    await expect(it.update()).rejects.toThrow('is not in available state');
    await emulator.release();
    await it.update();
    expect(JSON.stringify(await it.found())).not.toContain(password);
  });

  test('may have grown by autoscaling, and grows by hand', async () => {
    await it.create();
    const DBInstanceIdentifier = 'alone';
    const grown = { DBInstanceIdentifier, AllocatedStorage: 200, ApplyImmediately: true };
    await aws.rds.send(new ModifyDBInstanceCommand(grown));
    expect(await it.changedFields()).toEqual([]);
    it.spec = { ...it.spec, allocatedGiB: 300 };
    await it.update();
    expect(await it.changedFields()).toEqual([]);
    expect((await it.current()).spec.allocatedGiB).toBe(300);
  });

  test('is upgraded in the maintenance window, which a wish taken back does not wait for', async () => {
    await it.create();
    await emulator.setLifecycles({ 'rds/instance': { 'pending-maintenance': 'held' } });
    const before = it.spec;
    it.spec = { ...before, instanceClass: 'db.r6g.large' };
    await it.update();
    expect((await it.current()).outputs.waitsForMaintenance).toEqual(['DBInstanceClass']);
    it.spec = before;
    expect(await it.changedFields()).toEqual(['instanceClass']);
    await it.update();
    expect((await it.current()).outputs.waitsForMaintenance).toEqual([]);
    expect(await it.changedFields()).toEqual([]);
  });

  test('is stopped and started', async () => {
    await it.create();
    it.spec = { ...it.spec, running: false };
    await it.update();
    expect(await it.found()).toMatchObject({ state: 'ready', spec: { running: false } });
    it.spec = { ...it.spec, running: true };
    await it.update();
    expect(await it.changedFields()).toEqual([]);
  });

  test('is protected from deletion', async () => {
    it.spec = { ...it.spec, deletionProtection: true };
    await it.create();
    await expect(it.delete()).rejects.toMatchObject({ reason: 'DeletionBlocked' });
  });

  test('leaves a final snapshot, and stays until that is available', async () => {
    await it.create();
    it.spec = { ...it.spec, running: false };
    await it.update();
    await expect(it.delete()).rejects.toThrow('is started first');
    await emulator.setLifecycles({ 'rds/snapshot': { creating: 'held' } });
    await it.delete();
    expect(await it.found()).toMatchObject({ state: 'deleting' });
    await emulator.release();
    expect(await it.found()).toBeUndefined();
    const { DBSnapshots = [] } = await aws.rds.send(
      new DescribeDBSnapshotsCommand({ SnapshotType: 'manual' }),
    );
    expect(DBSnapshots).toMatchObject([{ Status: 'available', DBInstanceIdentifier: 'alone' }]);
    expect(DBSnapshots[0]?.DBSnapshotIdentifier).toMatch(/^alone-final-\d{17}$/);
  });
});
