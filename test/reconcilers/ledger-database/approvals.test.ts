import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import {
  alone,
  cache,
  LedgerLife,
  oneOfEach,
  otherPartitionKey,
  singleInstance,
  writesIn,
} from './ledger-life.ts';
import { ledgerKey } from './ledger.ts';

const approve = 'fintech.global/approve';

let life: LedgerLife;

beforeAll(async () => {
  life = await LedgerLife.start();
});

beforeEach(() => life.clear());

afterAll(() => life.stop());

const open = { ...alone, readers: 1, deletionProtection: false };

test('another database takes the place of the first, of which a snapshot is left, but not as long as that is protected', async () => {
  const closed = { ...open, deletionProtection: true };
  await life.change(closed);
  await life.apply({ ...closed, databaseName: 'other' });
  await life.pass();
  await life.apply({ ...closed, databaseName: 'other' }, { [approve]: life.refusal.hash });
  expect(writesIn([await life.pass()])).toEqual([]);
  expect(life.condition('Stalled')).toMatch(
    /^True DeletionBlocked: rds\/cluster cluster has deletion protection/,
  );

  await life.change(open);
  const before = await life.state();
  await life.apply({ ...open, databaseName: 'other' });
  await life.pass();
  await life.emulator.setLifecycles({ 'rds/snapshot': { creating: 'held' } });
  const { hash } = life.refusal;
  await life.apply({ ...open, databaseName: 'other' }, { [approve]: hash });
  expect(writesIn(await life.untilQuiet()).toSorted()).toEqual([
    'AddTagsToResource cluster',
    'CreateDBClusterSnapshot cluster',
    'DeleteDBInstance instance-0',
    'DeleteDBInstance instance-1',
  ]);
  await life.emulator.release('rds/snapshot');
  await life.controller.converge(ledgerKey);
  const changes = changesBetween(before, await life.state());
  expect(changes.filter((change) => !change.startsWith('clusterSnapshots: nothing → {'))).toEqual([
    'clusters.production-ledger-cluster.DatabaseName: "fintech" → "other"',
    'instances.production-ledger-instance-0.DBName: "fintech" → "other"',
    'instances.production-ledger-instance-1.DBName: "fintech" → "other"',
  ]);
  expect(changes).toHaveLength(4);
  // The approval was of what is done, and is of no use for the way back.
  await life.apply(open, { [approve]: hash });
  expect(writesIn([await life.pass()])).toEqual([]);
  expect(life.condition('Stalled')).toMatch(/^True ApprovalRequired/);
});

test('another table takes the place of the first, of which a backup is left', async () => {
  const withTable = { ...alone, deletionProtection: false, tables: oneOfEach['tables'] };
  await life.change(withTable);
  const before = await life.state();
  await life.apply({ ...withTable, ...otherPartitionKey });
  await life.pass();
  await life.emulator.setLifecycles({ 'dynamodb/backup': { CREATING: 'held' } });
  await life.apply({ ...withTable, ...otherPartitionKey }, { [approve]: life.refusal.hash });
  const started = writesIn(await life.untilQuiet());
  expect(started).toContain('CreateBackup table-sessions');
  expect(started).not.toContain('DeleteTable table-sessions');
  await life.emulator.release('dynamodb/backup');
  const rest = writesIn(await life.controller.converge(ledgerKey));
  expect(rest.slice(0, 2)).toEqual(['DeleteTable table-sessions', 'CreateTable table-sessions']);
  const changes = changesBetween(before, await life.state());
  const others = /^(tables\.production-ledger-table-sessions\.|tableBackups: nothing → )/;
  expect(changes.filter((change) => !others.test(change))).toEqual([]);
  expect(changes.some((change) => change.includes('"accountId"'))).toBe(true);
});

