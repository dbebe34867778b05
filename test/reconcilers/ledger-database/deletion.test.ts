import { UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { ModifyDBClusterCommand, ModifyDBInstanceCommand, StopDBClusterCommand } from '@aws-sdk/client-rds';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { changesBetween } from '../../aws-state.ts';
import { mutating } from '../../product.ts';
import { alone, LedgerLife, oneOfEach, singleInstance, writesIn } from './ledger-life.ts';

/** So that manifest and deletion are two commits. */
const deletable = { deletionPolicy: 'Delete', deletionProtection: false };
const isProtected = 'has deletion protection: set deletionProtection to false first, and delete it then';

let life: LedgerLife;

beforeAll(async () => {
  life = await LedgerLife.start();
});

afterEach(() => life.clear());

afterAll(() => life.stop());

describe('as long as its manifest protects it, nothing at all goes', () => {
  const cluster = {
    DBClusterIdentifier: 'production-ledger-cluster',
    DeletionProtection: false,
    ApplyImmediately: true,
  };
  const instance = {
    DBInstanceIdentifier: 'production-ledger-instance',
    DeletionProtection: false,
    ApplyImmediately: true,
  };
  const table = { TableName: 'production-ledger-table-sessions', DeletionProtectionEnabled: false };

  test('of a cluster with its cache and tables, also when somebody else took the protection away', async () => {
    await life.change({ ...oneOfEach, deletionPolicy: 'Delete' });
    const before = await life.state();
    await life.remove();
    expect(writesIn(await life.untilQuiet())).toEqual([]);
    const blocked =
      `DeletionBlocked: rds/cluster cluster ${isProtected}; dynamodb/table table-sessions is protected ` +
      'against deletion: switch the deletion protection off in its manifest first';
    expect(life.condition('Stalled')).toBe(`True ${blocked}`);
    expect(life.condition('Ready')).toBe(`False ${blocked}`);
    expect(changesBetween(before, await life.state())).toEqual([]);

    await life.clients.rds.send(new ModifyDBClusterCommand(cluster));
    await life.clients.dynamodb.send(new UpdateTableCommand(table));
    const changed = await life.state();
    expect(writesIn(await life.untilQuiet())).toEqual([]);
    expect(life.condition('Stalled')).toBe(`True ${blocked}`);
    expect(changesBetween(changed, await life.state())).toEqual([]);
  });

  test('of an instance', async () => {
    await life.change({ ...singleInstance, deletionPolicy: 'Delete' });
    await life.remove();
    expect(writesIn(await life.untilQuiet())).toEqual([]);
    await life.clients.rds.send(new ModifyDBInstanceCommand(instance));
    expect(writesIn(await life.untilQuiet())).toEqual([]);
    expect(life.condition('Stalled')).toBe(`True DeletionBlocked: rds/instance instance ${isProtected}`);
  });

  test.each(['Observe', 'Paused'])('nor in the mode %s, whatever the manifest says', async (mode) => {
    await life.change({ ...alone, ...deletable });
    const before = await life.state();
    await life.apply({ ...alone, ...deletable }, { 'fintech.global/mode': mode });
    await life.remove();
    expect(mutating((await life.pass()).calls)).toEqual([]);
    expect(life.condition('Stalled')).toMatch(/^True DeletionBlocked: .*nothing is written in mode/);
    expect(changesBetween(before, await life.state())).toEqual([]);
  });
});

describe('under deletionPolicy Delete, and no longer protected,', () => {
  test('a cluster, its cache and its tables go after their last copies are there, and what they need after them', async () => {
    await life.change({ ...oneOfEach, ...deletable });
    await life.emulator.setLifecycles({
      'rds/snapshot': { creating: 'held' },
      'dynamodb/backup': { CREATING: 'held' },
      'elasticache/replication-group': { snapshotting: 'held' },
    });
    await life.remove();
    expect(inOrder(writesIn(await life.untilQuiet()))).toEqual([
      'AddTagsToResource cluster',
      'CreateBackup table-sessions',
      'CreateDBClusterSnapshot cluster',
      'DeleteDBInstance instance-0',
      'DeleteDBInstance instance-1',
      'DeleteReplicationGroup cache',
      'DeleteRole monitoring',
      'DeregisterScalableTarget reader-scaling',
      'DeregisterScalableTarget scale-read-sessions',
      'DeregisterScalableTarget scale-write-sessions',
      'DetachRolePolicy monitoring',
      'UntagResource master',
    ]);
    expect(life.condition('Stalled')).toBeUndefined();
    const waiting = life.condition('Reconciling') ?? '';
    expect(waiting).toMatch(/^True Deleting: .*cache waits to be deleted: it is snapshotting/);
    expect(waiting).toMatch(/cluster waits for its final snapshot production-ledger-cluster-final-\d{17} \(/);
    expect(waiting).toMatch(/table-sessions waits for its backup arn:\S+ before it is deleted/);

    await life.emulator.release('dynamodb/backup');
    expect(writesIn(await life.untilQuiet())).toEqual(['DeleteTable table-sessions']);
    await life.emulator.release('elasticache/replication-group');
    expect(inOrder(writesIn(await life.untilQuiet()))).toEqual([
      'DeleteCacheParameterGroup cache-parameters-redis7',
      'DeleteCacheSubnetGroup cache-subnets',
      'DeleteSecret cache-token',
    ]);
    await life.emulator.release('rds/snapshot');
    const last = writesIn(await life.untilQuiet());
    expect(last[0]).toBe('DeleteDBCluster cluster');
    expect(inOrder(last.slice(1, -1))).toEqual([
      'DeleteDBClusterParameterGroup cluster-parameters-15',
      'DeleteDBParameterGroup cluster-members-parameters-15',
      'DeleteDBSubnetGroup subnets',
      'DeleteSecret credentials',
    ]);
    expect(last.at(-1)).toBe('TagResource key');

    expect(life.isGone).toBe(true);
    const { clusterSnapshots, cacheSnapshots, tableBackups, secrets, keys, roles, ...others } =
      await life.state();
    expect(others).toEqual({});
    expect(roles).not.toHaveProperty('production-ledger-monitoring');
    const available = { Status: 'available', StorageEncrypted: true };
    expect(clusterSnapshots).toMatchObject({ 'production-ledger-cluster-final-<time>': available });
    expect(cacheSnapshots).toMatchObject({
      'production-ledger-cache-final-<time>': { SnapshotStatus: 'available' },
    });
    expect(Object.values(tableBackups ?? {})).toMatchObject([{ BackupStatus: 'AVAILABLE' }]);
    expect(secrets).toMatchObject({
      'fintech/db-credentials': { isDeleted: true },
      'fintech/redis-auth': { isDeleted: true },
    });
    const tags = { 'fintech.global/retained': expect.any(String) };
    expect(keys).toMatchObject({ 'production-ledger-key': { state: 'Enabled', tags } });
  });

  test('an instance goes with a last snapshot, and what it needs after it', async () => {
    await life.change({ ...singleInstance, ...deletable });
    await life.emulator.setLifecycles({ 'rds/snapshot': { creating: 'held' } });
    await life.remove();
    expect(inOrder(writesIn(await life.untilQuiet()))).toEqual([
      'DeleteDBInstance instance',
      'UntagResource master',
    ]);
    expect(life.condition('Reconciling')).toBe('True Deleting: rds/instance instance is being deleted');

    await life.emulator.release('rds/snapshot');
    const last = writesIn(await life.untilQuiet());
    expect(inOrder(last)).toEqual([
      'DeleteDBParameterGroup instance-parameters-15',
      'DeleteDBSubnetGroup subnets',
      'DeleteRole monitoring',
      'DeleteSecret credentials',
      'DetachRolePolicy monitoring',
      'TagResource key',
    ]);
    expect(last.at(-1)).toBe('TagResource key');
    expect(life.isGone).toBe(true);
    const { snapshots, instances } = await life.state();
    expect(instances).toBeUndefined();
    expect(snapshots).toMatchObject({ 'production-ledger-instance-final-<time>': { Status: 'available' } });
  });

  test('a manifest that comes back makes everything anew with the same key, and takes the secrets back', async () => {
    const spec = { ...oneOfEach, ...deletable };
    await life.change(spec);
    const before = await life.state();
    await life.remove();
    await life.untilQuiet();
    expect(life.isGone).toBe(true);

    const written = writesIn(await life.change(spec));
    expect(written).toContain('UntagResource key');
    expect(written).toContain('RestoreSecret credentials');
    expect(written).toContain('RestoreSecret cache-token');
    expect(written.filter((call) => /^Create(Key|Secret) /.test(call))).toEqual([]);
    const copies = /^(clusterSnapshots|cacheSnapshots|tableBackups): nothing → /;
    const changes = changesBetween(before, await life.state());
    expect(changes.filter((change) => !copies.test(change))).toEqual([]);
    expect(changes).toHaveLength(3);
    const { inSecret, inForce } = await life.passwords();
    expect(inSecret).toBe(inForce);
    expect(life.condition('Ready')).toMatch(/^True InSync/);
  });

  test('a manifest that comes back before the cluster is gone keeps it', async () => {
    const spec = { ...oneOfEach, ...deletable };
    await life.change(spec);
    const before = await life.state();
    await life.emulator.setLifecycles({ 'rds/snapshot': { creating: 'held' } });
    await life.remove();
    await life.untilQuiet();

    const written = writesIn(await life.change(spec));
    expect(written.filter((call) => call.endsWith(' cluster'))).toEqual(['RemoveTagsFromResource cluster']);
    expect(written).toContain('CreateDBInstance instance-0');
    await life.emulator.setLifecycles({ 'rds/snapshot': { creating: 0 } });
    await life.emulator.release();
    const copies = /^(clusterSnapshots|cacheSnapshots|tableBackups): nothing → /;
    const changes = changesBetween(before, await life.state());
    expect(changes.filter((change) => !copies.test(change))).toEqual([]);
    const { inSecret, inForce } = await life.passwords();
    expect(inSecret).toBe(inForce);

    // The next deletion takes a snapshot of its own: the first one lacks what was written since.
    await life.remove();
    await life.untilQuiet();
    expect(life.isGone).toBe(true);
    const calls = life.controller.calls.filter(({ operation }) => operation === 'CreateDBClusterSnapshot');
    expect(calls.map(({ outcome }) => outcome)).toEqual(['success', 'success']);
  });

  test('what is stopped is started first, as AWS makes no snapshot of it', async () => {
    await life.change({ ...alone, ...deletable });
    const DBClusterIdentifier = 'production-ledger-cluster';
    await life.clients.rds.send(new StopDBClusterCommand({ DBClusterIdentifier }));
    await life.remove();
    const written = writesIn(await life.untilQuiet());
    const ofDatabase = written.filter((call) => /DB(Cluster|Instance)(Snapshot)? /.test(call));
    expect(ofDatabase).toEqual([
      'StartDBCluster instance-0',
      'DeleteDBInstance instance-0',
      'CreateDBClusterSnapshot cluster',
      'DeleteDBCluster cluster',
    ]);
    expect(life.isGone).toBe(true);
  });
});

/** What happens at once has no order. */
function inOrder(writes: readonly string[]): readonly string[] {
  return writes.toSorted();
}
