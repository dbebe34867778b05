import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { messageOf, Terminal } from '../../../controller/engine/errors.ts';
import type { ManifestSet } from '../../../controller/manifests/manifest.ts';
import type { ObjectRecord } from '../../../controller/object.ts';
import { changesBetween } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { deploymentsOf } from '../../crash/deployments.ts';
import { nextRelease, onlyDatabase, plainService, serviceWith } from '../../crash/service.ts';
import { startFaultProxy } from '../../emulator/fault-proxy.ts';
import { randomFaults } from '../../emulator/random-faults.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating } from '../../product.ts';
import { readServiceState } from '../../service-state/state.ts';
import { fillSecrets } from './fill-secrets.ts';
import { controllerWithDatabase, serviceKey } from './service.ts';

const mostPasses = 300;

/** Encrypted from now on, and something else of everything that can be changed in its place. */
const changed = serviceWith({
  ...nextRelease,
  healthCheck: { path: '/ready', interval: '15s', gracePeriod: '120s' },
  replicas: { min: 3, max: 6 },
  autoscaling: { targetCpuPercent: 60, targetRequestsPerMinute: 1_000 },
  logs: { retentionDays: 30 },
  alarms: { http5xxPerMinute: 20, cpuPercent: 70 },
  permissions: [{ actions: ['cloudwatch:PutMetricData', 'cloudwatch:GetMetricData'], resources: ['*'] }],
});

let emulator: Emulator;
let clients: Clients;
/** What is known of network and database, which are there at the checkpoint of the emulator. */
let records: readonly ObjectRecord[];
/** What comes of it where nothing goes wrong. */
let afterCreation: unknown;
let afterChange: unknown;
let afterDeletion: unknown;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
  const controller = await controllerWithDatabase(emulator.endpoint);
  await controller.apply(onlyDatabase);
  records = [...controller.objects.all.values()];
  await emulator.checkpoint();
  await bring(controller, plainService);
  afterCreation = await account();
  await bring(controller, changed);
  afterChange = await account();
  await bring(controller, onlyDatabase);
  afterDeletion = await account();
  controller.close();
  await emulator.returnToCheckpoint();
}, 60_000);

afterEach(() => emulator.returnToCheckpoint());

afterAll(() => emulator.stop());

/** Also how often was deployed, and how many revisions there were. */
async function account(): Promise<unknown> {
  const [state, deployments] = await Promise.all([readServiceState(clients), deploymentsOf(clients)]);
  return { ...state, deployments };
}

async function bring(controller: Controller, manifests: ManifestSet): Promise<void> {
  await controller.apply(manifests);
  await converge(controller);
}

/** Passes until nothing is left to do, between which a person puts values into empty secrets. */
async function converge(controller: Controller): Promise<void> {
  for (let passes = 0; passes < mostPasses; passes += 1) {
    const { error, wrote } = (await controller.pass(serviceKey)).verdict;
    if (error === undefined) return;
    if (error instanceof Terminal) throw error;
    await fillSecrets(clients);
    if (!wrote) await sleep(5);
    if (passes === mostPasses - 1) throw new Error(messageOf(error), { cause: error });
  }
}

test.each([1, 2])(
  'creation, change and deletion come to the same end with a service that throttles, fails, breaks off and does not answer (seed %i)',
  async (seed) => {
    await using proxy = await startFaultProxy(emulator.endpoint, { decide: randomFaults(seed) });
    const controller = new Controller(proxy.endpoint, records, fasterClock(100));

    await bring(controller, plainService);
    expect(changesBetween(afterCreation, await account())).toEqual([]);
    await bring(controller, changed);
    expect(changesBetween(afterChange, await account())).toEqual([]);
    await bring(controller, onlyDatabase);
    expect(controller.objects.get(serviceKey)).toBeUndefined();
    expect(changesBetween(afterDeletion, await account())).toEqual([]);

    const decisions = new Set(proxy.calls.filter((call) => call.mutating).map(({ decision }) => decision));
    expect(decisions).toEqual(new Set(['pass', 'throttle', 'error500', 'cut', 'lose-response']));
    controller.close();
  },
  120_000,
);

test('lists that lag behind lead to nothing twice, also for a controller that is started anew', async () => {
  // Lists lag by 1 real second; the settling times of the types are longer with a clock 5 times as fast.
  const clock = fasterClock(5);
  const stale = { tagging: 1, secretsmanager: 1, iam: 1, waf: 1, logs: 1, s3: 1 };
  await emulator.setStaleness(stale);
  const controller = new Controller(emulator.endpoint, records, clock);
  await controller.apply(plainService);
  const first = await controller.pass(serviceKey);
  expect(mutating(first.calls).length).toBeGreaterThan(10);
  await fillSecrets(clients);
  await controller.pass(serviceKey);
  controller.close();

  const another = new Controller(emulator.endpoint, controller.objects.all.values(), clock);
  await converge(another);
  await emulator.setStaleness(Object.fromEntries(Object.keys(stale).map((service) => [service, 0])));
  expect(changesBetween(afterCreation, await account())).toEqual([]);
  expect(mutating((await another.pass(serviceKey)).calls)).toEqual([]);
  another.close();
}, 60_000);
