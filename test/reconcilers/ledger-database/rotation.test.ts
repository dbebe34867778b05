import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Clock } from '../../../controller/engine/clock.ts';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { statusField } from '../../../controller/status-field.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startFaultProxy, type Call, type FaultProxy } from '../../emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { fasterClock, mutating, type Controller, type Pass } from '../../product.ts';
import { credentialsIn, labelsThatOpen, textIn, versionInForce, type Database } from './access.ts';
import { alone, singleInstance } from './ledger-life.ts';
import { controllerWithNetwork, ledger, ledgerKey } from './ledger.ts';

const DAY = 24 * 60 * 60_000;
const secret = 'fintech/db-credentials';
const tokenSecret = 'fintech/redis-auth';
const cacheName = 'production-ledger-cache';
const cluster: Database = { kind: 'cluster', identifier: 'production-ledger-cluster' };
const instance: Database = { kind: 'instance', identifier: 'production-ledger-instance' };
const credentials = { username: 'fintechadmin', secretName: secret };
const cache = { engineVersion: '7.0', nodeType: 'cache.r6g.large', authSecretName: tokenSecret };

/** The controller's, which can be ahead of AWS's. */
class AheadClock implements Clock {
  ahead = 0;
  private readonly clock = fasterClock(100);

  now(): number {
    return this.clock.now() + this.ahead;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.clock.sleep(milliseconds, signal);
  }
}

let emulator: Emulator;
let clients: Clients;
let aws: FaultProxy;
let clock: AheadClock;
let controller: Controller;
/** What is looked at when AWS has carried out a call that writes, before anybody hears of it. */
let look: ((call: Call) => Promise<void>) | undefined;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
  aws = await startFaultProxy(emulator.endpoint, {
    afterForward: async (call) => {
      if (call.mutating) await look?.(call);
    },
  });
});

beforeEach(async () => {
  clock = new AheadClock();
  controller = await controllerWithNetwork(aws.endpoint, clock);
});

afterEach(async () => {
  vi.useRealTimers();
  look = undefined;
  controller.close();
  await emulator.reset();
});

afterAll(async () => {
  await aws.stop();
  await emulator.stop();
});

async function change(spec: JsonObject): Promise<readonly Pass[]> {
  await controller.apply(ledger({ spec }));
  return controller.converge(ledgerKey, 60);
}

/** That nobody was told of drift, neither by a condition, nor by an event, nor by an alert. */
function expectNoDrift(passes: readonly Pass[]): void {
  expect(passes.flatMap(({ verdict }) => [...verdict.appeared, ...verdict.corrected])).toEqual([]);
  expect(controller.record(ledgerKey).events.filter(({ reason }) => reason.startsWith('Drift'))).toEqual([]);
  expect(controller.conditions(ledgerKey)['Drifted']).toMatch(/^False/);
}

async function expectNothingLeft(): Promise<void> {
  const { calls } = await controller.pass(ledgerKey);
  expect(mutating(calls)).toEqual([]);
}

/** What the status tells to other objects. */
function told(field: string): unknown {
  return statusField(controller.record(ledgerKey).status, field);
}

/** `ModifyDBCluster: AWSCURRENT`, after each call that has to do with passwords. */
function watch(database: Database): readonly string[] {
  const seen: string[] = [];
  look = async ({ service, operation }) => {
    if (service !== 'rds' && service !== 'secretsmanager') return;
    const labels = await labelsThatOpen(database, secret, emulator, clients);
    seen.push(`${operation}: ${labels.join(' ')}`);
  };
  return seen;
}

const isLockedOut = (moment: string): boolean => !/AWSCURRENT|AWSPENDING/.test(moment);

type Rotation = {
  readonly database: Database;
  readonly spec: JsonObject;
  readonly modify: string;
  /** Makes the password too old, until another one has been made. */
  readonly age: (spec: JsonObject) => Promise<readonly Pass[]>;
};

const rotations: readonly (readonly [string, Rotation])[] = [
  [
    'of a cluster, older than rotationDays,',
    {
      database: cluster,
      spec: { ...alone, credentials: { ...credentials, rotationDays: 30 } },
      modify: 'ModifyDBCluster',
      // AWS dates the new one by its own clock, so that the days are over for this pass only.
      age: async () => {
        clock.ahead = 29 * DAY;
        await expectNothingLeft();
        clock.ahead = 31 * DAY;
        const pass = await controller.pass(ledgerKey);
        clock.ahead = 0;
        return [pass];
      },
    },
  ],
  [
    'of a single instance, made before notOlderThan,',
    {
      database: instance,
      spec: { ...singleInstance, credentials },
      modify: 'ModifyDBInstance',
      age: async (spec) => {
        const notOlderThan = new Date().toISOString();
        await controller.apply(ledger({ spec: { ...spec, credentials: { ...credentials, notOlderThan } } }));
        return [];
      },
    },
  ],
];