test.each([
  ['an instance', 'a cluster', alone, singleInstance, 'production-ledger-instance', 'clusterSnapshots'],
  ['a cluster', 'an instance', singleInstance, alone, 'production-ledger-cluster', 'snapshots'],
])(
  '%s takes the place of %s, of which a snapshot is left',
  async (...[, , from, to, identifier, snapshots]) => {
    const deletable = { deletionPolicy: 'Delete', deletionProtection: false };
    await life.change({ ...from, ...deletable });
    await life.apply({ ...to, ...deletable });
    await life.pass();
    await life.apply({ ...to, ...deletable }, { [approve]: life.refusal.hash });
    await life.controller.converge(ledgerKey, 20);
    expect(life.status).toMatchObject({ identifier });
    const state = await life.state();
    expect(Object.keys({ ...state['clusters'], ...state['instances'] })).toContain(identifier);
    expect(Object.values(state[snapshots] ?? {})).toMatchObject([{ Status: 'available' }]);
    const { inSecret, inForce } = await life.passwords();
    expect(inSecret).toBe(inForce);
    expect(writesIn([await life.pass()])).toEqual([]);
  },
);

test.each([
  ['an instance', 'a cluster', alone, singleInstance, 'production-ledger-cluster'],
  ['a cluster', 'an instance', singleInstance, alone, 'production-ledger-instance'],
])('%s takes the place of %s, which stays as it is where it is to be retained', async (...row) => {
  const [, , from, to, retained] = row;
  await life.change(from);
  await life.apply(to);
  await life.pass();
  await life.change(to, { [approve]: life.refusal.hash });
  const { clusters, instances } = await life.state();
  expect(JSON.stringify({ ...clusters, ...instances }[retained])).toContain('fintech.global/retained');
  expect(life.condition('Ready')).toMatch(/^True InSync/);
  expect(writesIn([await life.pass()])).toEqual([]);
});

test.each<readonly [string, JsonObject, readonly string[]]>([
  ['cluster', { ...alone, readers: 1 }, ['cluster-members-parameters', 'cluster-parameters']],
  ['instance', singleInstance, ['instance-parameters']],
])(
  'a major upgrade of the %s waits for the maintenance window, until which both parameter groups are there',
  async (node, spec, groups) => {
    await life.change(spec);
    await life.emulator.setLifecycles({ [`rds/${node}`]: { 'pending-maintenance': 'held' } });
    const upgraded = { ...spec, engineVersion: '16.4' };
    await life.apply(upgraded);
    await life.pass();
    await life.apply(upgraded, { [approve]: life.refusal.hash });
    const written = writesIn(await life.controller.converge(ledgerKey));
    expect(written.filter((call) => / (cluster|instance)(-\d)?$/.test(call))).toEqual([
      `ModifyDB${node === 'cluster' ? 'Cluster' : 'Instance'} ${node}`,
    ]);
    expect(life.condition('Ready')).toMatch(/^True InSync/);
    expect(JSON.stringify(life.status)).toContain('"waitsForMaintenance":["EngineVersion"]');
    expect(groupsIn(life.status)).toEqual(groups.flatMap((group) => [`${group}-15`, `${group}-16`]));
    expect(writesIn([await life.pass()])).toEqual([]);

    await life.emulator.release();
    const afterwards = await life.controller.converge(ledgerKey);
    expect(afterwards.flatMap(({ verdict }) => verdict.appeared)).toEqual([]);
    expect(groupsIn(life.status)).toEqual(groups.map((group) => `${group}-16`));
    expect(JSON.stringify(life.status)).not.toContain('"EngineVersion"');
    const { clusters, instances } = await life.state();
    expect(JSON.stringify([clusters, instances])).not.toContain('-parameters-15');
    expect(JSON.stringify([clusters, instances])).toContain('"EngineVersion":"16.4"');
  },
);

