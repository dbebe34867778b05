import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { conditions, DaemonProcess, fintechctl, Workspace } from '../../command.ts';
import { startFaultProxy, type FaultProxy } from '../../emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { readServiceState } from '../../service-state/state.ts';
import { leaksIn } from '../ledger-database/leaks.ts';
import { smallNetwork } from '../ledger-database/ledger.ts';
import { withSpec } from '../contract-manifest.ts';
import { Onlooker, startWebhook } from '../ledger-database/onlooker.ts';
import { contract, smallLedger } from './service.ts';

const api = '/apis/fintech.global/v1alpha1';
const servicePage = `${api}/namespaces/production/apiservices/fintech-api`;
const put = 'Put-by-a-person-who-told-nobody!';
/** What a person writes where everybody can read it. */
const planted = 'Planted-where-it-can-be-seen!';
const patience = { timeout: 25_000, interval: 200 };

let emulator: Emulator;
let clients: Clients;
let aws: FaultProxy;
let workspace: Workspace;
let onlooker: Onlooker;
let webhook: Awaited<ReturnType<typeof startWebhook>>;
let daemon: DaemonProcess;
/** Operations that AWS refuses, and repeats in its words what they were to write. */
let refused: readonly string[] = [];

beforeAll(async () => {
  emulator = await startEmulator({ lifecycles: { 'rds/password': { 'resetting-master-credentials': 1 } } });
  clients = clientsFor(emulator.endpoint);
  aws = await startFaultProxy(emulator.endpoint, {
    decide: ({ operation }) => (refused.includes(operation) ? 'quote' : 'pass'),
  });
  workspace = await Workspace.open();
  onlooker = new Onlooker(clients, workspace.state, [`${api}/apiservices`, servicePage]);
  webhook = await startWebhook((alert) => onlooker.note('alerts', alert));
  await writeSurroundings(workspace);
  daemon = await DaemonProcess.on(workspace, {
    endpoint: aws.endpoint,
    env: { LOG_LEVEL: 'trace', FINTECH_ALERT_WEBHOOK: webhook.url },
  });
});

afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]();
  webhook.close();
  for (const client of Object.values(clients)) client.destroy();
  await aws.stop();
  await emulator.stop();
  await workspace[Symbol.asyncDispose]();
});

/** With a value that is text, one that is binary, and one that a person puts. */
function manifest(environment: JsonObject = {}): JsonObject {
  const { container, secrets } = Object(contract.service['spec']);
  return withSpec(contract.service, {
    container: {
      ...container,
      environment: { ...container.environment, ...environment },
      secrets: { ...container.secrets, SESSION_KEY: { secretName: 'fintech/session-key' } },
    },
    secrets: [...secrets, { name: 'fintech/session-key', value: { generateBytes: 32 } }],
  });
}

async function writeSurroundings(to: Workspace): Promise<void> {
  await to.write('environment.yaml', contract.environment);
  await to.write('network.yaml', smallNetwork);
  await to.write('ledger.yaml', smallLedger);
}

async function reconcileNow(): Promise<void> {
  const annotations = { 'fintech.global/reconcile-requested-at': new Date().toISOString() };
  await fetch(new URL(servicePage, daemon.url), {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ metadata: { annotations } }),
  });
}

const page = async (): Promise<string> => (await daemon.get(servicePage)).text();
const ledger = (): Promise<unknown> => daemon.object('ledgerdatabases', 'production', 'ledger');
const service = (): Promise<unknown> => daemon.object('apiservices', 'production', 'fintech-api');

async function untilReady(): Promise<void> {
  await expect.poll(service, patience).toMatchObject({ status: { conditions: conditions('Ready', 'True') } });
}

async function look(): Promise<void> {
  await onlooker.look(daemon);
  onlooker.note('AWS', JSON.stringify(await readServiceState(clients)));
}

async function plan({ manifests }: Workspace, format: string): Promise<void> {
  const exit = await fintechctl(['plan', manifests, '-o', format], { endpoint: aws.endpoint });
  expect(exit.err).toBe('');
  expect(exit.code).toBe(2);
  onlooker.noteExit(`plan -o ${format}`, exit);
}

