import { GetSecretValueCommand, UpdateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFields } from '../../../controller/engine/resource-type.ts';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { conditions, DaemonProcess, fintechctl, Workspace } from '../../command.ts';
import { startFaultProxy, type FaultProxy } from '../../emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { formsOf, leaksIn } from './leaks.ts';
import { contract, smallNetwork } from './ledger.ts';
import { withSpec } from '../contract-manifest.ts';
import { Onlooker, pages, startWebhook } from './onlooker.ts';

const secretNames = ['fintech/db-credentials', 'fintech/redis-auth'] as const;
/** What somebody writes where everybody can read it. */
const planted = 'Planted-where-it-can-be-seen!';
/** Every call that is given a secret. */
const mayRepeat = [
  'CreateSecret',
  'PutSecretValue',
  'CreateDBCluster',
  'ModifyDBCluster',
  'CreateReplicationGroup',
  'ModifyReplicationGroup',
];
const ledgerPage = '/apis/fintech.global/v1alpha1/namespaces/production/ledgerdatabases/ledger';
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
  emulator = await startEmulator({ lifecycles: { 'rds/password': { 'resetting-master-credentials': 2 } } });
  clients = clientsFor(emulator.endpoint);
  aws = await startFaultProxy(emulator.endpoint, {
    decide: ({ operation }) => (refused.includes(operation) ? 'quote' : 'pass'),
  });
  workspace = await Workspace.open();
  onlooker = new Onlooker(clients, workspace.state);
  webhook = await startWebhook((alert) => onlooker.note('alerts', alert));
});

afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]();
  webhook.close();
  for (const client of Object.values(clients)) client.destroy();
  await aws.stop();
  await emulator.stop();
  await workspace[Symbol.asyncDispose]();
});

/** One writer, one cache node and no table: nothing else has to do with secrets. */
async function writeLedger(credentials: JsonObject = {}, cache: JsonObject = {}): Promise<void> {
  await workspace.write(
    'ledger.yaml',
    withSpec(contract.ledger, {
      readers: 0,
      readerAutoscaling: undefined,
      credentials: { username: 'fintechadmin', secretName: secretNames[0], ...credentials },
      cache: {
        engineVersion: '7.0',
        nodeType: 'cache.r6g.large',
        authSecretName: secretNames[1],
        authTokenOverlap: '1s',
        ...cache,
      },
      tables: [],
    }),
  );
}

async function reconcileNow(): Promise<void> {
  const annotations = { 'fintech.global/reconcile-requested-at': new Date().toISOString() };
  await fetch(new URL(ledgerPage, daemon.url), {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ metadata: { annotations } }),
  });
}

async function plan(format: string): Promise<void> {
  const args = ['plan', workspace.manifests, '-o', format];
  const exit = await fintechctl(args, { endpoint: aws.endpoint });
  expect(exit).toMatchObject({ code: 2, err: '' });
  onlooker.noteExit(`plan -o ${format}`, exit);
}

const ledger = (): Promise<unknown> => daemon.object('ledgerdatabases', 'production', 'ledger');

/** Waits until AWS refused each of these operations once more, and looks at all that is told of that. */
async function untilRefused(...operations: readonly string[]): Promise<void> {
  const before = aws.calls.length;
  refused = operations;
  await reconcileNow();
  const isRefused = (name: string): boolean =>
    aws.calls.slice(before).some(({ operation, status }) => operation === name && status === 400);
  await expect.poll(() => operations.filter((name) => !isRefused(name)), patience).toEqual([]);
  await expect
    .poll(async () => {
      const page = await (await daemon.get(ledgerPage)).text();
      return operations.filter((name) => !page.includes(`${name}: `));
    }, patience)
    .toEqual([]);
  await onlooker.look(daemon);
  refused = [];
}

async function untilReady(): Promise<void> {
  await expect.poll(ledger, patience).toMatchObject({ status: { conditions: conditions('Ready', 'True') } });
}

async function valueOf(SecretId: string): Promise<string> {
  const { SecretString = '' } = await clients.secrets.send(new GetSecretValueCommand({ SecretId }));
  const parts: unknown = SecretString.startsWith('{') ? JSON.parse(SecretString) : SecretString;
  return isFields(parts) ? String(parts['password']) : SecretString;
}

const valuesInForce = (): Promise<readonly string[]> => Promise.all(secretNames.map(valueOf));

/** What lets clients into the database and the cache. */
async function valuesAccepted(): Promise<readonly string[]> {
  const { password } = await emulator.revealDatabase('cluster', 'production-ledger-cluster');
  return [password, ...(await emulator.revealTokens('production-ledger-cache'))];
}

