import {
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeImagesCommand } from '@aws-sdk/client-ecr';
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pushImage } from '../aws/ecr/repository-samples.ts';
import { merged, Runbook } from '../ledger-database/runbook.ts';
import type { Clients } from '../../clients.ts';
import { failing, oneByOne, operationsIn, place, RunningService, working } from './running-service.ts';
import { ServiceCheckout } from './service-checkout.ts';
import { contract } from './service.ts';

const resource = `service/${place.cluster}/${place.service}`;
const oneDeployment = ['RegisterTaskDefinition', 'UpdateService'];
const withoutPause = { metadata: contract.service['metadata'] ?? {} };

let running: RunningService;
let checkout: ServiceCheckout;
let clients: Clients;

beforeAll(async () => {
  running = await RunningService.start();
  checkout = new ServiceCheckout(running);
  ({ clients } = running.life);
});

beforeEach(() => checkout.clear());

afterAll(() => running.life.stop());

async function isPushed(runbook: Runbook, imageTag: string): Promise<boolean> {
  const parameters = { repositoryName: 'fintech-api', imageIds: [{ imageTag }] };
  const command = runbook.says('ecr', new DescribeImagesCommand(parameters));
  return clients.ecr.send(command).then(
    ({ imageDetails = [] }) => imageDetails.length === 1,
    () => false,
  );
}

const ready = /^True InSync: /;

/** The commands that say why tasks end. */
async function lookAt(runbook: Runbook): Promise<void> {
  const { cluster, service } = place;
  const tasks = ['0123456789abcdef0123456789abcdef'];
  const described = await clients.ecs.send(
    runbook.says('ecs', new DescribeServicesCommand({ cluster, services: [service] })),
  );
  expect(described.services?.[0]?.deployments).toHaveLength(2);
  expect(described.services?.[0]?.events).not.toEqual([]);
  await clients.ecs.send(
    runbook.says('ecs', new ListTasksCommand({ cluster, serviceName: service, desiredStatus: 'STOPPED' })),
  );
  await clients.ecs.send(runbook.says('ecs', new DescribeTasksCommand({ cluster, tasks })));
  const logGroupName = '/ecs/production/fintech-api';
  await clients.logs.send(runbook.says('logs', new FilterLogEventsCommand({ logGroupName, limit: 50 })));
}

describe('Deployment', () => {
  test('a new tag, looked for before and looked at while it is deployed', async () => {
    const runbook = await Runbook.read('deployment');
    expect(await isPushed(runbook, '1.5.0')).toBe(false);
    await pushImage(clients.ecr, 'fintech-api', '1.5.0');
    expect(await isPushed(runbook, '1.5.0')).toBe(true);
    await running.life.emulator.setLifecycles(oneByOne);
    expect(operationsIn(await checkout.follow(runbook.manifests[0]))).toEqual(oneDeployment);
    await running.life.emulator.release();
    await running.life.untilQuiet();
    expect(checkout.condition('Reconciling')).toContain(
      'deployment: 1 of 3 tasks run the new task definition',
    );
    await lookAt(runbook);
    await running.life.emulator.setLifecycles(working);
    await running.life.emulator.release();
    await running.life.untilQuiet();
    expect(checkout.condition('Ready')).toMatch(ready);
    expect(running.served).toBe(2);
  });

  test('has messages that the product says', async () => {
    const { manifests } = await Runbook.read('deployment');
    await running.life.emulator.setLifecycles(failing);
    const [first] = await checkout.follow(manifests[0]);
    expect(first?.verdict.error).toMatchObject({
      message: expect.stringContaining('waits for a value that is not known yet'),
    });
    expect(checkout.condition('Reconciling')).toMatch(/deployment: 0 of 3 tasks run .*, 3 failed/);
  });
});

/** The command of the runbook, for the revision that the message names. */
async function onceMore(): Promise<void> {
  const [, revision] = /deployment of (\S+) failed/.exec(checkout.condition('Stalled')) ?? [];
  const parameters = { ...place, taskDefinition: revision, forceNewDeployment: true };
  const runbook = await Runbook.read('rollback');
  await clients.ecs.send(runbook.says('ecs', new UpdateServiceCommand(parameters)));
}

describe('Rollback', () => {
  beforeEach(async () => {
    await running.life.emulator.setLifecycles(failing);
    await checkout.follow({ spec: { image: { tag: '1.5.0' } } });
    await running.giveUp();
  });

  test('back to the tag before, whose image is still there', async () => {
    expect(checkout.condition('Stalled')).toMatch(/^True DeploymentFailed: /);
    const runbook = await Runbook.read('rollback');
    await pushImage(clients.ecr, 'fintech-api', '1.4.2');
    expect(await isPushed(runbook, '1.4.2')).toBe(true);
    expect(operationsIn(await checkout.follow(runbook.manifests[0]))).toEqual(oneDeployment);
    expect(checkout.service).toEqual(contract.service);
    expect(checkout.condition('Ready')).toMatch(ready);
    expect(running.served).toBe(3);
  });

  test('the same once more, after its cause was mended', async () => {
    await onceMore();
    expect(operationsIn(await running.life.untilQuiet())).toEqual([]);
    expect(checkout.condition('Ready')).toMatch(ready);
    expect(running.served).toBe(2);
    expect(running.hasSeenDrift).toBe(false);
  });

  test('the same once more fails again, and the message is about that', async () => {
    const before = checkout.condition('Stalled');
    await running.life.emulator.setLifecycles(failing);
    await onceMore();
    expect(operationsIn(await running.life.untilQuiet())).toEqual([]);
    expect(checkout.condition('Reconciling')).toContain('3 failed');
    expect(operationsIn(await running.giveUp())).toEqual([]);
    expect(checkout.condition('Stalled')).toMatch(/^True DeploymentFailed: /);
    expect(checkout.condition('Stalled')).not.toBe(before);
    expect(running.served).toBe(1);
  });

  test('a deployment by hand while the object is paused, and a commit before the pause ends', async () => {
    await checkout.follow({ spec: { image: { tag: '1.5.1' } } });
    expect(running.served).toBe(3);
    const runbook = await Runbook.read('rollback');
    await checkout.follow(runbook.manifests[1]);
    const parameters = { ...place, taskDefinition: 'production-fintech-api-task:1' };
    await clients.ecs.send(runbook.says('ecs', new UpdateServiceCommand(parameters)));
    expect(operationsIn(await running.life.untilQuiet())).toEqual([]);
    expect(checkout.condition('Paused')).toMatch(/^True/);
    expect(running.served).toBe(1);
    checkout.service = { ...checkout.service, ...withoutPause };
    expect(operationsIn(await checkout.follow(runbook.manifests[0]))).toEqual(oneDeployment);
    expect(checkout.condition('Ready')).toMatch(ready);
  });
});

