import { DescribeTaskDefinitionCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { contract, serviceKey } from './service.ts';
import { family, oneByOne, operationsIn, revisionOf, RunningService, working } from './running-service.ts';

let running: RunningService;

beforeAll(async () => {
  running = await RunningService.start();
});

beforeEach(() => running.clear());

afterAll(() => running.life.stop());

const oneDeployment = ['RegisterTaskDefinition', 'UpdateService'];

/** The container of the contract with these fields in the place of its own. */
function containerWith(fields: JsonObject): JsonObject {
  return { container: { ...Object(Object(contract.service['spec']).container), ...fields } };
}

const changes: readonly (readonly [string, JsonObject])[] = [
  ['another tag', { image: { repository: 'fintech-api', tag: '1.5.0' } }],
  ['a variable', containerWith({ environment: { ENVIRONMENT: 'production', LOG_LEVEL: 'debug' } })],
  [
    'a secret reference',
    containerWith({
      secrets: {
        API_KEY: { secretName: 'fintech/api-keys' },
        OWNER: { secretName: 'fintech/db-credentials', key: 'username' },
      },
    }),
  ],
  ['a command', containerWith({ command: ['serve', '--fast'] })],
  ['more processor and memory', containerWith({ cpu: 1024, memory: 2048 })],
  ['a sidecar', { sidecars: [{ name: 'proxy', image: 'envoyproxy/envoy:v1.31', cpu: 64, memory: 128 }] }],
];

test.each(changes)('%s is one new revision and one rolling deployment to its end', async (_, spec) => {
  await running.life.apply(spec);
  const passes = await running.life.controller.converge(serviceKey);
  expect(operationsIn(passes).filter((name) => name !== 'PutRolePolicy')).toEqual(oneDeployment);
  expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
  expect(await running.revisions()).toEqual([1, 2]);
  expect(running.served).toBe(2);
  expect(await running.deployments()).toEqual(['SUCCESSFUL', 'SUCCESSFUL']);
  expect(running.hasSeenDrift).toBe(false);
});

describe('While a deployment runs', () => {
  beforeEach(async () => {
    await running.life.emulator.setLifecycles(oneByOne);
    await running.deploy('1.5.0');
  });

  test('the object says how many tasks it is at, and is Ready when it is stable', async () => {
    for (const done of [0, 1, 2]) {
      await running.life.untilQuiet();
      const counts = `deployment: ${done} of 3 tasks run the new task definition`;
      expect(running.life.condition('Reconciling')).toBe(`True Progressing: ecs/service service ${counts}`);
      expect(running.life.condition('Ready')).toMatch(/^False Progressing: /);
      expect(running.life.condition('Stalled')).toBeUndefined();
      expect(running.served).toBe(1);
      await running.life.emulator.release();
    }
    expect(operationsIn(await running.life.untilQuiet())).toEqual([]);
    expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
    expect(running.life.condition('Reconciling')).toBeUndefined();
    expect(running.served).toBe(2);
  });

  test('another tag goes ahead at once, and the last one wins', async () => {
    await running.life.emulator.release();
    expect(operationsIn(await running.deploy('1.6.0'))).toEqual(oneDeployment);
    expect(await running.deployments()).toEqual(['SUCCESSFUL', 'STOPPED', 'IN_PROGRESS']);
    expect(running.served).toBe(1);
    await running.life.emulator.setLifecycles(working);
    await running.life.emulator.release();
    await running.life.untilQuiet();
    expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
    expect(running.served).toBe(3);
    expect((await running.described()).deployments).toHaveLength(1);
  });

  test('the tag of before takes the new one back at once', async () => {
    expect(operationsIn(await running.commit({}))).toEqual(oneDeployment);
    await running.life.emulator.setLifecycles(working);
    await running.life.emulator.release();
    await running.life.untilQuiet();
    expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
    expect(running.served).toBe(3);
  });

  test('a controller that is started anew watches it to its end, and begins no other', async () => {
    running.restart();
    expect(operationsIn(await running.life.untilQuiet())).toEqual([]);
    expect(running.life.condition('Reconciling')).toContain('deployment: 0 of 3 tasks');
    await running.life.emulator.setLifecycles(working);
    await running.life.emulator.release();
    running.restart();
    expect(operationsIn(await running.life.untilQuiet())).toEqual([]);
    expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
    expect(await running.deployments()).toEqual(['SUCCESSFUL', 'SUCCESSFUL']);
    expect(running.hasSeenDrift).toBe(false);
  });

  test('what autoscaling does is left alone, and counts', async () => {
    await running.byHand({ desiredCount: 5 });
    expect(operationsIn(await running.life.untilQuiet())).toEqual([]);
    expect(running.life.condition('Reconciling')).toContain('deployment: 0 of 5 tasks');
    await running.life.emulator.setLifecycles(working);
    await running.life.emulator.release();
    await running.deploy('1.6.0');
    expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
    expect(running.life.status).toMatchObject({ desiredCount: 5, runningCount: 5 });
    expect(running.hasSeenDrift).toBe(false);
  });
});

test('a controller that ended between a revision and its deployment makes that, and no second revision', async () => {
  await running.life.apply({ image: { repository: 'fintech-api', tag: '1.5.0' } });
  expect(operationsIn([await running.life.pass()])).toEqual(['RegisterTaskDefinition']);
  running.restart();
  expect(operationsIn(await running.life.untilQuiet())).toEqual(['UpdateService']);
  expect(running.served).toBe(2);
});

/** Of the one that runs, with another image. */
async function registerOther(): Promise<string> {
  const { ecs } = running.life.clients;
  const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: family }));
  const containerDefinitions = taskDefinition?.containerDefinitions?.map((container) =>
    container.name === 'app' ? { ...container, image: 'public.ecr.aws/other/image:1' } : container,
  );
  const { cpu, memory, executionRoleArn, taskRoleArn, networkMode, volumes } = taskDefinition ?? {};
  const { requiresCompatibilities, runtimePlatform } = taskDefinition ?? {};
  const registered = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      containerDefinitions,
      cpu,
      memory,
      executionRoleArn,
      taskRoleArn,
      networkMode,
      volumes,
      requiresCompatibilities,
      runtimePlatform,
    }),
  );
  return registered.taskDefinition?.taskDefinitionArn ?? '';
}

