import { ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import { DescribeSnapshotsCommand } from '@aws-sdk/client-elasticache';
import { DescribeDBClusterSnapshotsCommand } from '@aws-sdk/client-rds';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readAwsState, changesBetween } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { withoutChoiceOfWriter } from '../../crash/cluster-roles.ts';
import { credentialsInForce } from '../../crash/credentials-in-force.ts';
import { readDataState } from '../../data-state/state.ts';
import { startFaultProxy } from '../../emulator/fault-proxy.ts';
import { randomFaults } from '../../emulator/random-faults.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating } from '../../product.ts';
import { cache, oneOfEach, tables } from './ledger-life.ts';
import { controllerWithNetwork, ledger, ledgerKey, withoutLedger } from './ledger.ts';

const deletable = { ...oneOfEach, deletionPolicy: 'Delete', deletionProtection: false };
const created = ledger({ spec: deletable });
/** A reader more, an index, other parameters, larger nodes, another retention. */
const changed = ledger({
  spec: {
    ...deletable,
    readers: 2,
    instanceClass: 'db.r6g.xlarge',
    backup: { retentionDays: 14, window: '03:00-04:00' },
    parameters: { 'rds.force_ssl': '1', log_min_duration_statement: '500' },
    cache: { ...cache, nodeType: 'cache.r6g.xlarge', snapshotRetentionDays: 3 },
    tables: [
      {
        ...tables[0],
        timeToLive: 'endsAt',
        globalIndexes: [{ name: 'by-session', partitionKey: { name: 'sessionId', type: 'S' } }],
      },
    ],
  },
});

let emulator: Emulator;
let clients: Clients;
/** What comes of it where nothing goes wrong. */
let afterCreation: unknown;
let afterChange: unknown;
let afterDeletion: unknown;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
  const controller = await controllerWithNetwork(emulator.endpoint);
  await controller.apply(created);
  await controller.converge(ledgerKey, 30);
  afterCreation = await account();
  await controller.apply(changed);
  await controller.converge(ledgerKey, 30);
  afterChange = await account();
  await controller.apply(withoutLedger());
  await controller.converge(ledgerKey, 30);
  afterDeletion = await account();
  controller.close();
  await emulator.reset();
}, 60_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

async function account(): Promise<unknown> {
  const [data, { keys, roles }] = await Promise.all([readDataState(clients), readAwsState(clients)]);
  return { ...withoutChoiceOfWriter(data), keys, roles };
}

/** What applications read is what database and cache take. */
async function expectCredentialsInForce(): Promise<void> {
  expect(await credentialsInForce(clients, emulator)).toEqual({
    'cluster production-ledger-cluster': 'fintech/db-credentials',
    'cache production-ledger-cache': 'fintech/redis-auth',
  });
}

async function lastCopies() {
  const [{ DBClusterSnapshots = [] }, { Snapshots = [] }, { BackupSummaries = [] }] = await Promise.all([
    clients.rds.send(new DescribeDBClusterSnapshotsCommand({ SnapshotType: 'manual' })),
    clients.elasticache.send(new DescribeSnapshotsCommand({})),
    clients.dynamodb.send(new ListBackupsCommand({})),
  ]);
  const [clusterSnapshots, cacheSnapshots] = [DBClusterSnapshots.length, Snapshots.length];
  return { clusterSnapshots, cacheSnapshots, tableBackups: BackupSummaries.length };
}

test.each([1, 2])(
  'creation, change and deletion come to the same end with a service that throttles, fails, breaks off and does not answer (seed %i)',
  async (seed) => {
    const network = await controllerWithNetwork(emulator.endpoint);
    network.close();
    await using proxy = await startFaultProxy(emulator.endpoint, { decide: randomFaults(seed) });
    const controller = new Controller(proxy.endpoint, network.objects.all.values(), fasterClock(100));

    await controller.apply(created);
    await controller.converge(ledgerKey, 300);
    expect(changesBetween(afterCreation, await account())).toEqual([]);
    await expectCredentialsInForce();

    await controller.apply(changed);
    await controller.converge(ledgerKey, 300);
    expect(changesBetween(afterChange, await account())).toEqual([]);
    await expectCredentialsInForce();

    await controller.apply(withoutLedger());
    await controller.converge(ledgerKey, 300);
    expect(controller.objects.get(ledgerKey)).toBeUndefined();
    expect(changesBetween(afterDeletion, await account())).toEqual([]);
    expect(await lastCopies()).toEqual({ clusterSnapshots: 1, cacheSnapshots: 1, tableBackups: 1 });
    const decisions = new Set(proxy.calls.filter((call) => call.mutating).map(({ decision }) => decision));
    expect(decisions).toEqual(new Set(['pass', 'throttle', 'error500', 'cut', 'lose-response']));
    controller.close();
  },
  120_000,
);

test('lists that lag behind lead to nothing twice, also for a controller that is started anew', async () => {
  // Lists lag by 1 real second; the settling times of the types are longer with a clock 20 times as fast.
  const clock = fasterClock(20);
  const network = await controllerWithNetwork(emulator.endpoint);
  network.close();
  await emulator.setStaleness({ tagging: 1, secretsmanager: 1, kms: 1, iam: 1 });
  const controller = new Controller(emulator.endpoint, network.objects.all.values(), clock);
  await controller.apply(created);
  const first = await controller.pass(ledgerKey);
  expect(mutating(first.calls).length).toBeGreaterThan(10);
  await controller.pass(ledgerKey);
  controller.close();

  const another = new Controller(emulator.endpoint, controller.objects.all.values(), clock);
  await another.converge(ledgerKey, 300);
  await emulator.setStaleness({ tagging: 0, secretsmanager: 0, kms: 0, iam: 0 });
  expect(changesBetween(afterCreation, await account())).toEqual([]);
  await expectCredentialsInForce();
  expect(mutating((await another.pass(ledgerKey)).calls)).toEqual([]);
  another.close();
}, 60_000);
