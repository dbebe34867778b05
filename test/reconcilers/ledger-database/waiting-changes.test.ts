import { DescribeTableCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import { mutating, type Pass } from '../../product.ts';
import { alone, LedgerLife, writesIn } from './ledger-life.ts';

const TableName = 'production-ledger-table-sessions';
const units = { min: 5, max: 100 };
const sessions = {
  name: 'sessions',
  partitionKey: { name: 'userId', type: 'S' },
  globalIndexes: [indexOn('device')],
  capacity: { mode: 'Provisioned', read: units, write: units },
};
const cache = {
  engineVersion: '7.0',
  nodeType: 'cache.r6g.large',
  replicas: 1,
  authSecretName: 'fintech/redis-auth',
};

let life: LedgerLife;

beforeAll(async () => {
  life = await LedgerLife.start();
});

beforeEach(() => life.clear());

afterAll(() => life.stop());

function indexOn(name: string): JsonObject {
  return { name: `by-${name}`, partitionKey: { name, type: 'S' } };
}

function withTable(change: JsonObject): JsonObject {
  return { ...alone, tables: [{ ...sessions, ...change }] };
}

/** Every pass until nothing is left to do; what waits is told as waiting, and as nothing worse. */
async function whileItWaits(): Promise<readonly Pass[]> {
  const passes: Pass[] = [];
  do {
    passes.push(await life.pass());
    expect(life.condition('Stalled') ?? 'False').toMatch(/^False/);
    await new Promise((resolve) => setTimeout(resolve, 40));
  } while (passes.at(-1)?.verdict.error !== undefined && passes.length < 100);
  expect(life.condition('Ready')).toMatch(/^True InSync/);
  return passes;
}

async function indexes(): Promise<readonly string[]> {
  const { Table } = await life.clients.dynamodb.send(new DescribeTableCommand({ TableName }));
  return (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName = '' }) => IndexName).toSorted();
}

describe('the indexes of a table', () => {
  beforeEach(() => life.change(withTable({})));

  test('are made and removed one after the other, the new ones first', async () => {
    await life.emulator.setLifecycles({ 'dynamodb/index': { creating: 0.1, deleting: 0.1 } });
    await life.apply(withTable({ globalIndexes: ['day', 'city', 'agent'].map(indexOn) }));
    const passes = await whileItWaits();
    expect(await indexes()).toEqual(['by-agent', 'by-city', 'by-day']);
    expect(writesIn(passes).filter((write) => write.startsWith('UpdateTable'))).toEqual(
      Array(4).fill('UpdateTable table-sessions'),
    );
  });

  test('wait for one that somebody else is just making, which then goes', async () => {
    await life.emulator.setLifecycles({ 'dynamodb/index': { creating: 'held' } });
    await life.clients.dynamodb.send(
      new UpdateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: 'hand', AttributeType: 'S' }],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: 'by-hand',
              KeySchema: [{ AttributeName: 'hand', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'ALL' },
              ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
            },
          },
        ],
      }),
    );
    await life.apply(withTable({ globalIndexes: [indexOn('device'), indexOn('day')] }));
    const pass = await life.pass();
    expect(mutating(pass.calls)).toEqual([]);
    expect(life.condition('Ready')).toMatch(/^False Progressing: .*index by-hand is CREATING/);
    await life.emulator.setLifecycles({ 'dynamodb/index': { creating: 0 } });
    await life.emulator.release('dynamodb/index');
    await whileItWaits();
    expect(await indexes()).toEqual(['by-day', 'by-device']);
  });
});

test('a table that was made on-demand as often as it may be in a day waits, scaled as before', async () => {
  const onDemand = withTable({ capacity: { mode: 'OnDemand' } });
  await life.change(withTable({}));
  for (let count = 0; count < 4; count += 1) {
    await life.change(onDemand);
    await life.change(withTable({}));
  }
  const before = await life.state();
  await life.apply(onDemand);
  const pass = await life.pass();
  expect(writesIn([pass])).toEqual(['UpdateTable table-sessions (LimitExceededException)']);
  expect(life.condition('Ready')).toMatch(/^False Progressing: .*limited to 4 times in 1 day/);
  expect(life.condition('Stalled') ?? 'False').toMatch(/^False/);
  expect(changesBetween(before, await life.state())).toEqual([]);
});

describe('everything at once', () => {
  test('of a cluster and its instances is done in as many calls as AWS needs', async () => {
    await life.change({ ...alone, readers: 1 });
    await life.emulator.setLifecycles({
      'rds/cluster': { modifying: 0.15 },
      'rds/instance': { creating: 0.15, modifying: 0.15 },
    });
    await life.apply({
      ...alone,
      readers: 2,
      engineVersion: '15.6',
      instanceClass: 'db.r6g.xlarge',
      backup: { retentionDays: 14, window: '01:00-02:00' },
      maintenanceWindow: 'mon:05:00-mon:06:00',
      deletionProtection: false,
      dataApi: false,
      iamAuthentication: true,
      logExports: [],
      performanceInsights: undefined,
      enhancedMonitoring: undefined,
      parameters: { log_statement: 'ddl' },
    });
    const passes = await whileItWaits();
    expect(writesIn(passes).filter((write) => write.includes('('))).toEqual([]);
    const { clusters, instances, roles } = await life.state();
    expect(clusters).toMatchObject({
      'production-ledger-cluster': {
        EngineVersion: '15.6',
        BackupRetentionPeriod: 14,
        PreferredBackupWindow: '01:00-02:00',
        PreferredMaintenanceWindow: 'mon:05:00-mon:06:00',
        DeletionProtection: false,
        HttpEndpointEnabled: false,
        IAMDatabaseAuthenticationEnabled: true,
      },
    });
    expect(Object.values(instances ?? {})).toMatchObject(
      Array.from({ length: 3 }, () => ({
        DBInstanceClass: 'db.r6g.xlarge',
        PerformanceInsightsEnabled: false,
        MonitoringInterval: 0,
      })),
    );
    expect(Object.keys(roles ?? {})).not.toContain('production-ledger-monitoring');
  });

  test('of a cache is done step by step', async () => {
    await life.change({ ...alone, cache });
    await life.emulator.setLifecycles({ 'elasticache/replication-group': { modifying: 0.15 } });
    await life.apply({
      ...alone,
      cache: {
        ...cache,
        engineVersion: '7.1',
        nodeType: 'cache.r6g.xlarge',
        replicas: 2,
        snapshotRetentionDays: 3,
        snapshotWindow: '03:00-04:00',
        maintenanceWindow: 'mon:05:00-mon:06:00',
        autoMinorVersionUpgrade: false,
        authTokenOverlap: '2h',
        parameters: { timeout: '300' },
      },
    });
    const passes = await whileItWaits();
    expect(writesIn(passes).filter((write) => write.includes('('))).toEqual([]);
    const { caches, cacheNodes } = await life.state();
    expect(caches).toMatchObject({
      'production-ledger-cache': {
        CacheNodeType: 'cache.r6g.xlarge',
        SnapshotRetentionLimit: 3,
        SnapshotWindow: '03:00-04:00',
        AutoMinorVersionUpgrade: false,
      },
    });
    expect(Object.values(cacheNodes ?? {})).toMatchObject(
      Array.from({ length: 3 }, () => ({
        EngineVersion: '7.1.0',
        PreferredMaintenanceWindow: 'mon:05:00-mon:06:00',
      })),
    );
  });
});