test('a reader that is added while a major upgrade waits has the parameters of the others, before it and after', async () => {
  const groups = async () => {
    const { instances } = await life.state();
    return JSON.stringify(instances).match(/"DBParameterGroupName":"[^"]*"/g);
  };
  const name = '"DBParameterGroupName":"production-ledger-cluster-members-parameters';
  await life.change(alone);
  await life.emulator.setLifecycles({ 'rds/cluster': { 'pending-maintenance': 'held' } });
  const upgraded = { ...alone, engineVersion: '16.4' };
  await life.apply(upgraded);
  await life.pass();
  await life.change(upgraded, { [approve]: life.refusal.hash });
  await life.change({ ...upgraded, readers: 1 });
  expect(await groups()).toEqual([`${name}-15"`, `${name}-15"`]);
  expect(writesIn([await life.pass()])).toEqual([]);
  await life.emulator.release();
  await life.controller.converge(ledgerKey);
  expect(await groups()).toEqual([`${name}-16"`, `${name}-16"`]);
});

test('a major upgrade is made at once where that is asked for', async () => {
  await life.change(alone);
  await life.emulator.setLifecycles({ 'rds/cluster': { 'pending-maintenance': 'held' } });
  const atOnce = { 'fintech.global/apply-immediately': 'true' };
  const upgraded = { ...alone, engineVersion: '16.4' };
  await life.apply(upgraded, atOnce);
  await life.pass();
  await life.change(upgraded, { ...atOnce, [approve]: life.refusal.hash });
  expect(JSON.stringify((await life.state())['clusters'])).toContain('"EngineVersion":"16.4"');
  expect(groupsIn(life.status)).toEqual(['cluster-members-parameters-16', 'cluster-parameters-16']);
});

test('a cache of Redis OSS becomes one of Valkey where it is, in the maintenance window, and not the other way', async () => {
  const redis = { ...alone, cache };
  await life.change(redis);
  const { endpoint } = cacheIn(life.status);
  await life.emulator.setLifecycles({ 'elasticache/replication-group': { 'pending-maintenance': 'held' } });
  const valkey = { ...alone, cache: { ...cache, engine: 'valkey', engineVersion: '8.0' } };
  await life.apply(valkey);
  expect(writesIn([await life.pass()])).toEqual([]);
  expect(life.refusal.says).toContain(
    'cache (production-ledger-cache) the upgrade from redis to valkey is undone by a replacement only, ' +
      'and the upgrade from version 7.0.7 to 8.0 is a major one, and cannot be undone; if that is meant',
  );
  const written = writesIn(await life.change(valkey, { [approve]: life.refusal.hash }));
  expect(written.filter((call) => call.endsWith(' cache'))).toEqual(['ModifyReplicationGroup cache']);
  expect(life.condition('Ready')).toMatch(/^True InSync/);
  const waitsForMaintenance = ['Engine valkey', 'EngineVersion 8.0.1'];
  expect(cacheIn(life.status)).toMatchObject({ endpoint, waitsForMaintenance });
  const cacheGroups = () => groupsIn(life.status).filter((node) => node.startsWith('cache-'));
  expect(cacheGroups()).toEqual(['cache-parameters-redis7', 'cache-parameters-valkey8']);
  expect(writesIn([await life.pass()])).toEqual([]);

  await life.emulator.release();
  const afterwards = await life.controller.converge(ledgerKey);
  expect(writesIn(afterwards)).toEqual(['DeleteCacheParameterGroup cache-parameters-redis7']);
  expect(afterwards.flatMap(({ verdict }) => verdict.appeared)).toEqual([]);
  expect(cacheGroups()).toEqual(['cache-parameters-valkey8']);
  expect(cacheIn(life.status)).toMatchObject({ endpoint, waitsForMaintenance: [] });
  expect(JSON.stringify((await life.state())['caches'])).toContain('"Engine":"valkey"');

  await life.apply(redis);
  expect(writesIn([await life.pass()])).toEqual([]);
  expect(life.refusal.says).toContain(
    'would be replaced and its data lost: engine cannot be changed in place',
  );
});

function cacheIn({ cache: ofStatus }: JsonObject): JsonObject {
  if (!isJsonObject(ofStatus)) throw new Error('there is a cache in the status');
  return ofStatus;
}

function groupsIn({ resources }: JsonObject): readonly string[] {
  if (!Array.isArray(resources)) throw new Error('a status has resources');
  return resources.flatMap(({ node }) => (/-parameters-/.test(node) ? [String(node)] : [])).toSorted();
}
