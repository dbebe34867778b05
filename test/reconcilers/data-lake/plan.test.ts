import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { plan } from '../../../controller/cli/plan.ts';
import { readManifests } from '../../../controller/manifests/read.ts';
import { clientsFor, readAwsState } from '../../aws-state.ts';
import { temporaryDirectory } from '../../controller/manifests/directory.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, mutating, rules } from '../../product.ts';
import { contract, lakeKey, logBucket, partOf } from './lake.ts';

const manifests = fileURLToPath(new URL('../../../manifests', import.meta.url));

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

/** What `fintechctl plan` prints, and its exit code. */
async function planned(directory: string) {
  const lines: string[] = [];
  const print = (text: string): void => void lines.push(text);
  const output = { out: print, err: print, isTerminal: false, columns: 100 };
  const records = [...controller.objects.all.values()];
  const code = await plan(directory, 'text', records, rules, controller.product, output);
  return { code, text: withoutIds(lines.join('\n')) };
}

async function convergeAll(directory: string): Promise<void> {
  const set = await readManifests(directory, rules);
  await controller.apply(set);
  for (const key of set.objects.keys()) await controller.converge(key);
}

function contractDirectory(lake: object = contract.lake): Promise<string> {
  return temporaryDirectory({
    'environment.yaml': JSON.stringify(contract.environment),
    'lake.yaml': JSON.stringify(lake),
  });
}

function withoutIds(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<key id>');
}

test('the plan of the contract names every resource with its settings before anything exists', async () => {
  const { code, text } = await planned(await contractDirectory());
  expect(code).toBe(2);
  await expect(text).toMatchFileSnapshot('plan-contract.txt');
});

test('a plan makes no call that writes', async () => {
  await planned(await contractDirectory());
  expect(controller.calls.length).toBeGreaterThan(0);
  expect(mutating(controller.calls)).toEqual([]);
  expect((await readAwsState(clientsFor(emulator.endpoint))).buckets).toEqual({});
});

test('what was planned is what is made', async () => {
  const directory = await contractDirectory();
  const { text } = await planned(directory);
  await convergeAll(directory);
  const made = controller.record(lakeKey).status.resources.map(({ type, node }) => `  + ${type} ${node}`);
  expect(
    text
      .split('\n')
      .filter((line) => line.startsWith('  + '))
      .toSorted(),
  ).toEqual(made.toSorted());
});

test('after a change of the manifest the plan shows that change and nothing else', async () => {
  await convergeAll(await contractDirectory());
  const accessLogs = { ...partOf('accessLogs'), retentionDays: 400 };
  const lake = { ...contract.lake, spec: { ...Object(contract.lake['spec']), accessLogs } };
  const { code, text } = await planned(await contractDirectory(lake));
  expect(code).toBe(2);
  expect(text.split('\n').map((line) => line.slice(0, 70))).toEqual([
    `${lakeKey}: 1 of 5 resources`,
    `  ~ s3/bucket access-logs (${logBucket})`,
    expect.stringMatching(/^ {6}lifecycle\.rules: /),
    '',
    'Plan: 0 to create, 1 to change, 0 to replace, 0 to delete, 0 to retain',
  ]);
});

test.each(readdirSync(manifests))(
  'manifests/%s: all of it is planned, made, and then nothing is left',
  async (name) => {
    const directory = join(manifests, name);
    const before = await planned(directory);
    expect(before.code).toBe(2);
    await expect(before.text).toMatchFileSnapshot(`plan-${name}.txt`);

    await convergeAll(directory);
    const after = await planned(directory);
    expect(after).toMatchObject({
      code: 0,
      text: expect.stringMatching(/Plan: 0 to create, 0 to change, 0 to replace, 0 to delete, 0 to retain$/),
    });
  },
);

test('the plan of the contract right after it was applied is empty', async () => {
  const directory = await contractDirectory();
  await convergeAll(directory);
  expect(await planned(directory)).toEqual({
    code: 0,
    text: [
      `${lakeKey}: nothing to do (5 resources)`,
      '',
      'Plan: 0 to create, 0 to change, 0 to replace, 0 to delete, 0 to retain',
    ].join('\n'),
  });
});
