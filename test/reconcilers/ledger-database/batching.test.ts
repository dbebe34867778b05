import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { fasterClock, mutating, readingOf, type Controller, type Pass } from '../../product.ts';
import { contract, controllerWithNetwork, smallNetwork } from './ledger.ts';
import { withSpec } from '../contract-manifest.ts';
import { alone } from './ledger-life.ts';

const count = 20;
const ledgers = Array.from({ length: count }, (_, index) => ({
  ...withSpec(contract.ledger, {
    ...alone,
    credentials: { username: 'fintechadmin', secretName: `ledger-${index}/credentials` },
    cache: {
      engine: 'redis',
      engineVersion: '7.0',
      nodeType: 'cache.t3.micro',
      authSecretName: `ledger-${index}/token`,
    },
    tables: [{ name: 'accounts', partitionKey: { name: 'id', type: 'S' }, capacity: { mode: 'OnDemand' } }],
  }),
  metadata: { name: `ledger-${index}`, namespace: 'production' },
}));
const keys = ledgers.map(({ metadata }) => `LedgerDatabase/production/${metadata.name}`);

let emulator: Emulator;
let controller: Controller;

beforeAll(async () => {
  emulator = await startEmulator();
  controller = await controllerWithNetwork(emulator.endpoint, fasterClock(20));
  await controller.apply(readingOf(contract.environment, smallNetwork, ...ledgers));
  await Promise.all(keys.map((key) => controller.converge(key, 60)));
}, 120_000);

afterAll(async () => {
  controller.close();
  await emulator.stop();
});

test(`${count} ledgers resynced together share every call that tells of more than one resource`, async () => {
  const one = await resync(keys.slice(0, 1));
  const all = await resync(keys);
  process.stdout.write(`one ledger: ${one.length} calls; ${count} together: ${all.length}\n`);

  const numbers = Object.entries(byOperation(all));
  const ofEach = numbers.filter(([, number]) => number === count).map(([operation]) => operation);
  // AWS tells these of one resource per call, and in no other way.
  expect(ofEach.toSorted()).toEqual([
    'DescribeCacheParameters',
    'DescribeContinuousBackups',
    'DescribeDBClusterParameters',
    'DescribeDBParameters',
    'DescribeKey',
    'DescribeTable',
    'DescribeTimeToLive',
    'GetKeyPolicy',
    'GetKeyRotationStatus',
  ]);
  const shared = numbers.filter(([operation]) => !ofEach.includes(operation));
  expect(shared.filter(([, number]) => number > 3)).toEqual([]);
  expect(one.length).toBe(ofEach.length + shared.length);
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
