import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { temporaryDirectory } from '../../controller/manifests/directory.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating } from '../../product.ts';
import { smallNetwork } from '../ledger-database/ledger.ts';
import { convergeAll, planned } from '../planned.ts';
import { contract, serviceKey, smallLedger } from './service.ts';
import { withPart } from './wanted.ts';

const clock = fasterClock(100);

let emulator: Emulator;
let clients: Clients;
let controller: Controller;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
  controller = new Controller(emulator.endpoint, [], clock);
});

afterAll(async () => {
  controller.close();
  await emulator.stop();
});

/** The contract in a small network with a small database, with other fields of the service's spec. */
function contractDirectory(changes: JsonObject = {}): Promise<string> {
  return temporaryDirectory({
    'environment.yaml': JSON.stringify(contract.environment),
    'network.yaml': JSON.stringify(smallNetwork),
    'ledger.yaml': JSON.stringify(smallLedger),
    'api.yaml': JSON.stringify({
      ...contract.service,
      spec: { ...Object(contract.service['spec']), ...changes },
    }),
  });
}

/** What is planned of the service, and of nothing else. */
async function plannedService(directory: string): Promise<string> {
  const { text } = await planned(controller, directory, clock);
  const all = text.split(/^(?=\w+\/\w+\/\S+: |Plan: )/m);
  return all.filter((part) => part.startsWith(serviceKey)).join('');
}

/** `ecs/service service` for every resource that a plan would do this with. */
function stepsIn(plan: string, sign: string): readonly string[] {
  const lines = plan.split('\n').filter((line) => line.startsWith(`  ${sign} `));
  return lines.map((line) => line.slice(4).replace(/ \(.*$/, '')).toSorted();
}

test('the plan of the contract names every resource with its settings before anything exists', async () => {
  const before = controller.calls.length;
  const text = await plannedService(await contractDirectory());
  await expect(text).toMatchFileSnapshot('plan-contract.txt');
  expect(stepsIn(text, '+')).toHaveLength(40);
  expect(mutating(controller.calls.slice(before))).toEqual([]);
});

test('what was planned is what is made, and then nothing is left', async () => {
  const directory = await contractDirectory();
  const text = await plannedService(directory);
  await convergeAll(controller, directory);
  const { resources } = controller.record(serviceKey).status;
  expect(stepsIn(text, '+')).toEqual(resources.map(({ type, node }) => `${type} ${node}`).toSorted());
  expect(await planned(controller, directory, clock)).toMatchObject({
    code: 0,
    text: expect.stringContaining(`${serviceKey}: nothing to do`),
  });
});

test('a plan makes no call that writes, and shows no more than what changes', async () => {
  const before = controller.calls.length;
  const text = await plannedService(
    await contractDirectory({
      image: { repository: 'fintech-api', tag: '1.5.0' },
      replicas: { min: 4, max: 12 },
      ...withPart('ingress', { certificateArn: undefined }),
    }),
  );
  expect(mutating(controller.calls.slice(before))).toEqual([]);
  expect(stepsIn(text, '+')).toEqual([]);
  expect(stepsIn(text, '-')).toEqual(['elb/listener listener-public-443']);
  expect(stepsIn(text, '~')).toEqual([
    'autoscaling/scalable-target scaling',
    'cloudwatch/alarm alarm-healthy-hosts',
    'cloudwatch/alarm alarm-running-tasks',
    'ecs/service service',
    'ecs/task-definition task-definition',
    'elb/listener listener-public-80',
  ]);
});

test('no plan shows what a secret holds', async () => {
  const secrets = [
    { name: 'fintech/api-keys', value: { generateBytes: 32 } },
    { name: 'fintech/encryption-key', value: 'External' },
    { name: 'fintech/another', value: { generateBytes: 16 } },
  ];
  const text = await plannedService(await contractDirectory({ secrets }));
  expect(stepsIn(text, '+')).toContain('secretsmanager/secret secret-fintech/another');
  for (const secret of ['fintech/api-keys', 'fintech/encryption-key', 'fintech/db-credentials']) {
    const values = await valuesIn(secret);
    expect(values).not.toEqual([]);
    for (const value of values) expect(text).not.toContain(value);
  }
});

/** All that would give a secret away. */
async function valuesIn(SecretId: string): Promise<readonly string[]> {
  const found = await clients.secrets.send(new GetSecretValueCommand({ SecretId }));
  const { SecretString, SecretBinary = new Uint8Array() } = found;
  if (SecretString === undefined)
    return (['base64', 'hex'] as const).map((encoding) => Buffer.from(SecretBinary).toString(encoding));
  if (!SecretString.startsWith('{')) return [SecretString];
  const { password }: { readonly password: string } = JSON.parse(SecretString);
  return [password];
}
