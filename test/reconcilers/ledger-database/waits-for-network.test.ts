import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assembleDaemon } from '../../../controller/cli/assembly.ts';
import type { Watcher } from '../../../controller/daemon.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, readingOf } from '../../product.ts';
import { contract, ledgerKey, networkKey, smallNetwork } from './ledger.ts';
import { withSpec } from '../contract-manifest.ts';

/** With what AWS takes its time for. */
const slowNetwork = withSpec(smallNetwork, { natGateways: 'Single' });

/** What of the ledger was written, as `CreateKey key`. */
type Writes = readonly string[];

let emulator: Emulator;
/** As long as the network was not ready. */
let conditions: Readonly<Record<string, string>>;
let before: Writes;
/** Seconds from the network's being Ready until the first resource in it was asked for. */
let seconds: number;
let after: Writes;

beforeAll(async () => {
  emulator = await startEmulator({ lifecycles: { 'ec2/nat-gateway': { pending: 'held' } } });
  const controller = new Controller(emulator.endpoint);
  const networkReady = Promise.withResolvers<number>();
  const ledgerReady = Promise.withResolvers<undefined>();
  const watcher: Watcher = {
    reconciled(key, { error }) {
      if (error !== undefined) return;
      if (key === networkKey) networkReady.resolve(performance.now());
      if (key === ledgerKey) ledgerReady.resolve(undefined);
    },
  };
  const { daemon } = assembleDaemon(controller.objects, controller.product, [watcher]);
  const writes = (): Writes =>
    controller.calls
      .filter(({ object, mutating }) => object === ledgerKey && mutating)
      .map(({ operation, node }) => `${operation} ${node ?? ''}`);

  await daemon.apply(readingOf(contract.environment, slowNetwork, contract.ledger));
  daemon.start(2);
  // Tables are in no network: they come last of what can be made without one.
  await until(() => controller.conditions(ledgerKey)['TablesReady']?.startsWith('True') === true);
  conditions = controller.conditions(ledgerKey);
  before = writes();
  await emulator.release('ec2/nat-gateway');
  const readyAt = await networkReady.promise;
  await until(() => writes().includes('CreateDBSubnetGroup subnets'));
  seconds = (performance.now() - readyAt) / 1_000;
  await ledgerReady.promise;
  after = writes();
  await daemon.stop();
  controller.close();
});

afterAll(() => emulator.stop());

describe('A ledger that is applied together with a network that takes its time', () => {
  test('says what it waits for', () => {
    const waits = 'waits for FintechNetwork/production/core';
    expect(conditions['Ready']).toMatch(/^False Progressing: /);
    expect(conditions['Ready']).toContain(`rds/subnet-group subnets ${waits}`);
    expect(conditions['DatabaseReady']).toContain(`rds/subnet-group subnets ${waits}`);
    expect(conditions['CacheReady']).toContain(`elasticache/subnet-group cache-subnets ${waits}`);
  });

  test('has made meanwhile what is in no network, and nothing else', () => {
    const created = before.filter((write) => write.startsWith('Create'));
    expect(created.toSorted()).toEqual([
      'CreateAlias key',
      'CreateCacheParameterGroup cache-parameters-redis7',
      'CreateDBClusterParameterGroup cluster-parameters-15',
      'CreateDBParameterGroup cluster-members-parameters-15',
      'CreateKey key',
      'CreateRole monitoring',
      'CreateSecret cache-token',
      'CreateTable table-accounts',
      'CreateTable table-sessions',
      'CreateTable table-transactions',
    ]);
    expect(conditions['TablesReady']).toMatch(/^True InSync: /);
    expect(conditions['EncryptionReady']).toBe('True InSync: key');
  });

  test('goes on within a second after the network is ready', () => {
    expect(seconds).toBeLessThan(1);
  });

  test('makes nothing twice', () => {
    const created = after.filter((write) => write.startsWith('Create'));
    expect(new Set(created).size).toBe(created.length);
    expect(created).toContain('CreateDBCluster cluster');
    expect(created).toContain('CreateReplicationGroup cache');
  });
});

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`this did not come true: ${isSo.toString()}`);
    await sleep(10);
  }
}
