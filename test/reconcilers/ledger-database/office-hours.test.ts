import { DescribeDBClustersCommand, DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import { DateTime } from 'luxon';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import type { Controller, Pass } from '../../product.ts';
import { controllerWithNetwork, ledger, ledgerKey, withoutLedger } from './ledger.ts';
import { alone, credentials, singleInstance, writesIn } from './ledger-life.ts';
import { MovingClock } from './moving-clock.ts';

const environment: JsonObject = {
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
};
/** All of them in New York. */
const monday = '2026-01-05T10:00:00-05:00';
const mondayEvening = '2026-01-05T19:57:00-05:00';
const mondayNight = '2026-01-05T20:00:01-05:00';
const tuesday = '2026-01-06T08:00:01-05:00';
const saturday = '2026-01-10T12:00:00-05:00';

const asleepUntil = (day: string) =>
  expect.stringMatching(
    new RegExp(`^True Asleep: \\d+ resources .*; asleep until ${day}, 08:00 \\(America/New_York\\)$`),
  );
const awake = expect.stringMatching(/^True InSync: /);

let emulator: Emulator;
let clients: Clients;
let clock: MovingClock;
let controller: Controller;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
});

afterEach(async () => {
  controller.close();
  await emulator.reset();
});

afterAll(() => emulator.stop());

async function begin(time: string, spec: JsonObject): Promise<void> {
  clock = new MovingClock(time);
  controller = await controllerWithNetwork(emulator.endpoint, clock, environment);
  await controller.apply(ledger({ spec, environment }));
}

const converge = (): Promise<readonly Pass[]> => controller.converge(ledgerKey, 60);

/** Writes and drift of all that was done until nothing was left to do. */
async function done() {
  const passes = await converge();
  return { writes: writesIn(passes), drift: passes.flatMap(({ verdict }) => verdict.appeared) };
}

const ready = (): string | undefined => controller.conditions(ledgerKey)['Ready'];

async function statuses(): Promise<readonly (string | undefined)[]> {
  const [{ DBClusters = [] }, { DBInstances = [] }] = await Promise.all([
    clients.rds.send(new DescribeDBClustersCommand({})),
    clients.rds.send(new DescribeDBInstancesCommand({})),
  ]);
  return [
    ...DBClusters.map(({ Status }) => Status),
    ...DBInstances.map(({ DBInstanceStatus }) => DBInstanceStatus),
  ];
}

describe.each([
  {
    what: 'A cluster',
    spec: { ...alone, readers: 1 },
    type: 'rds/cluster',
    stop: 'StopDBCluster cluster',
    start: 'StartDBCluster cluster',
    stopped: ['stopped', 'stopped', 'stopped'],
  },
  {
    what: 'An instance',
    spec: singleInstance,
    type: 'rds/instance',
    stop: 'StopDBInstance instance',
    start: 'StartDBInstance instance',
    stopped: ['stopped'],
  },
])('$what', ({ spec, type, stop, start, stopped }) => {
  beforeEach(async () => {
    await begin(monday, spec);
    await converge();
    await emulator.setLifecycles({ [type]: { stopping: 0.3, stopped: 'held', starting: 0.3 } });
  });

  test('is looked at when office hours end, is stopped then, and sleeps in peace', async () => {
    expect(ready()).toEqual(awake);
    clock.moveTo(mondayEvening);
    const { verdict } = await controller.pass(ledgerKey);
    // Three minutes and a second, less the time that the pass took.
    expect(verdict.latest).toBeLessThanOrEqual(181_000);
    expect(verdict.latest).toBeGreaterThan(0);
    expect(verdict.resync).toBe(verdict.latest);

    clock.moveTo(mondayNight);
    await emulator.setLifecycles({ [type]: { stopping: 'held' } });
    expect(writesIn([await controller.pass(ledgerKey)])).toEqual([stop]);
    expect(await controller.pass(ledgerKey)).toMatchObject({
      verdict: { wrote: false, error: expect.objectContaining({ message: 'is stopping' }) },
    });
    await emulator.release(type);
    await converge();
    expect(await statuses()).toEqual(stopped);
    expect(ready()).toEqual(asleepUntil('Tuesday 6 January 2026'));
    expect(controller.conditions(ledgerKey)['Drifted']).toBe('False NoDrift: AWS is as it was left');
    expect(await done()).toEqual({ writes: [], drift: [] });
  });

  test('does all that with one call in the evening, and one in the morning', async () => {
    clock.moveTo(mondayNight);
    expect(await done()).toEqual({ writes: [stop], drift: [] });
    clock.moveTo(tuesday);
    expect(await done()).toEqual({ writes: [start], drift: [] });
    expect(await statuses()).toEqual(stopped.map(() => 'available'));
    expect(ready()).toEqual(awake);
  });

  test('that AWS starts after seven days is stopped again, and nobody is told of drift', async () => {
    clock.moveTo(mondayNight);
    await converge();
    await emulator.release(type);
    const passes = await converge();
    expect(writesIn(passes)).toEqual([stop]);
    expect(passes.flatMap(({ verdict }) => [...verdict.appeared, ...verdict.drift])).toEqual([]);
    expect(await statuses()).toEqual(stopped);
    expect(ready()).toEqual(asleepUntil('Tuesday 6 January 2026'));
    const { events } = controller.record(ledgerKey);
    expect(events.filter(({ reason }) => reason.startsWith('Drift'))).toEqual([]);
  });
});

