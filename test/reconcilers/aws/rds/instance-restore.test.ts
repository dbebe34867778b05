import { CreateDBSnapshotCommand, DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
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
import { Subject } from './lifecycle-samples.ts';
import { password } from './rds-samples.ts';

const pointInTime = (time: string | undefined) =>
  ({ kind: 'pointInTime', sourceIdentifier: 'source', time }) as const;

async function becomesAsWanted(it: Subject<InstanceSpec, InstanceOutputs>): Promise<void> {
  for (let update = 0; update < 4 && (await it.changedFields()).length > 0; update += 1) await it.update();
  expect(await it.changedFields()).toEqual([]);
}

describe('an instance that is restored', () => {
  let emulator: Emulator;
  let connection: TestConnection;
  let aws: Aws;
  let source: Subject<InstanceSpec, InstanceOutputs>;
  let wanted: InstanceSpec;

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
    const sample = await sampleInstance(aws);
    source = new Subject(Instance, aws, { ...sample, identifier: 'source' }, 'source');
    await source.create();
    // The key is that of the source; the secret is there, and is not read.
    wanted = { ...sample, identifier: 'restored', kmsKeyArn: '', masterSecretArn: 'nowhere' };
  });

  const restored = (restoreFrom: InstanceSpec['restoreFrom'], more: Partial<InstanceSpec> = {}) =>
    new Subject(Instance, aws, { ...wanted, ...more, restoreFrom }, 'restored');
  const snapshot = { kind: 'snapshot', snapshotIdentifier: 'before' } as const;

  async function takeSnapshot(): Promise<void> {
    await aws.rds.send(
      new CreateDBSnapshotCommand({ DBInstanceIdentifier: 'source', DBSnapshotIdentifier: 'before' }),
    );
  }

  test('to a point in time takes its time, and becomes what is wanted of it', async () => {
    await emulator.setLifecycles({ 'rds/instance': { creating: 'held' } });
    const time = new Date().toISOString();
    const it = restored(pointInTime(time), { backupRetentionDays: 7, port: 5433, logExports: ['upgrade'] });
    expect(await it.create()).toEqual({ id: 'restored' });
    expect(await it.found()).toMatchObject({ state: 'pending', message: 'is creating' });
    await emulator.release();
    await becomesAsWanted(it);
    expect(await emulator.revealDatabase('instance', 'restored')).toMatchObject({
      password,
      restoredFrom: { source: 'source', time: expect.stringContaining(time.slice(0, 19)) },
    });
    const key = (await source.current()).spec.kmsKeyArn;
    expect((await it.current()).spec).toMatchObject({ databaseName: 'app', kmsKeyArn: key });
  });

  test('to the latest moment needs no time', async () => {
    const it = restored(pointInTime(undefined));
    await it.create();
    await becomesAsWanted(it);
    const { restoredFrom } = await emulator.revealDatabase('instance', 'restored');
    expect(restoredFrom).toEqual({ source: 'source', time: null });
  });

  test('from a snapshot becomes what is wanted of it, its tags and nobody else’s among that', async () => {
    await takeSnapshot();
    const it = restored(snapshot, { storage: { allocatedGiB: 150, maxGiB: 300 }, multiAz: false });
    await it.create();
    await becomesAsWanted(it);
    const { restoredFrom } = await emulator.revealDatabase('instance', 'restored');
    expect(restoredFrom).toEqual({ source: 'before', time: null });
    expect((await it.current()).tags).toMatchObject({ 'fintech.global/node': 'restored' });
  });

  test('from what has grown is as large', async () => {
    source.spec = { ...source.spec, storage: { allocatedGiB: 200, maxGiB: 300 } };
    await source.update();
    const it = restored(pointInTime(undefined));
    await it.create();
    await becomesAsWanted(it);
    expect((await it.current()).spec.storage).toEqual({ allocatedGiB: 200, maxGiB: 300 });
  });

  test('is one, if the answer to its restoration was lost', async () => {
    const it = restored(pointInTime(undefined));
    await it.create();
    expect(await it.create()).toEqual({ id: 'restored' });
    const { DBInstances = [] } = await aws.rds.send(new DescribeDBInstancesCommand({}));
    expect(DBInstances).toHaveLength(2);
  });

  test('says what it cannot be restored from', async () => {
    const refused = { name: 'Terminal', reason: 'InvalidSpec' };
    await expect(restored(snapshot).create()).rejects.toMatchObject(refused);
    await expect(restored(pointInTime('2001-01-01T00:00:00Z')).create()).rejects.toMatchObject(refused);
    await expect(
      restored({ kind: 'pointInTime', sourceIdentifier: 'nobody', time: undefined }).create(),
    ).rejects.toMatchObject(refused);
    source.spec = { ...source.spec, backupRetentionDays: 0 };
    await source.update();
    await expect(restored(pointInTime(undefined)).create()).rejects.toMatchObject(refused);
  });

  test('waits for a snapshot that is being made', async () => {
    await emulator.setLifecycles({ 'rds/snapshot': { creating: 'held' } });
    await takeSnapshot();
    await expect(restored(snapshot).create()).rejects.toMatchObject({ name: 'NotReady' });
    await emulator.release();
    await restored(snapshot).create();
  });
});