const tasks = () => running.life.status['runningCount'];

describe('Scaling', () => {
  let runbook: Runbook;

  beforeAll(async () => {
    runbook = await Runbook.read('scaling');
  });

  async function setByHand(desiredCount: number): Promise<readonly string[]> {
    // The runbook has one number, which stands for others.
    runbook.says('ecs', new UpdateServiceCommand({ ...place, desiredCount: 6 }));
    await running.byHand({ desiredCount });
    return operationsIn(await running.life.untilQuiet());
  }

  test('in an incident', async () => {
    await checkout.follow(runbook.manifests[0]);
    expect(checkout.condition('Ready')).toMatch(ready);
    expect(tasks()).toBe(8);
    expect(await running.deployments()).toEqual(['SUCCESSFUL']);
    await checkout.follow({ spec: { replicas: { min: 3, max: 10 } } });
    expect(tasks()).toBe(8);
  });

  test('a number set by hand, between the bounds and beyond them', async () => {
    expect(await setByHand(6)).toEqual([]);
    expect([tasks(), running.hasSeenDrift]).toEqual([6, false]);
    expect(await setByHand(12)).toEqual(['UpdateService']);
    expect([tasks(), running.hasSeenDrift]).toEqual([10, true]);
    expect(await setByHand(1)).toEqual(['UpdateService']);
    expect(tasks()).toBe(3);
    const told = running.events.filter(({ reason }) => reason === 'DriftDetected');
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringMatching(/maxDesiredCount.*cost/),
      expect.stringMatching(/desiredCount.*availability/),
    ]);
  });

  test('what autoscaling may do, and what it has been told', async () => {
    await checkout.follow(runbook.manifests[1]);
    expect(checkout.condition('Ready')).toMatch(ready);
    const { ScalableTargets } = await clients.autoscaling.send(
      runbook.says(
        'application-autoscaling',
        new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds: [resource] }),
      ),
    );
    expect(ScalableTargets).toMatchObject([{ MinCapacity: 3, MaxCapacity: 20 }]);
    const { ScalingPolicies = [] } = await clients.autoscaling.send(
      runbook.says(
        'application-autoscaling',
        new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs', ResourceId: resource }),
      ),
    );
    const targets = ScalingPolicies.map((policy) => policy.TargetTrackingScalingPolicyConfiguration);
    expect(targets.map((target) => target?.TargetValue)).toEqual(expect.arrayContaining([60, 75, 3000]));
  });

  test('a fixed number', async () => {
    await checkout.follow(runbook.manifests[2]);
    expect(checkout.condition('Ready')).toMatch(ready);
    expect(tasks()).toBe(5);
    const left = await clients.autoscaling.send(
      new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds: [resource] }),
    );
    expect(left.ScalableTargets).toEqual([]);
  });

  test('more processor and memory, by a rolling deployment', async () => {
    expect(operationsIn(await checkout.follow(runbook.manifests[3]))).toEqual(
      expect.arrayContaining(oneDeployment),
    );
    expect(checkout.condition('Ready')).toMatch(ready);
    expect(running.served).toBe(2);
  });

  test('without Spot, by a rolling deployment of the same revision', async () => {
    expect(operationsIn(await checkout.follow(runbook.manifests[4]))).toEqual(['UpdateService']);
    const { capacityProviderStrategy } = await running.described();
    expect(capacityProviderStrategy).toEqual([{ capacityProvider: 'FARGATE', base: 0, weight: 1 }]);
    expect(await running.deployments()).toEqual(['SUCCESSFUL', 'SUCCESSFUL']);
    expect(running.served).toBe(1);
  });

  test('for one night, while the object is paused', async () => {
    const day = new Date().getUTCDay();
    const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
    // Not today, wherever that is.
    const officeHours = {
      timeZone: 'America/New_York',
      days: [weekdays[(day + 3) % 7] ?? ''],
      start: '00:00',
      stop: '23:59',
    };
    const tags = { ...Object(Object(contract.environment['spec']).tags), AutoShutdown: 'true' };
    checkout.environment = merged(contract.environment, { spec: { officeHours, tags } });
    await checkout.commit();
    expect(checkout.condition('Ready')).toMatch(/^True Asleep: /);
    expect(tasks()).toBe(0);
    expect(await setByHand(2)).toEqual(['UpdateService']);
    expect(tasks()).toBe(0);
    await checkout.follow(runbook.manifests[5]);
    expect(await setByHand(2)).toEqual([]);
    expect(tasks()).toBe(2);
    checkout.service = { ...checkout.service, ...withoutPause };
    expect(operationsIn(await checkout.commit())).toEqual(['UpdateService']);
    expect(tasks()).toBe(0);
  });
});
