import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  FailoverDBClusterCommand,
} from '@aws-sdk/client-rds';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type {
  ClusterInstanceOutputs,
  ClusterInstanceSpec,
} from '../../../../reconcilers/aws/rds/cluster-instance/cluster-instance-spec.ts';
import { ClusterInstance } from '../../../../reconcilers/aws/rds/cluster-instance/cluster-instance.ts';
import type { ClusterOutputs, ClusterSpec } from '../../../../reconcilers/aws/rds/cluster/cluster-spec.ts';
import { Cluster } from '../../../../reconcilers/aws/rds/cluster/cluster.ts';
import { Instance } from '../../../../reconcilers/aws/rds/instance/instance.ts';
import { defaultMaxConnections } from '../../../../reconcilers/aws/rds/max-connections.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { queryOf } from '../ec2/network-samples.ts';
import { sampleMember } from './cluster-instance-samples.ts';
import { interruptionsOf, Subject } from './lifecycle-samples.ts';
import { makeParameterGroup, sampleCluster } from './rds-samples.ts';

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
  let writer: Subject<ClusterInstanceSpec, ClusterInstanceOutputs>;
  let reader: Subject<ClusterInstanceSpec, ClusterInstanceOutputs>;

  beforeEach(async () => {
    cluster = new Subject(Cluster, aws, await sampleCluster(aws), 'cluster');
    writer = new Subject(ClusterInstance, aws, sampleMember('ledger', 'ledger-1', 0), 'instance-1');
    reader = new Subject(ClusterInstance, aws, sampleMember('ledger', 'ledger-2'), 'instance-2');
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
    expect((await cluster.current()).outputs.writer).toBe('ledger-2');
    for (const one of [cluster, writer, reader]) expect(await one.changedFields()).toEqual([]);
  });

  test('is not ready while the cluster shows no writer, unless it is stopped', async () => {
    const step = { step: 'initialize', name: 'no writer' } as const;
    aws.rds.middlewareStack.add(
      (next) => async (call) => {
        const answer = await next(call);
        if ('DBClusters' in answer.output)
          for (const { DBClusterMembers = [] } of answer.output.DBClusters ?? [])
            for (const member of DBClusterMembers) member.IsClusterWriter = false;
        return answer;
      },
      step,
    );
    const waits = { state: 'pending', message: 'waits until its cluster shows which instance writes' };
    const [undecided, first, second] = [await cluster.current(), await writer.found(), await reader.found()];
    cluster.spec = { ...cluster.spec, running: false };
    await cluster.update();
    const stopped = await writer.found();
    aws.rds.middlewareStack.remove(step.name);
    expect(undecided).toMatchObject({ state: 'ready', outputs: { writer: undefined } });
    expect([first, second]).toMatchObject([waits, waits]);
    expect(stopped).toMatchObject({ state: 'ready' });
  });

  test('needs a reboot where a parameter of the cluster waits for one, which only the cluster shows', async () => {
    const step = { step: 'initialize', name: 'static parameter' } as const;
    aws.rds.middlewareStack.add(
      (next) => async (call) => {
        const answer = await next(call);
        if ('DBClusters' in answer.output)
          for (const { DBClusterMembers = [] } of answer.output.DBClusters ?? [])
            for (const member of DBClusterMembers)
              if (member.DBInstanceIdentifier === 'ledger-2')
                member.DBClusterParameterGroupStatus = 'pending-reboot';
        return answer;
      },
      step,
    );
    const found = [await writer.current(), await reader.current()];
    aws.rds.middlewareStack.remove(step.name);
    expect(found.map(({ outputs }) => outputs.needsReboot)).toEqual([false, true]);
  });

  test('has its place in the order of promotion changed, and its class in the maintenance window', async () => {
    await emulator.setLifecycles({ 'rds/instance': { 'pending-maintenance': 'held' } });
    reader.spec = { ...reader.spec, promotionTier: 5, instanceClass: 'db.r6g.xlarge' };
    await reader.update();
    expect(await reader.changedFields()).toEqual(['instanceClass']);
    await reader.update();
    expect(await reader.changedFields()).toEqual([]);
    expect((await reader.current()).outputs).toMatchObject({
      waitsForMaintenance: ['DBInstanceClass'],
      memoryMiB: 16 * 1024,
      defaultMaxConnections: defaultMaxConnections('db.r6g.large'),
    });
    const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'ledger-2' });
    const present = async () => (await aws.rds.send(command)).DBInstances?.[0];
    expect(await present()).toMatchObject({ DBInstanceClass: 'db.r6g.large', PromotionTier: 5 });
    await emulator.release();
    expect(await present()).toMatchObject({ DBInstanceClass: 'db.r6g.xlarge' });
    expect((await reader.current()).outputs).toMatchObject({
      memoryMiB: 32 * 1024,
      defaultMaxConnections: defaultMaxConnections('db.r6g.xlarge'),
    });
  });

  test('is changed at once where that is asked for, and so is what waits for the maintenance window', async () => {
    await emulator.setLifecycles({ 'rds/instance': { 'pending-maintenance': 'held' } });
    reader.spec = { ...reader.spec, instanceClass: 'db.r6g.xlarge' };
    await reader.update();
    expect(await reader.changedFields()).toEqual([]);
    reader.spec = { ...reader.spec, applyImmediately: true };
    expect(await reader.changedFields()).toEqual(['applyImmediately']);
    expect(await interruptionsOf(ClusterInstance, reader)).toEqual({ applyImmediately: 'restart' });
    await reader.update();
    expect(await reader.changedFields()).toEqual([]);
    expect((await reader.current()).outputs.waitsForMaintenance).toEqual([]);
    reader.spec = { ...reader.spec, instanceClass: 'db.r6g.2xlarge', caCertificate: 'rds-ca-ecc384-g1' };
    await reader.update();
    expect((await reader.current()).outputs.waitsForMaintenance).toEqual([]);
    expect(await reader.changedFields()).toEqual([]);
  });

  test('says what its change interrupts: a writer that has readers hands over', async () => {
    for (const one of [writer, reader])
      one.spec = {
        ...one.spec,
        instanceClass: 'db.r6g.xlarge',
        promotionTier: 7,
        caCertificate: 'rds-ca-ecc384-g1',
      };
    const calm = { promotionTier: 'none', caCertificate: 'restart' };
    expect(await interruptionsOf(ClusterInstance, writer)).toEqual({ ...calm, instanceClass: 'failover' });
    expect(await interruptionsOf(ClusterInstance, reader)).toEqual({ ...calm, instanceClass: 'restart' });
    await reader.delete();
    expect(await interruptionsOf(ClusterInstance, writer)).toEqual({ ...calm, instanceClass: 'restart' });
  });

  test('gets its group of the next major version with the upgrade of its cluster', async () => {
    await makeParameterGroup(aws, 'next', 'aurora-postgresql16');
    await emulator.setLifecycles({ 'rds/cluster': { 'pending-maintenance': 'held' } });
    cluster.spec = {
      ...cluster.spec,
      engineVersion: '16.4',
      parameterGroupName: 'default.aurora-postgresql16',
      instanceParameterGroupName: 'next',
    };
    await cluster.update();
    reader.spec = { ...reader.spec, parameterGroupName: 'next' };
    expect(await reader.changedFields()).toEqual([]);
    await emulator.release();
    expect((await reader.current()).spec.parameterGroupName).toBe('next');
    expect(await reader.changedFields()).toEqual([]);
  });

  test('stays in the zone that it was made in, whichever is wanted later', async () => {
    const zone = `${aws.region}b`;
    const third = new Subject(
      ClusterInstance,
      aws,
      { ...sampleMember('ledger', 'ledger-3'), availabilityZone: zone },
      'instance-3',
    );
    await third.create();
    expect((await third.current()).outputs.availabilityZone).toBe(zone);
    third.spec = { ...third.spec, availabilityZone: `${aws.region}c` };
    expect(await third.changedFields()).toEqual([]);
  });

  test('is no instance that stands alone, and is described together with those', async () => {
    const calls = await connection.during(async () => {
      const [alone, members] = await Promise.all([
        Instance.list(aws, [queryOf('LedgerDatabase/production/ledger')]),
        ClusterInstance.list(aws, [queryOf('LedgerDatabase/production/ledger')]),
      ]);
      expect(alone).toEqual([]);
      expect(members.map(({ id }) => id)).toEqual(['ledger-1', 'ledger-2']);
    });
    expect(calls.map(({ operation }) => operation).toSorted()).toEqual([
      'DescribeDBClusters',
      'DescribeDBInstances',
    ]);
  });

  test('waits to be changed until its cluster runs', async () => {
    cluster.spec = { ...cluster.spec, running: false };
    await cluster.update();
    reader.spec = { ...reader.spec, promotionTier: 5 };
    await expect(reader.update()).rejects.toThrow('waits to be changed until its cluster runs');
    expect((await reader.current()).outputs.isRunning).toBe(false);
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

  test('that writes waits while no other one can take over', async () => {
    await emulator.setLifecycles({ 'rds/instance': { modifying: 'held' } });
    reader.spec = { ...reader.spec, promotionTier: 5 };
    await reader.update();
    await expect(writer.delete()).rejects.toThrow(
      'waits until another instance of the cluster can take over',
    );
    await emulator.release();
    await expect(writer.delete()).rejects.toThrow('waits until ledger-2 has taken over');
    await writer.delete();
    const { DBClusters: [left] = [] } = await aws.rds.send(new DescribeDBClustersCommand({}));
    expect(left?.DBClusterMembers).toMatchObject([
      { DBInstanceIdentifier: 'ledger-2', IsClusterWriter: true },
    ]);
  });

  test('that failed is deleted even as the last one of a protected cluster, as it serves nobody', async () => {
    cluster.spec = { ...cluster.spec, deletionProtection: true };
    await cluster.update();
    await reader.delete();
    await ClusterInstance.delete(aws, { ...(await writer.current()), state: 'failed' });
    expect(await writer.found()).toBeUndefined();
    await writer.create();
    expect(await writer.current()).toMatchObject({ state: 'ready', outputs: { role: 'writer' } });
  });

  test('that is the last one stays while its cluster is protected', async () => {
    cluster.spec = { ...cluster.spec, deletionProtection: true };
    await cluster.update();
    await reader.delete();
    await expect(writer.delete()).rejects.toMatchObject({ reason: 'DeletionBlocked' });
    expect(await writer.found()).toMatchObject({ state: 'ready' });
  });

  test('that is stopped is started with its cluster to be deleted, unless that keeps another; and none is made', async () => {
    const waits = 'waits for its cluster, which is stopped';
    cluster.spec = { ...cluster.spec, running: false };
    await cluster.update();
    await expect(reader.create()).rejects.toThrow(waits);
    const current = await reader.current();
    expect(current).toMatchObject({ state: 'ready' });
    for (let time = 0; time < 2; time += 1) await expect(reader.delete()).rejects.toThrow(waits);
    const both = [current, await writer.current()];
    await expect(ClusterInstance.delete(aws, current, both)).rejects.toThrow(waits);
    await ClusterInstance.delete(aws, current, both);
    expect(await reader.found()).toBeUndefined();
  });

  test('keeps its cluster, whose deletion then names it and makes no snapshot', async () => {
    await expect(cluster.delete()).rejects.toThrow('still has the instances ledger-1, ledger-2');
    expect(await cluster.changedFields()).toEqual([]);
  });

  test('that an autoscaler made goes with the cluster', async () => {
    const scaled = sampleMember('ledger', 'application-autoscaling-1');
    // With the tags of the writer, as if they had been copied.
    const copy = new Subject(ClusterInstance, aws, scaled, 'instance-1');
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
