import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { fasterClock, mutating, readingOf, type Controller, type Pass } from '../../product.ts';
import { smallNetwork } from '../ledger-database/ledger.ts';
import { withSpec } from '../contract-manifest.ts';
import { contract, controllerWithDatabase, smallLedger } from './service.ts';

const count = 12;
const services = Array.from({ length: count }, (_, index) => ({
  ...withSpec(contract.service, {
    image: { repository: `service-${index}`, tag: '1.0.0' },
    container: {
      port: 8080,
      cpu: 256,
      memory: 512,
      secrets: { KEY: { secretName: `service-${index}/key` } },
    },
    secrets: [{ name: `service-${index}/key`, value: { generateBytes: 32 } }],
    sidecars: [],
    tracing: false,
    ingress: { scheme: 'internal', accessLogs: true, waf: { managedRules: [] } },
    alarms: {},
  }),
  metadata: { name: `service-${index}`, namespace: 'production' },
}));
const keys = services.map(({ metadata }) => `ApiService/production/${metadata.name}`);
const clock = fasterClock(20);

let emulator: Emulator;
let controller: Controller;

beforeAll(async () => {
  emulator = await startEmulator();
  controller = await controllerWithDatabase(emulator.endpoint, clock);
  await controller.apply(readingOf(contract.environment, smallNetwork, smallLedger, ...services));
  await Promise.all(keys.map((key) => controller.converge(key, 60)));
  // Within a minute after they were written dashboards are read as a whole once more.
  await clock.sleep(60_000);
}, 120_000);

afterAll(async () => {
  controller.close();
  await emulator.stop();
});

test(`${count} services resynced together share every call that tells of more than one resource`, async () => {
  const one = await resync(keys.slice(0, 1));
  const all = await resync(keys);
  process.stdout.write(`one service: ${one.length} calls; ${count} together: ${all.length}\n`);

  const numbers = Object.entries(byOperation(all));
  const ofEach = numbers.filter(([, number]) => number >= count - 1).map(([operation]) => operation);
  // AWS tells these of one resource per call, of services those of one cluster, and in no other way.
  expect(ofEach.toSorted()).toEqual([
    'DescribeListeners',
    'DescribeLoadBalancerAttributes',
    'DescribeServices',
    'DescribeTargetGroupAttributes',
    'DescribeTaskDefinition',
    'GetBucketPolicy',
    // One by one the settings of a bucket and of a repository take their turns, the first service's a turn ahead.
    'GetBucketVersioning',
    'GetLifecyclePolicy',
    'GetPublicAccessBlock',
    'GetTopicAttributes',
    'GetWebACL',
    'ListResourcesForWebACL',
    'ListTagsForResource',
  ]);
  const shared = numbers.filter(([operation]) => !ofEach.includes(operation));
  // Of alarms and of tags 100 are told at once.
  expect(shared.filter(([, number]) => number > 5)).toEqual([]);
  expect(all.length).toBeLessThan((one.length * count * 2) / 3);
});

/** A look at all of them at once, with nothing to do. */
async function resync(those: readonly string[]): Promise<Pass['calls']> {
  const before = controller.calls.length;
  const passes = await Promise.all(those.map((key) => controller.pass(key)));
  const calls = controller.calls.slice(before);
  expect(mutating(calls)).toEqual([]);
  for (const { verdict } of passes) {
    expect(verdict.error).toBeUndefined();
    expect(verdict.appeared).toEqual([]);
  }
  return calls;
}

function byOperation(calls: Pass['calls']): Readonly<Record<string, number>> {
  const groups = Map.groupBy(calls, ({ operation }) => operation);
  return Object.fromEntries([...groups].map(([operation, group]) => [operation, group.length]));
}
