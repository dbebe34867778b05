import {
  ListBackupsCommand,
  PutItemCommand,
  RestoreTableFromBackupCommand,
  ScanCommand,
  TagResourceCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeSnapshotsCommand } from '@aws-sdk/client-elasticache';
import { DescribeKeyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import {
  DescribeDBClustersCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
} from '@aws-sdk/client-rds';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { mutating } from '../../product.ts';
import { Checkout, cluster, instance } from './checkout.ts';
import { alone, singleInstance } from './ledger-life.ts';
import { ledgerKey } from './ledger.ts';
import { merged, Runbook } from './runbook.ts';

const accounts = 'production-ledger-table-accounts';
const secret = 'fintech/db-credentials';
const cache = {
  engineVersion: '7.0',
  nodeType: 'cache.r6g.large',
  authSecretName: 'fintech/redis-auth',
  replicas: 1,
};
const table = {
  name: 'accounts',
  partitionKey: { name: 'accountId', type: 'S' },
  globalIndexes: [{ name: 'userId', partitionKey: { name: 'userId', type: 'S' } }],
  capacity: { mode: 'OnDemand' },
  pointInTimeRecovery: true,
};

let checkout: Checkout;

beforeAll(async () => {
  checkout = await Checkout.start();
});

afterEach(() => checkout.clear());

afterAll(() => checkout.emulator.stop());

async function putAccount(accountId: string): Promise<void> {
  await checkout.clients.dynamodb.send(
    new PutItemCommand({ TableName: accounts, Item: { accountId: { S: accountId } } }),
  );
}

async function accountsIn(TableName: string): Promise<readonly (string | undefined)[]> {
  const { Items = [] } = await checkout.clients.dynamodb.send(new ScanCommand({ TableName }));
  return Items.map(({ accountId }) => accountId?.S);
}

test('Restore to a point in time: from a ledger that is still there', async () => {
  await checkout.begin({ ...alone, readers: 1, tables: [table] });
  await putAccount('a-1');
  const time = new Date().toISOString();
  const runbook = (await Runbook.read('restore-to-a-point-in-time')).with({ '2026-01-31T11:55:00Z': time });
  const { DBClusters: [source] = [] } = await checkout.clients.rds.send(
    runbook.says('rds', new DescribeDBClustersCommand({ DBClusterIdentifier: cluster })),
  );
  expect(Date.parse(time)).toBeGreaterThan(source?.EarliestRestorableTime?.getTime() ?? Infinity);

  const [restored = {}] = runbook.manifests;
  await checkout.commit(restored);
  const key = 'LedgerDatabase/production/ledger-restored';
  await checkout.controller.converge(key, 60);
  const made = await checkout.emulator.revealDatabase('cluster', 'production-ledger-restored-cluster');
  expect(made.restoredFrom).toMatchObject({ source: cluster });
  expect(await checkout.isOpen('production-ledger-restored-cluster', 'fintech/db-credentials-restored')).toBe(
    true,
  );
  expect(await checkout.isOpen(cluster, secret)).toBe(true);
  expect(await accountsIn('production-ledger-restored-table-accounts')).toEqual(['a-1']);
  expect(checkout.controller.record(key).status).toMatchObject({
    endpoint: expect.stringContaining('production-ledger-restored-cluster'),
    tables: [{ name: 'accounts', table: 'production-ledger-restored-table-accounts' }],
  });

  // When it has done its work, the object that it came from can go as well.
  const { restoreFrom: _, ...spec } = { ...Object(restored['spec']) };
  await checkout.apply({ ...restored, spec });
  const { verdict, calls } = await checkout.controller.pass(key);
  expect({ error: verdict.error, writes: mutating(calls) }).toEqual({ error: undefined, writes: [] });
});

test('Restore to a point in time: after a deletion, with the key that stayed', async () => {
  await checkout.begin({ ...alone, tables: [table], deletionPolicy: 'Delete', deletionProtection: false });
  await putAccount('a-1');
  const { kmsKeyArn } = checkout.controller.record(ledgerKey).status;
  await checkout.remove();

  const book = await Runbook.read('restore-to-a-point-in-time');
  const { DBClusterSnapshots: [snapshot] = [] } = await checkout.clients.rds.send(
    book.says(
      'rds',
      new DescribeDBClusterSnapshotsCommand({ DBClusterIdentifier: cluster, SnapshotType: 'manual' }),
    ),
  );
  const { BackupSummaries: [backup] = [] } = await checkout.clients.dynamodb.send(
    book.says('dynamodb', new ListBackupsCommand({ TableName: accounts })),
  );
  const { DBClusterSnapshotIdentifier: snapshotName = '' } = snapshot ?? {};
  const { BackupArn = '' } = backup ?? {};
  const runbook = book.with({
    'production-ledger-cluster-final-20260131180000000': snapshotName,
    'arn:aws:dynamodb:us-east-1:123456789012:table/production-ledger-table-accounts/backup/01769860500000-3d5f1a2b':
      BackupArn,
  });
  await checkout.clients.dynamodb.send(
    runbook.says('dynamodb', new RestoreTableFromBackupCommand({ TargetTableName: accounts, BackupArn })),
  );
  await expect(checkout.follow(runbook.manifests[1])).rejects.toThrow(/table-accounts/);
  expect(checkout.conditions['Stalled']).toMatch(/^True NotOwned: /);
  await checkout.clients.dynamodb.send(
    runbook.says(
      'dynamodb',
      new TagResourceCommand({
        ResourceArn: `arn:aws:dynamodb:us-east-1:123456789012:table/${accounts}`,
        Tags: [
          { Key: 'fintech.global/owner', Value: 'LedgerDatabase/production/ledger' },
          { Key: 'fintech.global/node', Value: 'table-accounts' },
        ],
      }),
    ),
  );
  await checkout.follow(runbook.manifests[1]);
  expect((await checkout.emulator.revealDatabase('cluster', cluster)).restoredFrom).toMatchObject({
    source: snapshotName,
  });
  expect(await checkout.isOpen(cluster, secret)).toBe(true);
  expect(checkout.controller.record(ledgerKey).status['kmsKeyArn']).toBe(kmsKeyArn);
  expect(await accountsIn(accounts)).toEqual(['a-1']);
});

test('Restore to a point in time: one instance, which keeps the key and restoreFrom', async () => {
  const one = { ...singleInstance, readers: undefined, instanceClass: 'db.m6g.large' };
  await checkout.begin({ ...one, deletionPolicy: 'Delete', deletionProtection: false });
  const runbook = await Runbook.read('restore-to-a-point-in-time');
  const name = 'production-ledger-restored-instance';
  const restored = merged(checkout.ledger, {
    metadata: { name: 'ledger-restored' },
    spec: {
      credentials: { username: 'fintechadmin', secretName: 'fintech/db-credentials-restored' },
      restoreFrom: { database: 'ledger' },
    },
  });
  const key = 'LedgerDatabase/production/ledger-restored';
  await checkout.commit(restored);
  await checkout.controller.converge(key, 60);
  expect(await checkout.isOpen(name, 'fintech/db-credentials-restored', 'instance')).toBe(true);
  const { DBInstances: [made] = [] } = await checkout.clients.rds.send(
    new DescribeDBInstancesCommand({ DBInstanceIdentifier: name }),
  );
  expect(made?.KmsKeyId).toBe(checkout.controller.record(ledgerKey).status['kmsKeyArn']);

  // The source may go, and its key and snapshot stay.
  await checkout.apply(restored);
  await checkout.controller.converge(ledgerKey, 60);
  expect(checkout.controller.objects.get(ledgerKey)).toBeUndefined();
  const { calls } = await checkout.controller.pass(key);
  expect(mutating(calls)).toEqual([]);
  const { DBSnapshots = [] } = await checkout.clients.rds.send(
    runbook.says(
      'rds',
      new DescribeDBSnapshotsCommand({ DBInstanceIdentifier: instance, SnapshotType: 'manual' }),
    ),
  );
  expect(DBSnapshots).toHaveLength(1);
});

test('Deletion of a database: two commits, and what stays', async () => {
  await checkout.begin({ ...alone, cache, tables: [table], deletionPolicy: 'Delete' });
  await putAccount('a-1');
  const runbook = await Runbook.read('deletion-of-a-database');
  await expect(checkout.remove()).rejects.toThrow(/deletion protection/);
  expect(checkout.conditions['Stalled']).toMatch(/^True DeletionBlocked/);

  const { spec = {} } = runbook.manifests[0] ?? {};
  expect(spec).toEqual({ deletionPolicy: 'Delete', deletionProtection: false });
  await checkout.follow({ spec });
  await checkout.remove();
  expect(checkout.controller.objects.get(ledgerKey)).toBeUndefined();
  const [snapshots, backups, ofCache, key] = await Promise.all([
    checkout.clients.rds.send(
      runbook.says(
        'rds',
        new DescribeDBClusterSnapshotsCommand({ DBClusterIdentifier: cluster, SnapshotType: 'manual' }),
      ),
    ),
    checkout.clients.dynamodb.send(runbook.says('dynamodb', new ListBackupsCommand({ TableName: accounts }))),
    checkout.clients.elasticache.send(
      runbook.says(
        'elasticache',
        new DescribeSnapshotsCommand({ ReplicationGroupId: 'production-ledger-cache' }),
      ),
    ),
    checkout.clients.kms.send(
      runbook.says('kms', new DescribeKeyCommand({ KeyId: 'alias/production-ledger-key' })),
    ),
  ]);
  expect(snapshots.DBClusterSnapshots).toMatchObject([{ Status: 'available' }]);
  expect(backups.BackupSummaries).toMatchObject([{ BackupStatus: 'AVAILABLE' }]);
  expect(ofCache.Snapshots).toMatchObject([{ SnapshotStatus: 'available' }]);
  expect(key.KeyMetadata?.KeyState).toBe('Enabled');
  const KeyId = key.KeyMetadata?.KeyId ?? '';
  const { PendingWindowInDays } = await checkout.clients.kms.send(
    runbook
      .with({ '11111111-2222-3333-4444-555555555555': KeyId })
      .says('kms', new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 30 })),
  );
  expect(PendingWindowInDays).toBe(30);
});
