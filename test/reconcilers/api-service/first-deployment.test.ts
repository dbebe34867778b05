import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Runbook } from '../ledger-database/runbook.ts';
import { failing, operationsIn, RunningService } from './running-service.ts';
import { ServiceCheckout } from './service-checkout.ts';

let running: RunningService;

beforeAll(async () => {
  running = await RunningService.startBefore();
});

beforeEach(() => running.clear());

afterAll(() => running.life.stop());

const stalled = (): string => running.life.condition('Stalled') ?? '';

describe('A first deployment that fails, because its image is not there', () => {
  beforeEach(async () => {
    await running.life.emulator.setLifecycles(failing);
    await running.commit({});
    await running.life.fillSecrets();
    await running.life.untilQuiet();
  });

  test('has nothing to go back to, is told once, and not tried again', async () => {
    expect(running.life.condition('Reconciling')).toContain('deployment: 0 of 3 tasks run the new');
    await running.giveUp();
    expect(stalled()).toMatch(
      /^True DeploymentFailed: .*production-fintech-api-task:1 failed \(ROLLBACK_FAILED\): .*tasks failed to start/,
    );
    for (const _ of [1, 2]) expect(operationsIn([await running.life.pass()])).toEqual([]);
    expect(await running.deployments()).toEqual(['ROLLBACK_FAILED']);
    expect(running.events.filter(({ reason }) => reason === 'DeploymentFailed')).toMatchObject([
      { count: 1 },
    ]);
    expect(running.hasSeenDrift).toBe(false);
  });

  test('is Ready when somebody deploys it by hand after the image came', async () => {
    await running.giveUp();
    await running.byHand({ forceNewDeployment: true });
    expect(operationsIn(await running.life.untilQuiet())).not.toContain('RegisterTaskDefinition');
    expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
    expect(running.served).toBe(1);
    expect(await running.deployments()).toEqual(['ROLLBACK_FAILED', 'SUCCESSFUL']);
  });

  test('is Ready after a commit of a tag that is there', async () => {
    await running.giveUp();
    await running.deploy('1.4.3');
    expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
    expect(running.served).toBe(2);
  });
});

test('The runbook of deployments: the first image', async () => {
  const checkout = new ServiceCheckout(running);
  const { manifests } = await Runbook.read('deployment');
  await checkout.follow(manifests[1]);
  await running.life.fillSecrets();
  await running.life.untilQuiet();
  expect(checkout.condition('Ready')).toMatch(/^True InSync: /);
  expect(running.life.status).toMatchObject({
    runningCount: 0,
    repositoryUri: '123456789012.dkr.ecr.us-east-1.amazonaws.com/fintech-api',
  });
  await checkout.follow(manifests[2]);
  expect(checkout.condition('Ready')).toMatch(/^True InSync: /);
  expect(running.life.status).toMatchObject({ runningCount: 3, desiredCount: 3 });
  expect(await running.revisions()).toEqual([1]);
  expect(await running.deployments()).toEqual(['SUCCESSFUL']);
});
