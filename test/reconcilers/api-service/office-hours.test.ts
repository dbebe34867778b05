import {
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeServicesCommand, UpdateServiceCommand, type Service } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MovingClock } from '../ledger-database/moving-clock.ts';
import { serviceKey } from './service.ts';
import { ServiceLife, writesIn } from './service-life.ts';

const changes = {
  environment: {
    tags: {
      Environment: 'Development',
      Project: 'FinTechGlobal',
      CostCenter: 'CC-12345',
      Owner: 'team-platform@company.com',
      DataClassification: 'Internal',
      AutoShutdown: 'true',
    },
    officeHours: {
      timeZone: 'America/New_York',
      days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
      start: '08:00',
      stop: '20:00',
    },
  },
};
/** All of them in New York. */
const monday = '2026-01-05T10:00:00-05:00';
const mondayEvening = '2026-01-05T19:57:00-05:00';
const mondayNight = '2026-01-05T20:00:01-05:00';
const tuesday = '2026-01-06T08:00:01-05:00';

const asleep = expect.stringMatching(
  /^True Asleep: 40 resources .*; asleep until Tuesday 6 January 2026, 08:00 \(America\/New_York\)$/,
);
const awake = 'True InSync: 40 resources are as the manifest says';
const place = { cluster: 'production-fintech-api-cluster', service: 'production-fintech-api-service' };
const target = {
  ServiceNamespace: 'ecs',
  ResourceId: `service/${place.cluster}/${place.service}`,
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;

let life: ServiceLife;
let clock: MovingClock;

beforeAll(async () => {
  clock = new MovingClock(monday);
  life = await ServiceLife.start(clock, changes);
  await life.emulator.setLifecycles({ 'ecs/service': { starting: 0.05, stopping: 0.2 } });
});

afterAll(() => life.stop());

const ready = (): string | undefined => life.condition('Ready');

/** Writes and drift of all that was done until nothing was left to do. */
async function done() {
  const passes = await life.controller.converge(serviceKey, 60);
  return { writes: writesIn(passes), drift: passes.flatMap(({ verdict }) => verdict.appeared) };
}

async function described(): Promise<Service> {
  const wanted = new DescribeServicesCommand({ cluster: place.cluster, services: [place.service] });
  const { services: [service] = [] } = await life.clients.ecs.send(wanted);
  if (service === undefined) throw new Error('there is no service');
  return service;
}

/** How many tasks are to run and do, what autoscaling may make of that, and whether alarms tell anybody. */
async function seen() {
  const [{ desiredCount, runningCount }, { ScalableTargets: [scaling] = [] }, { MetricAlarms = [] }] =
    await Promise.all([
      described(),
      life.clients.autoscaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' })),
      life.clients.cloudwatch.send(new DescribeAlarmsCommand({ MaxRecords: 100 })),
    ]);
  const own = MetricAlarms.filter(({ AlarmName = '' }) => AlarmName.startsWith('production-fintech-api-'));
  return {
    desiredCount,
    runningCount,
    bounds: [scaling?.MinCapacity, scaling?.MaxCapacity],
    suspended: [...new Set(Object.values(scaling?.SuspendedState ?? {}))],
    alarmsTell: [...new Set(own.map(({ ActionsEnabled }) => ActionsEnabled))],
  };
}

const works = { desiredCount: 3, runningCount: 3, bounds: [3, 10], suspended: [false], alarmsTell: [true] };
const sleeps = { desiredCount: 0, runningCount: 0, bounds: [0, 10], suspended: [true], alarmsTell: [false] };

test('Made outside of office hours it is there as a whole, but for tasks', async () => {
  clock.moveTo(mondayNight);
  const passes = await life.change({}, changes);
  expect(await seen()).toEqual(sleeps);
  expect(ready()).toEqual(asleep);
  expect(passes.flatMap(({ verdict }) => verdict.appeared)).toEqual([]);
  expect(await done()).toEqual({ writes: [], drift: [] });
});

describe('A service that was made on a Monday', () => {
  beforeAll(async () => {
    clock.startAgainAt(monday);
    await life.clear();
    await life.emulator.setLifecycles({ 'ecs/service': { starting: 0.05, stopping: 0.2 } });
    await life.change({}, changes);
    await life.keep();
  });

  beforeEach(async () => {
    clock.startAgainAt(monday);
    await life.clear();
  });

  test('has no task at night, and nothing that starts one; nobody is woken, and it is Ready', async () => {
    expect(await seen()).toEqual(works);
    expect(ready()).toBe(awake);
    clock.moveTo(mondayEvening);
    const { verdict } = await life.pass();
    // Three minutes and a second, less the time that the pass took.
    expect(verdict.latest).toBeLessThanOrEqual(181_000);
    expect(verdict.latest).toBeGreaterThan(0);

    clock.moveTo(mondayNight);
    const { writes, drift } = await done();
    expect(await seen()).toEqual(sleeps);
    expect(drift).toEqual([]);
    expect(ready()).toEqual(asleep);
    expect(life.condition('Drifted')).toBe('False NoDrift: AWS is as it was left');
    expect(writes.filter((write) => !write.startsWith('PutMetricAlarm alarm-'))).toEqual([
      'UpdateService service',
      'RegisterScalableTarget scaling',
    ]);
    expect(await done()).toEqual({ writes: [], drift: [] });
  });

  test('sleeps on when somebody wants tasks of it, or of its autoscaling', async () => {
    clock.moveTo(mondayNight);
    await done();
    await life.clients.ecs.send(new UpdateServiceCommand({ ...place, desiredCount: 2 }));
    const raised = await done();
    expect(raised.writes).toEqual(['UpdateService service']);
    expect(raised.drift).toMatchObject([{ node: 'service', field: 'maxDesiredCount' }]);
    expect(await seen()).toEqual(sleeps);

    await life.clients.autoscaling.send(new RegisterScalableTargetCommand({ ...target, MinCapacity: 2 }));
    const bounded = await done();
    expect(bounded.writes).toEqual(['RegisterScalableTarget scaling']);
    expect(bounded.drift).toMatchObject([{ node: 'scaling', field: 'minCapacity' }]);
    expect(await seen()).toEqual(sleeps);
  });

  test('is in the morning as it was before, with as many tasks as it has at least', async () => {
    // Autoscaling has chosen so.
    await life.clients.ecs.send(new UpdateServiceCommand({ ...place, desiredCount: 7 }));
    expect(await done()).toEqual({ writes: [], drift: [] });
    clock.moveTo(mondayNight);
    await done();
    expect(await seen()).toEqual(sleeps);
    clock.moveTo(tuesday);
    const { writes, drift } = await done();
    expect(await seen()).toEqual(works);
    expect(drift).toEqual([]);
    expect(ready()).toBe(awake);
    expect(writes.filter((write) => !write.startsWith('PutMetricAlarm alarm-'))).toEqual([
      'UpdateService service',
      'RegisterScalableTarget scaling',
    ]);
  });

  test('runs in the morning what was deployed at night, and not before', async () => {
    clock.moveTo(mondayNight);
    await done();
    await life.apply({ image: { repository: 'fintech-api', tag: '1.5.0' } }, changes);
    const { writes } = await done();
    expect(writes).toEqual(['RegisterTaskDefinition task-definition', 'UpdateService service']);
    expect(ready()).toEqual(asleep);
    expect(await seen()).toEqual(sleeps);
    expect((await described()).taskDefinition).toMatch(/production-fintech-api-task:2$/);
    expect(await done()).toEqual({ writes: [], drift: [] });

    clock.moveTo(tuesday);
    await done();
    expect(await seen()).toEqual(works);
    const { deployments = [] } = await described();
    expect(deployments.map(({ taskDefinition }) => taskDefinition?.split('/').at(-1))).toEqual([
      'production-fintech-api-task:2',
    ]);
    expect(life.status).toMatchObject({ runningCount: 3, desiredCount: 3 });
  });
});
