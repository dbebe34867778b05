import { ModifyReplicationGroupCommand } from '@aws-sdk/client-elasticache';
import { ModifyDBClusterCommand } from '@aws-sdk/client-rds';
import { UntagResourceCommand, DeleteAliasCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeDrift } from '../../../controller/drift.ts';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import { Controller, fasterClock } from '../../product.ts';
import {
  alone,
  cache,
  credentials,
  LedgerLife,
  oneOfEach,
  singleInstance,
  otherPartitionKey,
  writesIn,
} from './ledger-life.ts';
import { ledger, ledgerKey, networkKey, withoutLedger } from './ledger.ts';

const approve = 'fintech.global/approve';
const cluster = 'rds/cluster cluster (production-ledger-cluster)';
const table = 'dynamodb/table table-sessions (production-ledger-table-sessions)';
const leftBehind = 'would be left behind with its data, which its successor lacks';
const replaced = (what: string, because: string) =>
  `${what} would be replaced and its data lost: ${because} cannot be changed in place`;
let life: LedgerLife;

beforeAll(async () => {
  life = await LedgerLife.start();
});

afterAll(() => life.stop());

function refusalOf(says: string): string {
  return `True ApprovalRequired: ${says}; if that is meant, set the annotation fintech.global/approve: "`;
}

describe('nothing is written, and what it would cost is said, where somebody changes', () => {
  const withTable = { ...alone, tables: oneOfEach['tables'] };
  let state: Awaited<ReturnType<LedgerLife['state']>>;

  beforeAll(async () => {
    await life.clear();
    await life.change(withTable);
    state = await life.state();
  });

  beforeEach(async () => void (await life.change(withTable)));

  test.each<readonly [string, JsonObject, string]>([
    ['the engine', { ...singleInstance, tables: withTable.tables }, `${cluster} ${leftBehind}`],
    ['the name of the database', { databaseName: 'other' }, replaced(cluster, 'databaseName')],
    [
      'the name of the master user',
      { credentials: { ...credentials, username: 'another' } },
      replaced(cluster, 'masterUsername'),
    ],
    ['a partition key', otherPartitionKey, replaced(table, 'keys.partitionKey.name')],
    [
      'the major version',
      { engineVersion: '16.4' },
      `${cluster} a major upgrade from 15.4 to 16.4 cannot be undone`,
    ],
  ])('%s', async (_, changes, says) => {
    await life.apply({ ...withTable, ...changes });
    expect(writesIn([await life.pass()])).toEqual([]);
    expect(life.refusal.says).toContain(refusalOf(says));
    expect(life.refusal.hash).toMatch(/^[0-9a-f]{12}$/);
    expect(changesBetween(state, await life.state())).toEqual([]);
  });

  test('the encryption key, by taking the mark from the one that is there', async () => {
    const KeyId = String(life.status['kmsKeyArn']);
    const TagKeys = ['fintech.global/owner', 'fintech.global/node'];
    await life.clients.kms.send(new UntagResourceCommand({ KeyId, TagKeys }));
    await life.clients.kms.send(new DeleteAliasCommand({ AliasName: 'alias/production-ledger-key' }));
    // One that remembers nothing either.
    const another = new Controller(life.emulator.endpoint, [], fasterClock(100));
    await another.apply(withoutLedger());
    await another.converge(networkKey);
    await another.apply(ledger({ spec: withTable }));
    const pass = await another.pass(ledgerKey);
    expect(writesIn([pass])).toEqual([]);
    expect(another.conditions(ledgerKey)['Stalled']).toContain(refusalOf(replaced(cluster, 'kmsKeyArn')));
    another.close();
  });
});

test('a cache that somebody upgrades to Valkey by hand is not replaced, nor upgraded as long as that waits', async () => {
  await life.clear();
  await life.change({ ...alone, cache });
  await life.emulator.setLifecycles({ 'elasticache/replication-group': { 'pending-maintenance': 'held' } });
  const upgrade = (Engine: string, EngineVersion: string, family: string, ApplyImmediately = true) => {
    const named = { ReplicationGroupId: 'production-ledger-cache', ApplyImmediately };
    const wanted = { Engine, EngineVersion, CacheParameterGroupName: `default.${family}` };
    return life.clients.elasticache.send(new ModifyReplicationGroupCommand({ ...named, ...wanted }));
  };
  await upgrade('valkey', '7.2', 'valkey7', false);
  const passes = await life.controller.converge(ledgerKey);
  expect(passes.flatMap(({ verdict }) => verdict.appeared.map(describeDrift))).toEqual([
    'elasticache/replication-group cache: engine is valkey, until the maintenance window redis, should be redis (availability)',
  ]);
  expect(writesIn(passes)).toEqual(['ModifyReplicationGroup cache']);
  expect(life.status['cache']).toMatchObject({ waitsForMaintenance: [] });

  await upgrade('valkey', '7.2', 'valkey7');
  const before = await life.state();
  const pass = await life.pass();
  expect(writesIn([pass])).toEqual([]);
  expect(pass.verdict.drift.map(describeDrift)).toContain(
    'elasticache/replication-group cache: engine is valkey, should be redis (availability)',
  );
  const group = 'elasticache/replication-group cache (production-ledger-cache)';
  expect(life.refusal.says).toContain(refusalOf(replaced(group, 'engine')));
  expect(changesBetween(before, await life.state())).toEqual([]);

  await upgrade('redis', '7.1', 'redis7');
  expect(writesIn(await life.controller.converge(ledgerKey))).toEqual(['ModifyReplicationGroup cache']);
  expect(life.condition('Ready')).toMatch(/^True InSync/);
});

describe('while a change is refused,', () => {
  test('what was applied before stays enforced, and the hash stays the same', async () => {
    await life.clear();
    await life.change(alone);
    const before = await life.state();
    await life.apply({ ...alone, databaseName: 'other' });
    await life.pass();
    const refused = life.refusal;
    const DBClusterIdentifier = 'production-ledger-cluster';
    const change = { DBClusterIdentifier, BackupRetentionPeriod: 1, DeletionProtection: false };
    await life.clients.rds.send(new ModifyDBClusterCommand({ ...change, ApplyImmediately: true }));

    const pass = await life.pass();
    expect(writesIn([pass])).toEqual(['ModifyDBCluster cluster']);
    expect(pass.verdict.drift.map(({ field }) => field).toSorted()).toEqual([
      'backupRetentionDays',
      'deletionProtection',
    ]);
    expect(changesBetween(before, await life.state())).toEqual([]);
    await life.pass();
    expect(life.refusal).toEqual(refused);
  });

  test('another approval lets nothing through', async () => {
    await life.apply({ ...alone, databaseName: 'other' }, { [approve]: '000000000000' });
    expect(writesIn([await life.pass()])).toEqual([]);
    const { hash } = life.refusal;
    const another = { ...alone, credentials: { ...credentials, username: 'another' } };
    await life.apply(another, { [approve]: hash });
    expect(writesIn([await life.pass()])).toEqual([]);
    expect(life.refusal.hash).not.toBe(hash);
  });
});
