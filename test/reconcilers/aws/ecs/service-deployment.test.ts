import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { makeSurroundings, sampleService, type Surroundings } from './service-samples.ts';
import { ServiceSubject } from './service-subject.ts';

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;
let around: Surroundings;
let it: ServiceSubject;

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
  around = await makeSurroundings(aws);
  it = new ServiceSubject(aws, sampleService('api', around));
});

const oneByOne = { 'ecs/service': { starting: 'held' } } as const;
const failing = { 'ecs/service': { failing: 'held' } } as const;
const working = { 'ecs/service': { failing: 0 } } as const;

async function deployNext(): Promise<void> {
  await it.update({ taskDefinitionArn: around.taskDefinitionArns[1] });
}

/** Lets the circuit breaker give the deployment up. */
async function giveUp(): Promise<void> {
  await emulator.setLifecycles(working);
  await emulator.release();
}

async function updatesDuring(action: () => Promise<unknown>): Promise<number> {
  const calls = await connection.during(() => action().catch(() => undefined));
  return calls.filter(({ mutating }) => mutating).length;
}

test('a deployment is watched to its end, with how many tasks it is at', async () => {
  await it.create();
  await emulator.setLifecycles(oneByOne);
  await deployNext();
  for (const running of [0, 1, 2]) {
    const message = `deployment: ${running} of 3 tasks run the new task definition`;
    expect(await it.current()).toMatchObject({ state: 'pending', message, outputs: { runningCount: 3 } });
    await emulator.release();
  }
  expect(await it.current()).toMatchObject({
    state: 'ready',
    outputs: { taskDefinitionArn: around.taskDefinitionArns[1], runningCount: 3 },
  });
});

test('a new service is pending until its first tasks run', async () => {
  await emulator.setLifecycles(oneByOne);
  await it.create();
  expect(await it.current()).toMatchObject({
    state: 'pending',
    message: 'deployment: 0 of 3 tasks run the new task definition',
  });
});

test('a deployment that gets nowhere gives way to the next one', async () => {
  it.spec = { ...it.spec, deployment: { ...it.spec.deployment, circuitBreaker: false, rollback: false } };
  await emulator.setLifecycles(failing);
  await it.create();
  expect((await it.current()).message).toBe('deployment: 0 of 3 tasks run the new task definition, 3 failed');
  await emulator.setLifecycles(working);
  await deployNext();
  expect(await it.current()).toMatchObject({ state: 'ready' });
});

describe('a deployment that the circuit breaker rolls back', () => {
  beforeEach(async () => {
    await it.create();
    await emulator.setLifecycles(failing);
    await deployNext();
  });

  test('is waited for until the tasks of before run again', async () => {
    await emulator.setLifecycles({ 'ecs/service': { starting: 'held', failing: 0 } });
    await emulator.release();
    expect(await it.current()).toMatchObject({
      state: 'pending',
      message: 'deployment: 0 of 3 tasks run the task definition of before',
    });
    await expect(it.update()).rejects.toMatchObject({
      name: 'NotReady',
      message: 'deployment of other-api:1 failed and is being rolled back',
    });
  });

  test('is told with the events of the service, and is not made again', async () => {
    await giveUp();
    expect(await it.current()).toMatchObject({
      state: 'ready',
      outputs: { taskDefinitionArn: around.taskDefinitionArns[0] },
    });
    const writes = await updatesDuring(async () => {
      await expect(it.update()).rejects.toMatchObject({
        reason: 'DeploymentFailed',
        message: expect.stringMatching(
          /^deployment of other-api:1 failed \(ROLLBACK_SUCCESSFUL\): .*circuit breaker.*; latest events: .*deployment failed: tasks failed to start\./,
        ),
      });
    });
    expect(writes).toBe(0);
  });

  test('does not keep the service from being put to sleep', async () => {
    await giveUp();
    await expect(it.update({ desiredCount: 0, maxDesiredCount: 0 })).rejects.toMatchObject({
      reason: 'DeploymentFailed',
    });
    expect((await it.current()).outputs.desiredCount).toBe(0);
  });

  test('does not stand in the way of another one', async () => {
    await giveUp();
    await it.update({ enableExecuteCommand: true, taskDefinitionArn: around.taskDefinitionArns[0] });
    expect(await it.current()).toMatchObject({ state: 'ready' });
    await deployNext();
    expect((await it.current()).outputs.taskDefinitionArn).toBe(around.taskDefinitionArns[1]);
  });

  test('is forgotten when somebody deploys it by hand with success', async () => {
    await giveUp();
    const place = { cluster: around.clusterArn, service: 'api' };
    const taskDefinition = around.taskDefinitionArns[1];
    await aws.ecs.send(new UpdateServiceCommand({ ...place, taskDefinition, forceNewDeployment: true }));
    expect(await it.current()).toMatchObject({ state: 'ready' });
    expect(await it.changes()).toEqual([]);
  });
});

describe('a first deployment that fails', () => {
  beforeEach(async () => {
    await emulator.setLifecycles(failing);
    await it.create();
    await giveUp();
  });

  test('has nothing to go back to, is told and not made again', async () => {
    expect(await it.current()).toMatchObject({
      state: 'pending',
      message: 'deployment: failed',
      spec: { failedDeployment: around.taskDefinitionArns[0] },
    });
    const writes = await updatesDuring(async () => {
      await expect(it.update()).rejects.toMatchObject({
        reason: 'DeploymentFailed',
        message: expect.stringContaining('deployment failed: tasks failed to start'),
      });
    });
    expect(writes).toBe(0);
  });

  test('gives way to the next one', async () => {
    await deployNext();
    expect(await it.current()).toMatchObject({ state: 'ready' });
    const place = { cluster: around.clusterArn, services: ['api'] };
    const { services } = await aws.ecs.send(new DescribeServicesCommand(place));
    expect(services?.[0]?.deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'COMPLETED' }]);
  });
});
