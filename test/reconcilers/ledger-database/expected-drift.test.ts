import {
  ModifyReplicationGroupCommand,
  type ModifyReplicationGroupCommandInput,
} from '@aws-sdk/client-elasticache';
import { ModifyDBInstanceCommand, type ModifyDBInstanceCommandInput } from '@aws-sdk/client-rds';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeDrift } from '../../../controller/drift.ts';
import type { Clock } from '../../../controller/engine/clock.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { readDataState } from '../../data-state/state.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating } from '../../product.ts';
import { named } from './names-in-aws.ts';
import { controllerWithNetwork, ledger, ledgerKey, type Changes } from './ledger.ts';

const DAY = 24 * 60 * 60_000;
const SecretId = 'fintech/db-credentials';
const ReplicationGroupId = named('cache');
const DBInstanceIdentifier = named('instance-0');
const cache = { engine: 'redis', engineVersion: '7.0', nodeType: 'cache.r6g.large', replicas: 1 };
const small = { tables: [], cache: { ...cache, authSecretName: 'fintech/redis-auth', authRotationDays: 30 } };

let emulator: Emulator;
let clients: Clients;
let controller: Controller;
let daysLater = 0;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
});

beforeEach(async () => {
  await emulator.reset();
  controller?.close();
  daysLater = 0;
  controller = await controllerWithNetwork(emulator.endpoint, movableClock());
  await controller.apply(smallLedger());
  await controller.converge(ledgerKey);
});

afterAll(async () => {
  controller.close();
  await emulator.stop();
});

function movableClock(): Clock {
  const clock = fasterClock(100);
  return { ...clock, now: () => clock.now() + daysLater * DAY };
}

function restart(): void {
  const records = controller.objects.all.values();
  controller.close();
  controller = new Controller(emulator.endpoint, records, movableClock());
}

function smallLedger({ spec, ...changes }: Changes = {}) {
  return ledger({ spec: { ...small, ...spec }, ...changes });
}

const inObserve = { annotations: { 'fintech.global/mode': 'Observe' } };

/** What is told to have been done by others until nothing is left to do. */
async function driftUntilConverged(): Promise<readonly string[]> {
  const passes = await controller.converge(ledgerKey);
  return passes.flatMap(({ verdict }) => verdict.drift.map(describeDrift));
}

