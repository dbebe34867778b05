import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readAwsState } from '../../aws-state.ts';
import { clientsFor } from '../../clients.ts';
import { temporaryDirectory } from '../../controller/manifests/directory.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, mutating } from '../../product.ts';
import { convergeAll, planned } from '../planned.ts';
import { contract, lakeKey, logBucket, partOf } from './lake.ts';

let emulator: Emulator;
let controller: Controller;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  controller = new Controller(emulator.endpoint);
});

afterEach(async () => {
  controller.close();
  await emulator.reset();
});

afterAll(() => emulator.stop());

function contractDirectory(lake: object = contract.lake): Promise<string> {
  return temporaryDirectory({
    'environment.yaml': JSON.stringify(contract.environment),
    'lake.yaml': JSON.stringify(lake),
  });
}

test('the plan of the contract names every resource with its settings before anything exists', async () => {
  const { code, text } = await planned(controller, await contractDirectory());
  expect(code).toBe(2);
  await expect(text).toMatchFileSnapshot('plan-contract.txt');
});

test('a plan makes no call that writes', async () => {
  await planned(controller, await contractDirectory());
  expect(controller.calls.length).toBeGreaterThan(0);
  expect(mutating(controller.calls)).toEqual([]);
  expect((await readAwsState(clientsFor(emulator.endpoint))).buckets).toEqual({});
});

test('what was planned is what is made', async () => {
  const directory = await contractDirectory();
  const { text } = await planned(controller, directory);
  await convergeAll(controller, directory);
  const made = controller.record(lakeKey).status.resources.map(({ type, node }) => `  + ${type} ${node}`);
  expect(
    text
      .split('\n')
      .filter((line) => line.startsWith('  + '))
      .toSorted(),
  ).toEqual(made.toSorted());
});

test('after a change of the manifest the plan shows that change and nothing else', async () => {
  await convergeAll(controller, await contractDirectory());
  const accessLogs = { ...partOf('accessLogs'), retentionDays: 400 };
  const lake = { ...contract.lake, spec: { ...Object(contract.lake['spec']), accessLogs } };
  const { code, text } = await planned(controller, await contractDirectory(lake));
  expect(code).toBe(2);
  expect(text.split('\n').map((line) => line.slice(0, 70))).toEqual([
    `${lakeKey}: 1 of 5 resources`,
    `  ~ s3/bucket access-logs (${logBucket})`,
    expect.stringMatching(/^ {6}lifecycle\.rules: /),
    '',
    'Plan: 0 to create, 1 to change, 0 to replace, 0 to delete, 0 to retain',
  ]);
});

test('the plan of the contract right after it was applied is empty', async () => {
  const directory = await contractDirectory();
  await convergeAll(controller, directory);
  expect(await planned(controller, directory)).toEqual({
    code: 0,
    text: [
      `${lakeKey}: nothing to do (5 resources)`,
      '',
      'Plan: 0 to create, 0 to change, 0 to replace, 0 to delete, 0 to retain',
    ].join('\n'),
  });
});
