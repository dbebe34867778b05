import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failing, operationsIn, RunningService, working } from './running-service.ts';

let running: RunningService;

beforeAll(async () => {
  running = await RunningService.start();
});

beforeEach(() => running.clear());

afterAll(() => running.life.stop());

const oneDeployment = ['RegisterTaskDefinition', 'UpdateService'];
const stalled = (): string => running.life.condition('Stalled') ?? '';

describe('A deployment that fails', () => {
  beforeEach(async () => {
    await running.life.emulator.setLifecycles(failing);
    await running.deploy('1.5.0');
  });

  test('says so while AWS tries, and while it goes back', async () => {
    expect(running.life.condition('Reconciling')).toContain(
      'deployment: 0 of 3 tasks run the new task definition, 3 failed',
    );
    await running.life.emulator.setLifecycles({ 'ecs/service': { starting: 'held', failing: 0 } });
    await running.life.emulator.release();
    await running.life.untilQuiet();
    expect(running.life.condition('Reconciling')).toContain('is being rolled back');
    expect(stalled()).toBe('');
    expect(running.served).toBe(1);
  });

  test('is Stalled with the events of the service, and the one of before serves', async () => {
    await running.giveUp();
    expect(stalled()).toMatch(
      /^True DeploymentFailed: ecs\/service service deployment of production-fintech-api-task:2 failed \(ROLLBACK_SUCCESSFUL\): ECS deployment circuit breaker.*latest events: .*tasks failed to start/,
    );
    expect(running.life.condition('Ready')).toMatch(/^False DeploymentFailed: /);
    expect(running.life.condition('ServiceReady')).toMatch(/^False /);
    expect(running.served).toBe(1);
    expect(running.life.status).toMatchObject({ runningCount: 3, desiredCount: 3 });
    expect(running.hasSeenDrift).toBe(false);
  });

  test('is not tried again, and told once, whatever AWS does with the service afterwards', async () => {
    await running.giveUp();
    const told = () => running.events.filter(({ reason }) => reason === 'DeploymentFailed');
    expect(told()).toMatchObject([{ type: 'Warning', count: 1 }]);
    const before = stalled();
    await running.byHand({ desiredCount: 4 });
    for (const _ of [1, 2]) expect(operationsIn([await running.life.pass()])).toEqual([]);
    running.restart();
    expect(operationsIn(await running.life.untilQuiet())).toEqual([]);
    expect(stalled()).toBe(before);
    expect(told()).toMatchObject([{ count: 1 }]);
  });

  test('is followed by another tag that works', async () => {
    await running.giveUp();
    expect(operationsIn(await running.deploy('1.5.1'))).toEqual(oneDeployment);
    expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
    expect(stalled()).toBe('');
    expect(running.served).toBe(3);
  });

  test('is taken back by a revert, which deploys what runs already once more', async () => {
    await running.giveUp();
    expect(operationsIn(await running.commit({}))).toEqual(oneDeployment);
    expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
    expect(running.served).toBe(3);
    expect(running.hasSeenDrift).toBe(false);
  });

  test('is carried out when its cause is gone and somebody deploys it by hand', async () => {
    await running.giveUp();
    await running.byHand({ taskDefinition: 'production-fintech-api-task:2', forceNewDeployment: true });
    expect(operationsIn(await running.life.untilQuiet())).toEqual([]);
    expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
    expect(running.served).toBe(2);
    expect(running.hasSeenDrift).toBe(false);
  });

  test('does not keep more tasks from being started, nor autoscaling from other bounds', async () => {
    await running.giveUp();
    const passes = await running.deploy('1.5.0', { replicas: { min: 4, max: 12 } });
    expect(operationsIn(passes)).toEqual(expect.arrayContaining(['RegisterScalableTarget', 'UpdateService']));
    expect(running.life.status).toMatchObject({ runningCount: 4 });
    expect(stalled()).toMatch(/^True DeploymentFailed: /);
    expect(running.served).toBe(1);
  });
});

test('without the circuit breaker a deployment that fails goes on, and says so', async () => {
  const deployment = { circuitBreaker: false };
  await running.commit({ deployment });
  await running.life.emulator.setLifecycles(failing);
  await running.deploy('1.5.0', { deployment });
  await running.life.emulator.setLifecycles(working);
  await running.life.emulator.release();
  await running.life.untilQuiet();
  expect(running.life.condition('Reconciling')).toContain(
    'deployment: 0 of 3 tasks run the new task definition, 3 failed',
  );
  expect(stalled()).toBe('');
  expect(running.served).toBe(1);
  expect(operationsIn(await running.deploy('1.5.1', { deployment }))).toEqual(oneDeployment);
  expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
});
