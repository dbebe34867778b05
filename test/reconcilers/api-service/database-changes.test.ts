import { FailoverDBClusterCommand } from '@aws-sdk/client-rds';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fasterClock, type Pass } from '../../product.ts';
import { readServiceState } from '../../service-state/state.ts';
import { named } from './names-in-aws.ts';
import { ledgerKey, serviceKey } from './service.ts';
import { ServiceLife, writesIn } from './service-life.ts';

const DBClusterIdentifier = 'production-ledger-cluster';
const credentials = { username: 'fintechadmin', secretName: 'fintech/db-credentials' };

let life: ServiceLife;

beforeAll(async () => {
  life = await ServiceLife.start(fasterClock(100), { ledger: { readers: 1 } });
  await life.change({}, { ledger: { readers: 1 } });
  await life.keep();
});
beforeEach(() => life.clear());
afterAll(() => life.stop());

/** What the service does when its database has found out what happened. */
async function follow(): Promise<readonly Pass[]> {
  await life.controller.converge(ledgerKey);
  return life.controller.converge(serviceKey);
}

/** That nobody was told of drift, neither by a condition, nor by an event, nor by an alert. */
function expectNoDrift(passes: readonly Pass[]): void {
  const told = passes.flatMap(({ verdict }) => [...verdict.drift, ...verdict.appeared, ...verdict.corrected]);
  expect(told).toEqual([]);
  const { events } = life.controller.record(serviceKey);
  expect(events.filter(({ reason }) => reason.startsWith('Drift'))).toEqual([]);
  expect(life.condition('Drifted')).toMatch(/^False/);
}

async function watchedInstance(): Promise<unknown> {
  const { alarms } = await readServiceState(life.clients);
  return alarms?.[named('alarm-database-cpu')];
}

function ofInstance(Value: string) {
  return { Dimensions: [{ Name: 'DBInstanceIdentifier', Value }] };
}

test('after a failover the alarms watch the new writer, and that is a change', async () => {
  const before = String(life.controller.record(ledgerKey).status['writer']);
  expect(await watchedInstance()).toMatchObject(ofInstance(before));

  await life.clients.rds.send(new FailoverDBClusterCommand({ DBClusterIdentifier }));
  const passes = await follow();

  expectNoDrift(passes);
  const writes = new Set(writesIn(passes));
  expect([...writes].filter((write) => !write.startsWith('PutMetricAlarm alarm-database-'))).toEqual([
    'PutDashboard dashboard',
  ]);
  const after = String(life.controller.record(ledgerKey).status['writer']);
  expect(after).not.toBe(before);
  expect(await watchedInstance()).toMatchObject(ofInstance(after));
});

test('after a rotation of its credentials tasks start anew with them, and that is a change', async () => {
  const version = async () => {
    const { taskDefinitions } = await readServiceState(life.clients);
    return JSON.stringify(taskDefinitions?.[named('task')]);
  };
  const before = await version();
  const notOlderThan = new Date().toISOString();
  await life.apply({}, { ledger: { readers: 1, credentials: { ...credentials, notOlderThan } } });
  const passes = await follow();

  expectNoDrift(passes);
  expect(writesIn(passes)).toEqual(['RegisterTaskDefinition task-definition', 'UpdateService service']);
  expect(life.status['taskDefinitionArn']).toMatch(/:2$/);
  expect(await version()).not.toBe(before);
  expect(writesIn([await life.pass()])).toEqual([]);
});