describe('Passwords and tokens', () => {
  it('are made, although AWS refuses them at first and repeats them in its answer', async () => {
    refused = ['CreateSecret'];
    await workspace.write('environment.yaml', contract.environment);
    await workspace.write('network.yaml', smallNetwork);
    await writeLedger();
    daemon = await DaemonProcess.on(workspace, {
      endpoint: aws.endpoint,
      env: { LOG_LEVEL: 'trace', FINTECH_ALERT_WEBHOOK: webhook.url },
    });
    await untilRefused('CreateSecret');
    await untilRefused('CreateDBCluster', 'CreateReplicationGroup');
    await untilRefused('PutSecretValue');
    await reconcileNow();
    await untilReady();
    await onlooker.look(daemon);
    expect(await valuesAccepted()).toEqual(await valuesInForce());
  });

  it('are not told when what stands beside them is changed by somebody, planned and corrected', async () => {
    const [SecretId] = secretNames;
    await clients.secrets.send(new UpdateSecretCommand({ SecretId, Description: planted }));
    await Promise.all(['text', 'json', 'markdown'].map(plan));
    await reconcileNow();
    await expect.poll(() => daemon.lines('drift corrected'), patience).toHaveLength(1);
    await expect.poll(() => onlooker.texts.get('alerts'), patience).toContain(planted);
    await untilReady();
    await onlooker.look(daemon);
  });

  it('are followed by others, although AWS refuses these as well', async () => {
    const before = await valuesInForce();
    const now = new Date().toISOString();
    refused = ['PutSecretValue'];
    await writeLedger({ notOlderThan: now }, { authNotOlderThan: now });
    await untilRefused('PutSecretValue');
    await untilRefused('ModifyDBCluster', 'ModifyReplicationGroup');
    await plan('json');
    await reconcileNow();
    await expect.poll(valuesAccepted, patience).not.toEqual(expect.arrayContaining([...before]));
    await expect.poll(async () => (await valuesAccepted()).length, patience).toBe(2);
    await untilReady();
    expect(await valuesAccepted()).toEqual(await valuesInForce());
    expect((await valuesInForce()).filter((value) => before.includes(value))).toEqual([]);
    await onlooker.look(daemon);
  });

  it('are replaced by `once`, too', async () => {
    const { err } = await daemon.stop();
    onlooker.note('standard error', err);
    const before = await valuesInForce();
    await writeLedger({ notOlderThan: new Date().toISOString() });
    const once = await fintechctl(['once', workspace.manifests, '--state', workspace.state], {
      endpoint: aws.endpoint,
    });
    expect(once).toMatchObject({ code: 0, err: '' });
    onlooker.noteExit('once', once);
    await Promise.all([onlooker.noteSecrets(), onlooker.noteState()]);
    expect((await valuesInForce())[0]).not.toBe(before[0]);
    expect((await valuesAccepted())[0]).toBe((await valuesInForce())[0]);
  });

  it('are in nothing that came out meanwhile, neither as they are, nor written otherwise, nor hashed', () => {
    const passwords = [...onlooker.secrets.keys()].filter((name) => name.startsWith('the password of'));
    // The first with and without the address of the database, one of each rotation, and two tokens.
    expect(passwords).toHaveLength(4);
    expect(onlooker.secrets.size).toBe(4 + 4 + 2);
    expect(leaksIn(onlooker.texts, onlooker.secrets)).toEqual([]);
  });
});

describe('The search for them', () => {
  it('sees everything that came out', () => {
    const found = leaksIn(onlooker.texts, new Map([['what somebody planted', planted]]));
    const tellsOfDrift = ['alerts', 'log', 'state', 'plan -o text', 'plan -o json', 'plan -o markdown'];
    expect(found).toEqual(
      expect.arrayContaining(tellsOfDrift.map((source) => `${source}: whole of what somebody planted`)),
    );
    const tellsOfRefusals = ['log', 'state', ...pages.filter((page) => page.includes('ledgerdatabases'))];
    const without = (text: string, sources: readonly string[]): readonly string[] =>
      sources.filter((source) => onlooker.texts.get(source)?.includes(text) !== true);
    expect(without('(concealed)', tellsOfRefusals)).toEqual([]);
    // AWS's words are told, and what they repeat is not.
    const told = [...(onlooker.texts.get(ledgerPage) ?? '').matchAll(/(\w+): [^"]*validation errors[^"]*/g)];
    const concealed = told
      .filter(([words]) => words.includes('(concealed)'))
      .map(([, operation]) => operation);
    expect(new Set(concealed)).toEqual(new Set(mayRepeat));
    const isSilent = ['standard error', '/healthz', '/readyz'];
    const sources = [...onlooker.texts.keys()];
    expect(without('production', sources).toSorted()).toEqual(isSilent.toSorted());
    expect(sources).toEqual(
      expect.arrayContaining([...tellsOfDrift, ...tellsOfRefusals, ...pages, 'once', 'AWS']),
    );
  });

  it.each([...formsOf('a-Secret&of<some>length!').keys()])('finds what is written as %s', (form) => {
    const secret = 'a-Secret&of<some>length!';
    const written = formsOf(secret).get(form) ?? '';
    const texts = new Map([['log', `before ${written} after`]]);
    expect(leaksIn(texts, new Map([['password', secret]]))).toContain(`log: ${form} of password`);
  });

  it('finds what stands in the middle of something in base64, and the beginning of a hash', () => {
    const secret = 'a-Secret&of<some>length!';
    const known = new Map([['password', secret]]);
    for (const before of ['', 'u', 'us', 'use', 'user'])
      for (const after of ['', ',', ',h', ',ho']) {
        const texts = new Map([['state', Buffer.from(`${before}${secret}${after}`).toString('base64')]]);
        expect(leaksIn(texts, known)).not.toEqual([]);
      }
    const digest = new Map([['tag', hash('sha256', secret).slice(0, 16)]]);
    expect(leaksIn(digest, known)).toEqual(['tag: sha256 of password']);
  });
});
