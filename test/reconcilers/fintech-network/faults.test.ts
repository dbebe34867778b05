import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { changesBetween } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startFaultProxy } from '../../emulator/fault-proxy.ts';
import { randomFaults } from '../../emulator/random-faults.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock } from '../../product.ts';
import { readAccount, type Account } from './account.ts';
import { networkKey, production, threeZones } from './network.ts';
import { withoutNetwork } from './removal.ts';

const deletionPolicy = 'Delete';
const created = production({ deletionPolicy });
/** A zone more, all through one NAT gateway, other ports, other endpoints, flow logs elsewhere. */
const changed = production({
  ...threeZones,
  deletionPolicy,
  natGateways: 'Single',
  ports: { app: 9090, database: 5432, cache: 6379 },
  endpoints: { gateway: ['s3'], interface: ['ecr.api', 'logs', 'kms', 'sqs'] },
  flowLogs: { destination: 'CloudWatch', trafficType: 'REJECT', retentionDays: 14 },
});

let emulator: Emulator;
let clients: Clients;
/** What comes of it where nothing goes wrong. */
let afterCreation: Account;
let afterChange: Account;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
  const controller = new Controller(emulator.endpoint, [], fasterClock(100));
  await controller.apply(created);
  await controller.converge(networkKey);
  afterCreation = await readAccount(clients);
  await controller.apply(changed);
  await controller.converge(networkKey, 30);
  afterChange = await readAccount(clients);
  controller.close();
  await emulator.reset();
});

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

test.each([1, 2])(
  'creation, change and deletion come to the same end with a service that throttles, fails, breaks off and does not answer (seed %i)',
  async (seed) => {
    await using proxy = await startFaultProxy(emulator.endpoint, { decide: randomFaults(seed) });
    const controller = new Controller(proxy.endpoint, [], fasterClock(100));

    await controller.apply(created);
    await controller.converge(networkKey, 300);
    expect(changesBetween(afterCreation, await readAccount(clients))).toEqual([]);

    await controller.apply(changed);
    await controller.converge(networkKey, 300);
    expect(changesBetween(afterChange, await readAccount(clients))).toEqual([]);

    await controller.apply(withoutNetwork);
    await controller.converge(networkKey, 300);
    expect(controller.objects.get(networkKey)).toBeUndefined();
    expect(await readAccount(clients)).toEqual({});
    const decisions = new Set(proxy.calls.filter((call) => call.mutating).map(({ decision }) => decision));
    expect(decisions).toEqual(new Set(['pass', 'throttle', 'error500', 'cut', 'lose-response']));
    controller.close();
  },
  120_000,
);