describe.each(rotations)('A password %s', (_, { database, spec, modify, age }) => {
  test.each([
    ['at once', 0],
    ['after a while', 0.4],
  ])('is followed by another that AWS sets %s, and nobody is locked out meanwhile', async (__, seconds) => {
    await emulator.setLifecycles({ 'rds/password': { 'resetting-master-credentials': seconds } });
    await change(spec);
    const before = await credentialsIn(clients, secret);
    const versionBefore = await versionInForce(clients, secret);
    expect(told('credentialsVersion')).toBe(versionBefore);
    const seen = watch(database);

    const passes = [...(await age(spec)), ...(await controller.converge(ledgerKey, 60))];
    expectNoDrift(passes);
    expect(seen.filter(isLockedOut)).toEqual([]);
    expect(seen.map((moment) => moment.split(':')[0])).toEqual(
      expect.arrayContaining(['PutSecretValue', modify, 'UpdateSecretVersionStage']),
    );
    const after = await credentialsIn(clients, secret);
    const previous = await credentialsIn(clients, secret, 'AWSPREVIOUS');
    expect(await labelsThatOpen(database, secret, emulator, clients)).toContain('AWSCURRENT');
    expect(after['password']).not.toBe(before['password']);
    expect(told('credentialsVersion')).toBe(await versionInForce(clients, secret));
    expect(told('credentialsVersion')).not.toBe(versionBefore);
    expect(previous).toEqual(before);
    expect({ ...after, password: before['password'] }).toEqual(before);
    await expectNothingLeft();
  });
});

describe('A password', () => {
  test('that was made after notOlderThan stays', async () => {
    const time = new Date(Date.now() - 60_000).toISOString();
    await change({ ...alone, credentials });
    const passes = await change({ ...alone, credentials: { ...credentials, notOlderThan: time } });
    expect(passes.flatMap(({ calls }) => calls).map(({ operation }) => operation)).not.toContain(
      'ModifyDBCluster',
    );
  });

  test('that a person puts into the secret as a pending version is taken over', async () => {
    await change({ ...alone, credentials });
    const before = await credentialsIn(clients, secret);
    await clients.secrets.send(
      new PutSecretValueCommand({
        SecretId: secret,
        SecretString: JSON.stringify({ ...before, password: 'Chosen-by-a-person' }),
        VersionStages: ['AWSPENDING'],
      }),
    );
    const seen = watch(cluster);
    expectNoDrift(await controller.converge(ledgerKey, 60));
    expect(seen.filter(isLockedOut)).toEqual([]);
    const { password } = await emulator.revealDatabase('cluster', cluster.identifier);
    expect(password).toBe('Chosen-by-a-person');
    expect(await credentialsIn(clients, secret)).toEqual({ ...before, password });
    expect(await credentialsIn(clients, secret, 'AWSPREVIOUS')).toEqual(before);
    await expectNothingLeft();
  });

  test('that AWS refuses is not put in force, and the one in force stays', async () => {
    await change({ ...alone, credentials });
    const before = await credentialsIn(clients, secret);
    await clients.secrets.send(
      new PutSecretValueCommand({
        SecretId: secret,
        SecretString: JSON.stringify({ ...before, password: 'with a space and "quotes"' }),
        VersionStages: ['AWSPENDING'],
      }),
    );
    await controller.pass(ledgerKey);
    expect(controller.conditions(ledgerKey)['Stalled']).toMatch(
      /^True InvalidSpec: .*takes passwords of 8 to 41 printable ASCII characters/,
    );
    expect(await labelsThatOpen(cluster, secret, emulator, clients)).toContain('AWSCURRENT');
    expect(await credentialsIn(clients, secret)).toEqual(before);
  });
});

describe('The auth token of a cache', () => {
  const spec = { ...alone, cache };

  async function rotate(): Promise<readonly Pass[]> {
    return change({ ...alone, cache: { ...cache, authNotOlderThan: new Date().toISOString() } });
  }

  test('is added beside the old one before clients read it, and the only one after the overlap', async () => {
    await emulator.setLifecycles({ 'elasticache/replication-group': { modifying: 0.2 } });
    await change(spec);
    const before = await textIn(clients.secrets, tokenSecret);
    const nameOf = (token: unknown): string => (token === before ? 'old' : 'new');
    const seen: string[] = [];
    look = async () => {
      const accepted = (await emulator.revealTokens(cacheName)).map(nameOf).join(' and ');
      const now = `${accepted} accepted, ${nameOf(await textIn(clients.secrets, tokenSecret))} read`;
      if (now !== seen.at(-1)) seen.push(now);
    };

    expectNoDrift(await rotate());
    const after = await textIn(clients.secrets, tokenSecret);
    expect(after).not.toBe(before);
    expect(await textIn(clients.secrets, tokenSecret, 'AWSPREVIOUS')).toBe(before);
    expect(await emulator.revealTokens(cacheName)).toEqual([before, after]);
    expect(told('cache.authTokenVersion')).toBe(await versionInForce(clients, tokenSecret));
    await expectNothingLeft();

    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61 * 60_000 });
    expectNoDrift(await controller.converge(ledgerKey, 60));
    expect(await emulator.revealTokens(cacheName)).toEqual([after]);
    expect(seen).toEqual([
      'old accepted, old read',
      'old and new accepted, old read',
      'old and new accepted, new read',
      'new accepted, new read',
    ]);
    await expectNothingLeft();
  });

  test('is not replaced with the password of the database, nor that with it', async () => {
    await change({ ...spec, credentials });
    const before = await credentialsIn(clients, secret);
    await rotate();
    expect(await credentialsIn(clients, secret)).toEqual(before);
    const token = await textIn(clients.secrets, tokenSecret);
    const notOlderThan = new Date().toISOString();
    await change({ ...spec, credentials: { ...credentials, notOlderThan } });
    expect(await textIn(clients.secrets, tokenSecret)).toBe(token);
    expect((await credentialsIn(clients, secret))['password']).not.toBe(before['password']);
  });
});