describe('The secrets of a service', () => {
  it('are made, although AWS refuses them at first and repeats them in its answer', async () => {
    await expect
      .poll(ledger, patience)
      .toMatchObject({ status: { conditions: conditions('Ready', 'True') } });
    refused = ['CreateSecret'];
    await workspace.write('api.yaml', manifest());
    await expect.poll(page, patience).toContain('CreateSecret: ');
    expect(await page()).toContain('(concealed)');
    await look();
    refused = [];
    await reconcileNow();
    await expect.poll(page, patience).toContain('waits until somebody puts a value into it');
    await look();
  });

  it('are given to tasks seconds after a person has put in what was missing', async () => {
    const before = Date.now();
    await clients.secrets.send(
      new PutSecretValueCommand({ SecretId: 'fintech/api-keys', SecretString: put }),
    );
    await untilReady();
    expect(Date.now() - before).toBeLessThan(10_000);
    await look();
  });

  it('are not told when what stands beside them is planned and deployed', async () => {
    const next = manifest({ LOG_LEVEL: planted });
    {
      await using branch = await Workspace.open();
      await writeSurroundings(branch);
      await branch.write('api.yaml', next);
      await Promise.all(['text', 'json', 'markdown'].map((format) => plan(branch, format)));
    }
    await workspace.write('api.yaml', next);
    await expect.poll(taskDefinition, patience).toContain(planted);
    await untilReady();
    await look();
  });

  it('are followed by others of the database, with a new deployment', async () => {
    const first = await taskDefinition();
    const credentials = {
      username: 'fintechadmin',
      secretName: 'fintech/db-credentials',
      notOlderThan: new Date().toISOString(),
    };
    await workspace.write('ledger.yaml', withSpec(smallLedger, { credentials }));
    const version = async () =>
      (await clients.secrets.send(new GetSecretValueCommand({ SecretId: credentials.secretName }))).VersionId;
    const before = await version();
    await expect.poll(version, patience).not.toBe(before);
    await expect.poll(taskDefinition, patience).toContain(await version());
    expect(first).not.toContain(await version());
    await untilReady();
    await look();
  });

  it('are in nothing that came out meanwhile, neither as they are, nor written otherwise, nor hashed', () => {
    const names = [...new Set([...onlooker.secrets.keys()].map((name) => name.split(' ').at(-2)))];
    expect(names).toEqual(
      expect.arrayContaining([
        'fintech/api-keys',
        'fintech/encryption-key',
        'fintech/session-key',
        'fintech/redis-auth',
      ]),
    );
    const values = [...onlooker.secrets.values()];
    expect(values).toContain(put);
    // Tasks get text only, with as much chance in it as in 32 bytes; what the program reads itself is binary.
    const generated = values.filter((value) => typeof value === 'string' && /^[a-zA-Z\d]{43}$/.test(value));
    expect(generated).toHaveLength(1);
    expect(values.filter((value) => typeof value !== 'string')).toMatchObject([{ length: 32 }]);
    expect(leaksIn(onlooker.texts, onlooker.secrets)).toEqual([]);
  });
});

async function taskDefinition(): Promise<string> {
  const family = new DescribeTaskDefinitionCommand({ taskDefinition: 'production-fintech-api-task' });
  return JSON.stringify((await clients.ecs.send(family)).taskDefinition);
}

describe('The search for them', () => {
  it('sees everything that came out', () => {
    const found = leaksIn(onlooker.texts, new Map([['what somebody planted', planted]]));
    const tellers = ['AWS', 'plan -o text', 'plan -o json', 'plan -o markdown'];
    expect(found).toEqual(
      expect.arrayContaining(tellers.map((teller) => `${teller}: whole of what somebody planted`)),
    );
    const sources = ['log', 'state', servicePage, `${api}/apiservices`];
    expect(sources.filter((source) => onlooker.texts.get(source)?.includes('fintech-api') !== true)).toEqual(
      [],
    );
  });

  it('finds bytes however they are written', () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, index) => (index * 37 + 11) % 256);
    const written = ['base64', 'base64url', 'hex'] as const;
    for (const encoding of written) {
      const texts = new Map([['log', `before ${Buffer.from(bytes).toString(encoding)} after`]]);
      expect(leaksIn(texts, new Map([['key', bytes]]))).not.toEqual([]);
    }
    const asJson = new Map([['log', JSON.stringify(Buffer.from(bytes))]]);
    expect(leaksIn(asJson, new Map([['key', bytes]]))).toEqual(['log: numbers of key']);
  });
});
