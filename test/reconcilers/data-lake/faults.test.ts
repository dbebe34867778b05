import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AwsMetrics } from '../../../controller/metrics/aws.ts';
import type { AwsCall } from '../../../reconcilers/aws/calls/call.ts';
import { changesBetween, readAwsState, type AwsState } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startFaultProxy, type Call, type Decision } from '../../emulator/fault-proxy.ts';
import { seeded } from '../../emulator/random-faults.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock } from '../../product.ts';
import { lakeKey, production } from './lake.ts';

let emulator: Emulator;
let clients: Clients;
let withoutFaults: AwsState;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
  const controller = new Controller(emulator.endpoint);
  await controller.apply(production());
  await controller.converge(lakeKey);
  withoutFaults = await readAwsState(clients);
  controller.close();
  await emulator.reset();
});

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

/** What a counter says after these calls, all its series with this label together. */
async function counted(calls: readonly AwsCall[], name: string, label = ''): Promise<number> {
  const registry = new Registry();
  const metrics = new AwsMetrics(registry);
  for (const call of calls) metrics.called(call);
  const lines = (await registry.metrics()).split('\n');
  const series = lines.filter((line) => line.startsWith(`${name}{`) && line.includes(label));
  return series.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

test.each([1, 2])(
  'a service that throttles, fails and breaks off calls leads to the same end (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    const decide = (): Decision => {
      const chance = random();
      if (chance < 0.2) return 'throttle';
      if (chance < 0.3) return 'error500';
      return chance < 0.35 ? 'cut' : 'pass';
    };
    await using proxy = await startFaultProxy(emulator.endpoint, { decide });
    const controller = new Controller(proxy.endpoint, [], fasterClock(40));
    await controller.apply(production());
    await controller.converge(lakeKey, 100);

    expect(changesBetween(withoutFaults, await readAwsState(clients))).toEqual([]);
    // Whoever looks at the metrics sees what happened.
    const throttled = proxy.calls.filter(({ decision }) => decision === 'throttle');
    expect(await counted(controller.calls, 'fintech_aws_throttles_total')).toBe(throttled.length);
    const failed = proxy.calls.filter(({ decision }) => decision === 'error500' || decision === 'cut');
    expect(
      await counted(controller.calls, 'fintech_aws_calls_total', 'outcome="error"'),
    ).toBeGreaterThanOrEqual(failed.length);
    expect(controller.calls.filter(({ attempt }) => attempt > 1).length).toBeGreaterThan(0);
    controller.close();
  },
);

test('a search by tags that lags behind leads to nothing twice, also for a controller that is started anew', async () => {
  await emulator.setStaleness({ tagging: 2, kms: 2, s3: 2 });
  const controller = new Controller(emulator.endpoint);
  await controller.apply(production());
  await controller.pass(lakeKey);
  controller.close();

  const another = new Controller(emulator.endpoint, controller.objects.all.values());
  await another.converge(lakeKey);
  another.close();
  await emulator.setStaleness({ tagging: 0, kms: 0, s3: 0 });
  expect(changesBetween(withoutFaults, await readAwsState(clients))).toEqual([]);
});

test.each([
  ['CreateKey', { tagging: 1 }],
  ['CreateKey', { tagging: 1, kms: 1 }],
  ['CreateBucket', { tagging: 1, s3: 1 }],
  ['CreateRole', {}],
])(
  '%s whose answer is lost, with lists that lag behind by %o, makes no second one',
  async (operation, staleness) => {
    await emulator.setStaleness(staleness);
    let isLost = false;
    const decide = (call: Call): Decision => {
      if (isLost || call.operation !== operation) return 'pass';
      isLost = true;
      return 'lose-response';
    };
    await using proxy = await startFaultProxy(emulator.endpoint, { decide });
    const controller = new Controller(proxy.endpoint, [], fasterClock(10));
    await controller.apply(production());
    await controller.pass(lakeKey);
    controller.close();
    expect(isLost).toBe(true);

    const another = new Controller(proxy.endpoint, controller.objects.all.values(), fasterClock(10));
    await another.converge(lakeKey, 300);
    another.close();
    await emulator.setStaleness({ tagging: 0, kms: 0, s3: 0 });
    expect(changesBetween(withoutFaults, await readAwsState(clients))).toEqual([]);
  },
);
