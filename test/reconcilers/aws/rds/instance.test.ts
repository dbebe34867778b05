import {
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  ModifyDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type {
  InstanceOutputs,
  InstanceSpec,
} from '../../../../reconcilers/aws/rds/instance/instance-spec.ts';
import { Instance } from '../../../../reconcilers/aws/rds/instance/instance.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { sampleInstance } from './instance-samples.ts';
import { interruptionsOf, Subject } from './lifecycle-samples.ts';
import { makeParameterGroup, password } from './rds-samples.ts';

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

  test('is changed at once where that is asked for, with what waits for the maintenance window', async () => {
    await it.create();
    await emulator.setLifecycles({ 'rds/instance': { 'pending-maintenance': 'held' } });
    it.spec = { ...it.spec, instanceClass: 'db.r6g.large', backupRetentionDays: 0 };
    await it.update();
    expect((await it.current()).outputs.waitsForMaintenance.toSorted()).toEqual([
      'BackupRetentionPeriod',
      'DBInstanceClass',
    ]);
    it.spec = { ...it.spec, applyImmediately: true, engineVersion: '15.9' };
    expect(await interruptionsOf(Instance, it)).toEqual({
      applyImmediately: 'restart',
      engineVersion: 'restart',
    });
    await it.update();
    expect(await it.changedFields()).toEqual([]);
    expect((await it.current()).outputs).toMatchObject({ waitsForMaintenance: [], engineVersion: '15.9' });
  });

  test('says what its changes interrupt', async () => {
    await it.create();
    it.spec = {
      ...it.spec,
      instanceClass: 'db.r6g.large',
      caCertificate: 'rds-ca-ecc384-g1',
      port: 5433,
      backupRetentionDays: 0,
      storageType: 'standard',
      storage: { allocatedGiB: 200, maxGiB: 300 },
      multiAz: false,
      securityGroupIds: ['sg-22222222'],
      running: false,
    };
    const expected = {
      instanceClass: 'failover',
      caCertificate: 'restart',
      port: 'restart',
      backupRetentionDays: 'restart',
      storageType: 'restart',
      storage: 'none',
      multiAz: 'none',
      securityGroupIds: 'none',
      running: 'restart',
    };
    expect(await interruptionsOf(Instance, it)).toEqual(expected);
    it.spec = { ...it.spec, backupRetentionDays: 7, storageType: 'gp2', running: true };
    const { running, ...others } = expected;
    expect(await interruptionsOf(Instance, it)).toEqual({
      ...others,
      backupRetentionDays: 'none',
      storageType: 'none',
    });
    expect(running).toBe('restart');
  });

  test('gets what interrupts nothing at once, and the rest in the maintenance window', async () => {
    await it.create();
    await emulator.setLifecycles({ 'rds/instance': { 'pending-maintenance': 'held' } });
    it.spec = { ...it.spec, instanceClass: 'db.r6g.large', multiAz: false, backupRetentionDays: 0 };
    await it.update();
    expect(await it.changedFields()).toEqual(['instanceClass', 'backupRetentionDays']);
    expect((await it.current()).outputs.waitsForMaintenance).toEqual([]);
    await it.update();
    expect(await it.changedFields()).toEqual([]);
    expect((await it.current()).outputs.waitsForMaintenance).toHaveLength(2);
  });

  test('is upgraded to another major version with the group that fits it', async () => {
    it.spec = { ...it.spec, engineVersion: '14.9', parameterGroupName: 'default.postgres14' };
    await it.create();
    await emulator.setLifecycles({ 'rds/instance': { 'pending-maintenance': 'held' } });
    await makeParameterGroup(aws, 'next', 'postgres15');
    it.spec = { ...it.spec, engineVersion: '15.4', parameterGroupName: 'next' };
    expect(await it.changedFields()).toEqual(['parameterGroupName', 'engineVersion']);
    await it.update();
    expect((await it.current()).outputs).toMatchObject({
      waitsForMaintenance: ['EngineVersion'],
      engineVersion: '14.9',
    });
    expect(await it.changedFields()).toEqual([]);
    await emulator.release();
    expect((await it.current()).spec).toMatchObject({
      engineVersion: '15.4',
      parameterGroupName: 'next',
    });
    expect(await it.changedFields()).toEqual([]);
  });

  test('goes back to no earlier major version, and is changed in all else meanwhile', async () => {
    await it.create();
    it.spec = { ...it.spec, engineVersion: '14', deletionProtection: true };
    await it.update();
    expect(await it.changedFields()).toEqual(['engineVersion']);
    await expect(it.update()).rejects.toMatchObject({ name: 'Terminal', reason: 'InvalidSpec' });
  });

  test('is upgraded to another major version with approval only', () => {
    expect(Instance.fields.engineVersion.refusal?.('16', '15.4')).toContain('15.4 to 16 cannot be undone');
    expect(Instance.fields.engineVersion.refusal?.('15.9', '15.4')).toBeUndefined();
  });

  test('waits with its other changes while it is stopped', async () => {
    await it.create();
    it.spec = { ...it.spec, running: false };
    await it.update();
    it.spec = { ...it.spec, backupRetentionDays: 7 };
    await expect(it.update()).rejects.toMatchObject({
      name: 'NotReady',
      message: 'is stopped, and AWS changes no stopped instance: backupRetentionDays waits until it runs',
    });
    expect(await it.changedFields()).toEqual(['backupRetentionDays']);
  });

  test('that AWS starts after seven days is stopped again, and that is nobody’s change', async () => {
    await it.create();
    await emulator.setLifecycles({ 'rds/instance': { stopped: 'held' } });
    it.spec = { ...it.spec, running: false };
    await it.update();
    const { DBInstances: [stopped] = [] } = await aws.rds.send(new DescribeDBInstancesCommand({}));
    const days = (Number(stopped?.AutomaticRestartTime) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(7, 1);
    await emulator.release();
    expect((await it.current()).spec.running).toBe(true);
    expect(await it.changedFields()).toEqual(['running']);
    expect(Instance.fields.running.isExpected?.(false, true)).toBe(true);
    expect(Instance.fields.running.isExpected?.(true, false)).toBe(false);
    await it.update();
    expect(await it.changedFields()).toEqual([]);
  });

  test('that is told a new password has it after a while, and does not show it', async () => {
    await it.create();
    await emulator.setLifecycles({ 'rds/password': { 'resetting-master-credentials': 'held' } });
    const MasterUserPassword = 'Another-Horse-Battery';
    await aws.rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'alone', MasterUserPassword }));
    const { DBInstances: [shown] = [] } = await aws.rds.send(new DescribeDBInstancesCommand({}));
    expect(shown).toMatchObject({
      DBInstanceStatus: 'resetting-master-credentials',
      PendingModifiedValues: { MasterUserPassword: '****' },
    });
    expect(await it.found()).toMatchObject({ state: 'ready', outputs: { waitsForMaintenance: [] } });
    expect(await it.changedFields()).toEqual([]);
    expect(await emulator.revealDatabase('instance', 'alone')).toMatchObject({ password });
    await emulator.release();
    expect(await emulator.revealDatabase('instance', 'alone')).toMatchObject({
      password: MasterUserPassword,
    });
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
    expect(Instance.protection?.(await it.current())).toContain('has deletion protection');
    it.spec = { ...it.spec, deletionProtection: false };
    await it.update();
    expect(Instance.protection?.(await it.current())).toBeUndefined();
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