describe('A revision that somebody registers', () => {
  test.each([
    ['is drift, and followed by another', false],
    ['and deploys is drift, and taken back', true],
  ])('%s', async (_, isDeployed) => {
    const taskDefinition = await registerOther();
    if (isDeployed) await running.byHand({ taskDefinition });
    const passes = await running.life.untilQuiet();
    const drift = passes.flatMap(({ verdict }) => verdict.appeared);
    expect(drift).toContainEqual(
      expect.objectContaining({
        node: 'task-definition',
        severity: 'security',
        field: 'containers.app.image',
      }),
    );
    // The tags of a newest revision without any are put right beside it.
    expect(operationsIn(passes).filter((name) => name !== 'TagResource')).toEqual(oneDeployment);
    expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
    expect(running.served).toBe(3);
  });
});

test('so many revisions as can be gone back to are kept, and older ones deregistered', async () => {
  for (let release = 1; release <= 11; release += 1) {
    await running.life.apply({ image: { repository: 'fintech-api', tag: `2.${release}.0` } });
    await running.life.pass();
    await running.life.pass();
  }
  await running.life.untilQuiet();
  expect(running.served).toBe(12);
  expect(await running.revisions()).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const { taskDefinition = '' } = await running.described();
  expect(revisionOf(taskDefinition)).toBe(12);
});

test.each([
  ['fewer healthy tasks', { minimumHealthyPercent: 50, maximumPercent: 150 }],
  ['no task more than wanted', { minimumHealthyPercent: 50, maximumPercent: 100 }],
])('%s hold from the next deployment on, and begin none', async (_, { ...percents }) => {
  expect(operationsIn(await running.commit({ deployment: percents }))).toEqual(['UpdateService']);
  const { deploymentConfiguration, availabilityZoneRebalancing } = await running.described();
  expect(deploymentConfiguration).toMatchObject(percents);
  expect(availabilityZoneRebalancing).toBe(percents.maximumPercent > 100 ? 'ENABLED' : 'DISABLED');
  expect(await running.deployments()).toEqual(['SUCCESSFUL']);
  expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
});
