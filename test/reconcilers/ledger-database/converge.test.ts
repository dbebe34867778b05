import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DataState } from '../../data-state/resources.ts';
import { mutating, type Pass } from '../../product.ts';
import { versionInForce } from './access.ts';
import { ledgerKey } from './ledger.ts';
import { LedgerLife } from './ledger-life.ts';
import { readable, tagsIn } from './readable.ts';

let life: LedgerLife;
let passes: readonly Pass[];
let state: DataState;

beforeAll(async () => {
  life = await LedgerLife.start();
  passes = await life.change({});
  state = await life.state();
});

afterAll(() => life.stop());

test('The ledger of the contract is there after three passes, and the fourth one writes nothing', () => {
  expect(passes.length).toBeLessThanOrEqual(4);
  expect(mutating(passes.at(-1)?.calls ?? [])).toEqual([]);
});

test('Nothing that AWS was asked for was refused', () => {
  const failed = passes.flatMap(({ calls }) => calls).filter(({ outcome }) => outcome !== 'success');
  expect(failed).toEqual([]);
});

test('What is in AWS then is what people who know AWS expect', async () => {
  const { roles = {}, ...others } = state;
  const own = Object.entries(roles).filter(([name]) => name.startsWith('production-ledger-'));
  await expect(readable({ ...others, roles: Object.fromEntries(own) })).toMatchFileSnapshot('converged.txt');
});

test('It says that it is ready, with all its parts', () => {
  expect(life.controller.conditions(ledgerKey)).toEqual({
    Ready: 'True InSync: 20 resources are as the manifest says',
    Drifted: 'False NoDrift: AWS is as it was left',
    EncryptionReady: 'True InSync: key',
    CredentialsReady: 'True InSync: credentials; master',
    DatabaseReady:
      'True InSync: monitoring; subnets; cluster-parameters-15; cluster-members-parameters-15; cluster; and 3 more',
    CacheReady: 'True InSync: cache-token; cache-subnets; cache-parameters-redis7; cache',
    TablesReady:
      'True InSync: table-sessions; scale-read-sessions; scale-write-sessions; table-transactions; table-accounts',
  });
});

test('Its status says what other objects and people need', async () => {
  const { conditions: _, resources: __, ...status } = life.status;
  const table = (name: string) => ({
    name,
    table: `production-ledger-table-${name}`,
    arn: arn('dynamodb', `table/production-ledger-table-${name}`),
    streamArn: arn('dynamodb', `table/production-ledger-table-${name}/stream/\\S+`),
  });
  const instance = { needsReboot: false, waitsForMaintenance: [] };
  expect(status).toEqual({
    endpoint: expect.stringMatching(
      /^production-ledger-cluster\.cluster-\w+\.us-east-1\.rds\.amazonaws\.com$/,
    ),
    readerEndpoint: expect.stringMatching(
      /^production-ledger-cluster\.cluster-ro-\w+\.us-east-1\.rds\.amazonaws\.com$/,
    ),
    port: 5432,
    databaseName: 'fintech',
    identifier: 'production-ledger-cluster',
    writer: 'production-ledger-instance-0',
    maxConnections: 1636,
    memoryMiB: 16_384,
    freeStorageMetric: 'FreeLocalStorage',
    secretArn: arn('secretsmanager', 'secret:fintech/db-credentials-\\w{6}'),
    credentialsVersion: await versionInForce(life.clients, 'fintech/db-credentials'),
    kmsKeyArn: arn('kms', 'key/[0-9a-f-]{36}'),
    instances: [
      { id: 'production-ledger-instance-0', role: 'writer', zone: 'us-east-1a', ...instance },
      { id: 'production-ledger-instance-1', role: 'reader', zone: 'us-east-1b', ...instance },
    ],
    parametersAppliedAtReboot: { cluster: [], instances: [] },
    waitsForMaintenance: [],
    cache: {
      name: 'production-ledger-cache',
      endpoint: expect.stringMatching(/^master\.production-ledger-cache\./),
      readerEndpoint: expect.stringMatching(/^replica\.production-ledger-cache\./),
      port: 6379,
      nodes: ['production-ledger-cache-001', 'production-ledger-cache-002'],
      authSecretArn: arn('secretsmanager', 'secret:fintech/redis-auth-\\w{6}'),
      authTokenVersion: await versionInForce(life.clients, 'fintech/redis-auth'),
      waitsForMaintenance: [],
    },
    tables: [table('sessions'), table('transactions'), table('accounts')],
    observedGeneration: 1,
    lastObservedTime: expect.any(String),
  });
});

test('Everything that can have tags has those of the Environment, and a name', () => {
  const tags = Object.values(tagsIn(state)).filter((found) => found['fintech.global/owner'] === ledgerKey);
  const nodes = tags.map((found) => found['fintech.global/node'] ?? '');
  // The credentials of the master user are a tag of their secret.
  const expected = life.controller.record(ledgerKey).status.resources.map(({ node }) => node);
  expect(nodes.toSorted()).toEqual(expected.filter((node) => node !== 'master').toSorted());
  for (const found of tags)
    expect(found).toMatchObject({
      Environment: 'Production',
      Project: 'FinTechGlobal',
      CostCenter: 'CC-12345',
      Owner: 'team-platform@company.com',
      DataClassification: 'Confidential',
      Compliance: 'SOC2',
      BackupPolicy: 'Daily',
      AutoShutdown: 'false',
      ManagedBy: 'fintech-controller',
      Name: `production-ledger-${found['fintech.global/node']}`,
    });
});

test('The next pass writes nothing and takes 29 calls', async () => {
  const { calls, verdict } = await life.pass();
  expect(mutating(calls)).toEqual([]);
  expect(verdict.error).toBeUndefined();
  expect(verdict).toMatchObject({ wrote: false, appeared: [], resync: 300_000 });
  const byService = Map.groupBy(calls, ({ service }) => service);
  expect(Object.fromEntries([...byService].map(([service, group]) => [service, group.length]))).toEqual({
    kms: 4,
    iam: 2,
    secrets: 1,
    rds: 4,
    elasticache: 4,
    // Three of each table: of a table DynamoDB tells its settings, its backups and its time to live one by one.
    dynamodb: 9,
    autoscaling: 4,
    tagging: 1,
  });
});

function arn(service: string, resource: string) {
  return expect.stringMatching(new RegExp(`^arn:aws:${service}:us-east-1:123456789012:${resource}$`));
}
