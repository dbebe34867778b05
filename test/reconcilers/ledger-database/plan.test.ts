import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { clientsFor } from '../../clients.ts';
import { temporaryDirectory } from '../../controller/manifests/directory.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating } from '../../product.ts';
import { convergeAll, planned } from '../planned.ts';
import { contract, ledgerKey, smallNetwork } from './ledger.ts';
import { withSpec } from '../contract-manifest.ts';

let emulator: Emulator;
let controller: Controller;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  controller = new Controller(emulator.endpoint, [], fasterClock(100));
});

afterEach(async () => {
  controller.close();
  await emulator.reset();
});

afterAll(() => emulator.stop());

/** The contract in a small network, with fields of the ledger's spec that take the place of those there. */
function contractDirectory(changes = {}): Promise<string> {
  return temporaryDirectory({
    'environment.yaml': JSON.stringify(contract.environment),
    'network.yaml': JSON.stringify(smallNetwork),
    'ledger.yaml': JSON.stringify(withSpec(contract.ledger, changes)),
  });
}

/** What is planned of the ledger, and of nothing else. */
async function plannedLedger(directory: string): Promise<string> {
  const { text } = await planned(controller, directory);
  const all = text.split(/^(?=\w+\/\w+\/\w+: |Plan: )/m);
  return all.filter((part) => part.startsWith(ledgerKey)).join('');
}

/** `rds/cluster cluster` for every resource that a plan would do this with. */
function stepsIn(plan: string, sign: string): readonly string[] {
  const lines = plan.split('\n').filter((line) => line.startsWith(`  ${sign} `));
  return lines.map((line) => line.slice(4).replace(/ \(.*$/, '')).toSorted();
}

test('the plan of the contract names every resource with its settings before anything exists', async () => {
  const text = await plannedLedger(await contractDirectory());
  await expect(text).toMatchFileSnapshot('plan-contract.txt');
  expect(stepsIn(text, '+')).toHaveLength(20);
  expect(mutating(controller.calls)).toEqual([]);
});

test('what was planned is what is made, and then nothing is left', async () => {
  const directory = await contractDirectory();
  const text = await plannedLedger(directory);
  await convergeAll(controller, directory);
  const made = controller.record(ledgerKey).status.resources.map(({ type, node }) => `${type} ${node}`);
  expect(stepsIn(text, '+')).toEqual(made.toSorted());
  expect(await planned(controller, directory)).toMatchObject({
    code: 0,
    text: expect.stringContaining(`${ledgerKey}: nothing to do`),
  });
});

test('a plan makes no call that writes, and shows no more than what changes', async () => {
  await convergeAll(controller, await contractDirectory());
  const before = controller.calls.length;
  const text = await plannedLedger(
    await contractDirectory({ readers: 2, instanceClass: 'db.r6g.xlarge', backup: { retentionDays: 14 } }),
  );
  expect(mutating(controller.calls.slice(before))).toEqual([]);
  expect(stepsIn(text, '+')).toEqual(['rds/cluster-instance instance-2']);
  expect(stepsIn(text, '~')).toEqual([
    'rds/cluster cluster',
    'rds/cluster-instance instance-0',
    'rds/cluster-instance instance-1',
  ]);
});

test('no plan shows what a secret holds', async () => {
  const directory = await contractDirectory();
  const before = await plannedLedger(directory);
  await convergeAll(controller, directory);
  const credentials = {
    username: 'fintechadmin',
    secretName: 'fintech/db-credentials',
    rotationDays: 30,
    notOlderThan: '2020-01-01T00:00:00Z',
  };
  const after = await plannedLedger(await contractDirectory({ credentials, databaseName: 'another' }));
  expect(after).toContain('notOlderThan');
  expect(after).toContain('databaseName');
  const values = await Promise.all(['fintech/db-credentials', 'fintech/redis-auth'].map(secretIn));
  for (const value of values) {
    expect(value.length).toBeGreaterThanOrEqual(40);
    expect(before + after).not.toContain(value);
  }
});

/** The password or token that a secret holds. */
async function secretIn(SecretId: string): Promise<string> {
  const { secrets } = clientsFor(emulator.endpoint);
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  if (!SecretString.startsWith('{')) return SecretString;
  const { password }: { readonly password: string } = JSON.parse(SecretString);
  return password;
}
