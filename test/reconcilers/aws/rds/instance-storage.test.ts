import { DescribeDBInstancesCommand, ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
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

describe('the storage of an instance', () => {
  let emulator: Emulator;
  let connection: TestConnection;
  let aws: Aws;
  let it: Subject<InstanceSpec, InstanceOutputs>;

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
    it = new Subject(Instance, aws, await sampleInstance(aws), 'instance');
    await it.create();
  });

  /** As autoscaling does, or somebody else. */
  const growTo = (AllocatedStorage: number) =>
    aws.rds.send(
      new ModifyDBInstanceCommand({
        DBInstanceIdentifier: 'alone',
        AllocatedStorage,
        ApplyImmediately: true,
      }),
    );
  const shown = async () =>
    (await aws.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'alone' }))).DBInstances?.[0];

  test('may have grown by autoscaling, as far as its limit', async () => {
    await growTo(200);
    expect(await it.changedFields()).toEqual([]);
    await growTo(300);
    expect(await it.changedFields()).toEqual([]);
  });

  test('grows when more is wanted, by a tenth at least', async () => {
    it.spec = { ...it.spec, storage: { allocatedGiB: 105, maxGiB: 300 } };
    expect(await it.changedFields()).toEqual(['storage']);
    await it.update();
    expect(await it.changedFields()).toEqual([]);
    expect(await shown()).toMatchObject({ AllocatedStorage: 110, MaxAllocatedStorage: 300 });
  });

  test('stops to grow by itself, however large it is by then', async () => {
    await growTo(200);
    it.spec = { ...it.spec, storage: { allocatedGiB: 200, maxGiB: undefined } };
    await it.update();
    expect((await shown())?.MaxAllocatedStorage).toBeUndefined();
    expect(await it.changedFields()).toEqual([]);
  });

  test('is never made less: what can be changed is, and the rest is told', async () => {
    it.spec = { ...it.spec, storage: { allocatedGiB: 50, maxGiB: undefined }, copyTagsToSnapshots: false };
    await it.update();
    expect(await it.changedFields()).toEqual(['storage']);
    expect(await shown()).toMatchObject({ AllocatedStorage: 100, CopyTagsToSnapshot: false });
    await expect(it.update()).rejects.toMatchObject({
      name: 'Terminal',
      reason: 'InvalidSpec',
      message: 'has 100 GiB, which AWS cannot make less: ask for at least that many',
    });
  });

  test('that cannot be made less does not keep the instance from being stopped', async () => {
    it.spec = { ...it.spec, storage: { allocatedGiB: 50, maxGiB: undefined }, running: false };
    await it.update();
    await it.update();
    expect((await it.current()).spec.running).toBe(false);
  });

  test('gets the IOPS that AWS asks for from 400 GiB on gp3, and none below', async () => {
    it.spec = { ...it.spec, storage: { allocatedGiB: 150, maxGiB: 1000 } };
    await it.update();
    expect(await shown()).toMatchObject({ AllocatedStorage: 150, MaxAllocatedStorage: 1000 });
    it.spec = { ...it.spec, storage: { allocatedGiB: 400, maxGiB: 1000 } };
    await it.update();
    expect(await shown()).toMatchObject({ AllocatedStorage: 400, Iops: 12_000 });
    expect(await it.changedFields()).toEqual([]);
  });

  test('of another type is asked for together with its IOPS', async () => {
    it.spec = { ...it.spec, storageType: 'gp2', storage: { allocatedGiB: 500, maxGiB: 1000 } };
    await it.update();
    it.spec = { ...it.spec, storageType: 'gp3' };
    await it.update();
    expect(await it.changedFields()).toEqual([]);
    expect(await shown()).toMatchObject({ StorageType: 'gp3', AllocatedStorage: 500, Iops: 12_000 });
  });

  test('is not changed again while AWS optimises it; all else is', async () => {
    await emulator.setLifecycles({ 'rds/instance': { 'storage-optimization': 'held' } });
    it.spec = { ...it.spec, storage: { allocatedGiB: 150, maxGiB: 300 } };
    await it.update();
    expect(await it.found()).toMatchObject({ state: 'ready', outputs: { optimizesStorage: true } });
    await emulator.setLifecycles({ 'rds/instance': { 'storage-optimization': 0 } });
    it.spec = { ...it.spec, storage: { allocatedGiB: 200, maxGiB: 300 } };
    await expect(it.update()).rejects.toMatchObject({
      name: 'NotReady',
      message: 'waits until AWS has optimised its storage: until then it cannot be changed again',
    });
    await emulator.release();
    await it.update();
    expect(await it.changedFields()).toEqual([]);
  });
});