test('A password that falls due at night is replaced in the morning', async () => {
  const week = DateTime.now().setZone('America/New_York').startOf('week').plus({ weeks: 1 });
  const at = (days: number, hour: number) => week.plus({ days, hours: hour }).toISO() ?? '';
  await begin(at(0, 10), { ...singleInstance, credentials: { ...credentials, rotationDays: 30 } });
  await converge();
  clock.moveTo(at(35, 21));
  expect(await done()).toEqual({ writes: ['StopDBInstance instance'], drift: [] });
  expect(ready()).toMatch(/^True Asleep: /);

  clock.moveTo(at(36, 9));
  expect(writesIn([await controller.pass(ledgerKey)])).toContain('StartDBInstance instance');
  await vi.waitFor(
    async () => {
      const writes = writesIn([await controller.pass(ledgerKey)]);
      expect(writes).toContain('ModifyDBInstance master');
    },
    { timeout: 10_000, interval: 50 },
  );
});

describe('Readers that are wanted or not wanted any more at night', () => {
  const spec = { ...alone, readers: 1, deletionProtection: false, deletionPolicy: 'Delete' };

  beforeEach(async () => {
    await begin(monday, spec);
    await converge();
    await emulator.setLifecycles({ 'rds/cluster': { stopped: 'held' } });
    clock.moveTo(mondayNight);
    await converge();
  });

  test.each([
    ['come', 2, 'makes no instances in', 'CreateDBInstance instance-2'],
    ['go', 0, 'deletes no instances of', 'DeleteDBInstance instance-1'],
  ])('%s in the morning: nothing is started for them', async (_, readers, why, write) => {
    await controller.apply(ledger({ spec: { ...spec, readers }, environment }));
    for (let pass = 0; pass < 3; pass += 1) expect(writesIn([await controller.pass(ledgerKey)])).toEqual([]);
    expect(ready()).toContain(`waits for its cluster, which is stopped: AWS ${why} a stopped one`);
    clock.moveTo(tuesday);
    expect((await done()).writes).toEqual(['StartDBCluster cluster', write]);
    expect(ready()).toEqual(awake);
  });

  test('go at once with the cluster, which is started for that', async () => {
    await controller.apply(ledger({ spec: { ...spec, readers: 0 }, environment }));
    await controller.pass(ledgerKey);
    await controller.apply(withoutLedger(environment));
    const passes: Pass[] = [];
    while (controller.objects.get(ledgerKey) !== undefined && passes.length < 20)
      passes.push(await controller.pass(ledgerKey));
    const writes = writesIn(passes);
    expect(writes.filter((write) => write.startsWith('StartDBCluster '))).toHaveLength(1);
    expect(writes).toContain('DeleteDBCluster cluster');
    expect(controller.objects.get(ledgerKey)).toBeUndefined();
  });
});

describe('Made outside of office hours', () => {
  test('a cluster comes up with all of its instances, and sleeps in the end', async () => {
    await emulator.setLifecycles({ 'rds/cluster': { creating: 0.3 }, 'rds/instance': { creating: 0.6 } });
    await begin(saturday, { cache: undefined, tables: [] });
    const { writes, drift } = await done();
    expect(await statuses()).toEqual(['stopped', 'stopped', 'stopped']);
    expect(ready()).toEqual(asleepUntil('Monday 12 January 2026'));
    const instances = writes.filter((write) => write.startsWith('CreateDBInstance '));
    expect(instances.toSorted()).toEqual(['CreateDBInstance instance-0', 'CreateDBInstance instance-1']);
    expect(writes).toContain('RegisterScalableTarget reader-scaling');
    expect(writes.filter((write) => write === 'StopDBCluster cluster')).toHaveLength(1);
    expect(drift).toEqual([]);
    expect(await done()).toEqual({ writes: [], drift: [] });
  });

  test('an instance comes up, is backed up, and sleeps in the end', async () => {
    await emulator.setLifecycles({ 'rds/instance': { creating: 0.3, 'backing-up': 0.3 } });
    await begin(saturday, singleInstance);
    const { writes, drift } = await done();
    expect(await statuses()).toEqual(['stopped']);
    expect(ready()).toEqual(asleepUntil('Monday 12 January 2026'));
    expect(writes.filter((write) => write === 'StopDBInstance instance')).toHaveLength(1);
    expect(drift).toEqual([]);
    expect(await done()).toEqual({ writes: [], drift: [] });
  });
});