async function secret(): Promise<string> {
  return (await clients.secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '';
}

function passwordIn(text: string): unknown {
  const parts: { readonly password?: unknown } = JSON.parse(text);
  return parts.password;
}

describe('A rotation', () => {
  test('that is due is no drift, and in Observe nothing is done about it', async () => {
    await controller.apply(smallLedger(inObserve));
    daysLater = 31;
    const { verdict, calls } = await controller.pass(ledgerKey);
    expect(verdict.drift).toEqual([]);
    expect(mutating(calls)).toEqual([]);
    expect(controller.conditions(ledgerKey)).toMatchObject({
      Ready: expect.stringMatching(/^False Differs: mode Observe: /),
      Drifted: 'False NoDrift: AWS is as it was left',
    });
  });

  test('that is under way is no drift, from its first step to its last', async () => {
    const before = await secret();
    await emulator.setLifecycles({ 'rds/password': { 'resetting-master-credentials': 'held' } });
    daysLater = 31;
    const steps = [await controller.pass(ledgerKey)];
    // The emulator makes versions of today, which would be due again.
    daysLater = 0;
    restart();
    for (let pass = 0; pass < 3; pass += 1) steps.push(await controller.pass(ledgerKey));
    expect(steps.flatMap(({ verdict }) => verdict.drift)).toEqual([]);
    expect(controller.conditions(ledgerKey)).toMatchObject({
      Ready: expect.stringMatching(
        /^False Progressing: rds\/master-credentials master waits until AWS has set/,
      ),
      Drifted: 'False NoDrift: AWS is as it was left',
    });
    expect(await secret()).toBe(before);

    await emulator.release();
    expect(await driftUntilConverged()).toEqual([]);
    const after = await secret();
    expect(passwordIn(after)).not.toBe(passwordIn(before));
    const { password } = await emulator.revealDatabase('cluster', named('cluster'));
    expect(password === passwordIn(after)).toBe(true);
  });
});

describe('What somebody writes into the secret', () => {
  test('of where the database is, is put right', async () => {
    const before = await secret();
    const SecretString = before.replace(/"host":\s*"[^"]+"/, '"host":"elsewhere.example.com"');
    expect(SecretString).not.toBe(before);
    await clients.secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
    await controller.converge(ledgerKey);
    expect(JSON.parse(await secret())).toEqual(JSON.parse(before));
  });

  test('as another password, the database is told', async () => {
    const parts: object = JSON.parse(await secret());
    const SecretString = JSON.stringify({ ...parts, password: 'chosen-by-a-person-in-a-hurry' });
    await clients.secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
    await controller.converge(ledgerKey);
    expect(JSON.parse(await secret())).toEqual(JSON.parse(SecretString));
    const { password } = await emulator.revealDatabase('cluster', named('cluster'));
    expect(password).toBe('chosen-by-a-person-in-a-hurry');
  });
});

describe('A modification that waits for the maintenance window', () => {
  const larger = { instanceClass: 'db.r6g.xlarge', cache: { ...small.cache, nodeType: 'cache.r6g.xlarge' } };

  beforeEach(async () => {
    const waiting = { 'pending-maintenance': 'held' } as const;
    await emulator.setLifecycles({ 'rds/instance': waiting, 'elasticache/replication-group': waiting });
  });

  test('is told in the status, and is no drift, before the window and after it', async () => {
    await controller.apply(smallLedger({ spec: larger }));
    expect(await driftUntilConverged()).toEqual([]);
    const { verdict, calls } = await controller.pass(ledgerKey);
    expect(verdict.drift).toEqual([]);
    expect(mutating(calls)).toEqual([]);
    const waitsForMaintenance = ['DBInstanceClass'];
    expect(controller.record(ledgerKey).status).toMatchObject({
      instances: [{ waitsForMaintenance }, { waitsForMaintenance }],
      cache: { waitsForMaintenance: ['CacheNodeType cache.r6g.xlarge'] },
    });
    expect(controller.conditions(ledgerKey)['Ready']).toMatch(/^True InSync: /);

    await emulator.release();
    expect(await driftUntilConverged()).toEqual([]);
    expect(controller.record(ledgerKey).status).toMatchObject({
      instances: [{ waitsForMaintenance: [] }, { waitsForMaintenance: [] }],
      cache: { waitsForMaintenance: [] },
    });
    const { instances, caches } = await readDataState(clients);
    expect(instances?.[DBInstanceIdentifier]).toMatchObject({ DBInstanceClass: 'db.r6g.xlarge' });
    expect(caches?.[ReplicationGroupId]).toMatchObject({ CacheNodeType: 'cache.r6g.xlarge' });
  });

  test('and that somebody else asked for is drift, and taken back before the window comes', async () => {
    await modifyInstance({ DBInstanceClass: 'db.r6g.16xlarge' });
    await modifyCache({ CacheNodeType: 'cache.r6g.16xlarge' });
    const [first] = await controller.converge(ledgerKey);
    expect(first?.verdict.appeared.map(describeDrift)).toEqual([
      'rds/cluster-instance instance-0: instanceClass is db.r6g.16xlarge, should be db.r6g.large (cost)',
      'elasticache/replication-group cache: nodeType is cache.r6g.16xlarge, should be cache.r6g.large (cost)',
    ]);
    await emulator.release();
    await controller.pass(ledgerKey);
    const { instances, caches } = await readDataState(clients);
    expect(instances?.[DBInstanceIdentifier]).toMatchObject({ DBInstanceClass: 'db.r6g.large' });
    expect(caches?.[ReplicationGroupId]).toMatchObject({ CacheNodeType: 'cache.r6g.large' });
  });

  test('and that somebody takes back is asked for again', async () => {
    await controller.apply(smallLedger({ spec: larger }));
    await controller.converge(ledgerKey);
    await modifyInstance({ DBInstanceClass: 'db.r6g.large' });
    const [first] = await controller.converge(ledgerKey);
    expect(first?.verdict.appeared.map(describeDrift)).toEqual([
      'rds/cluster-instance instance-0: instanceClass is db.r6g.large, should be db.r6g.xlarge (cost)',
    ]);
    expect(controller.record(ledgerKey).status).toMatchObject({
      instances: [{ waitsForMaintenance: ['DBInstanceClass'] }, { waitsForMaintenance: ['DBInstanceClass'] }],
    });
  });
});

async function modifyInstance(modification: Partial<ModifyDBInstanceCommandInput>): Promise<void> {
  await clients.rds.send(
    new ModifyDBInstanceCommand({ DBInstanceIdentifier, ApplyImmediately: false, ...modification }),
  );
}

async function modifyCache(modification: Partial<ModifyReplicationGroupCommandInput>): Promise<void> {
  await clients.elasticache.send(
    new ModifyReplicationGroupCommand({ ReplicationGroupId, ApplyImmediately: false, ...modification }),
  );
}
