import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { singleInstance } from './ledger-life.ts';
import { wanted, type Wanted } from './wanted.ts';

type Nodes = Wanted['nodes'];

const contract = wanted();

/** Ids of nodes that only the other one has, as `+id`, that it lacks, as `-id`, and that differ, as `~id`. */
function differences(changes: JsonObject): readonly string[] {
  const [one, other] = [contract.nodes, wanted(changes).nodes];
  const ids = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return ids
    .flatMap((id) => {
      if (!(id in one)) return [`+${id}`];
      if (!(id in other)) return [`-${id}`];
      return JSON.stringify(one[id]) === JSON.stringify(other[id]) ? [] : [`~${id}`];
    })
    .toSorted();
}

function specOf(nodes: Nodes, id: string): JsonObject {
  const node = nodes[id];
  if (node === undefined) throw new Error(`there is no ${id}`);
  return node.spec;
}

/** Everything that a node needs, and what that needs. */
function allNeeds(nodes: Nodes, id: string): ReadonlySet<string> {
  const needs = new Set(nodes[id]?.needs);
  for (const need of needs) for (const further of nodes[need]?.needs ?? []) needs.add(further);
  return needs;
}

describe('A change of the manifest', () => {
  test('without a cache has nothing of one', () => {
    expect(differences({ cache: undefined })).toEqual([
      '-cache',
      '-cache-parameters-redis7',
      '-cache-subnets',
      '-cache-token',
    ]);
    expect(wanted({ cache: undefined }).status).not.toHaveProperty('cache');
  });

  test('without tables has nothing of them', () => {
    expect(differences({ tables: [] })).toEqual([
      '-scale-read-sessions',
      '-scale-write-sessions',
      '-table-accounts',
      '-table-sessions',
      '-table-transactions',
    ]);
  });

  test('that adds or removes readers touches no other instance', () => {
    expect(differences({ readers: 3 })).toEqual(['+instance-2', '+instance-3', '~reader-scaling']);
    expect(differences({ readers: 0, readerAutoscaling: undefined })).toEqual([
      '-instance-1',
      '-reader-scaling',
    ]);
  });

  test('that gives up enhanced monitoring gives up its role', () => {
    expect(differences({ enhancedMonitoring: undefined })).toEqual([
      '-monitoring',
      '~instance-0',
      '~instance-1',
    ]);
  });

  test('to another major version makes its parameter groups beside those of the one before', () => {
    expect(differences({ engineVersion: '16.4' })).toEqual([
      '+cluster-members-parameters-16',
      '+cluster-parameters-16',
      '-cluster-members-parameters-15',
      '-cluster-parameters-15',
      '~cluster',
      '~instance-0',
      '~instance-1',
    ]);
    expect(differences({ engineVersion: '15.8' })).toEqual(['~cluster']);
  });

  test('of deletion protection holds for the cluster and all tables', () => {
    expect(differences({ deletionProtection: false })).toEqual([
      '~cluster',
      '~table-accounts',
      '~table-sessions',
      '~table-transactions',
    ]);
  });
});

describe('Instances of a cluster', () => {
  test('are spread over the zones of the network, round and round', () => {
    const { nodes } = wanted({ readers: 2 });
    const zones = [0, 1, 2].map((index) => specOf(nodes, `instance-${index}`)['availabilityZone']);
    expect(zones).toEqual(
      [0, 1, 2].map((index) => `\${FintechNetwork/production/core.subnets.data.%${index}.zone}`),
    );
  });

  test('take over in their order', () => {
    const { nodes } = wanted({ readers: 2 });
    const tiers = [0, 1, 2].map((index) => specOf(nodes, `instance-${index}`)['promotionTier']);
    expect(tiers).toEqual([0, 1, 1]);
  });

  test('are there before the cluster is given an autoscaler', () => {
    expect(contract.nodes['reader-scaling']?.needs).toEqual(['cluster', 'instance-0', 'instance-1']);
  });
});

describe('One instance of RDS', () => {
  const { nodes, status } = wanted(singleInstance);

  test('has one parameter group, which forces TLS, and nothing of a cluster', () => {
    expect(Object.keys(nodes).toSorted()).toEqual([
      'credentials',
      'instance',
      'instance-parameters-15',
      'key',
      'master',
      'monitoring',
      'subnets',
    ]);
    expect(specOf(nodes, 'instance-parameters-15')).toMatchObject({
      family: 'postgres15',
      parameters: { 'rds.force_ssl': '1' },
    });
  });

  test('is encrypted, and in two zones with storage that grows where that is wanted', () => {
    expect(specOf(nodes, 'instance')).toMatchObject({
      engine: 'postgres',
      multiAz: true,
      storageType: 'gp3',
      storage: { allocatedGiB: 100, maxGiB: 200 },
      storageEncrypted: true,
      kmsKeyArn: '${kms/key key.arn}',
      publiclyAccessible: false,
      availabilityZone: '',
    });
  });

  test('is told of in the status as a cluster is, but for the reader endpoint', () => {
    expect(status).toMatchObject({
      endpoint: '${rds/instance instance.endpoint}',
      identifier: '${rds/instance instance.identifier}',
      instances: [{ role: 'writer' }],
      writer: '${rds/instance instance.identifier}',
      freeStorageMetric: 'FreeStorageSpace',
      memoryMiB: '${rds/instance instance.memoryMiB}',
    });
    expect(status).not.toHaveProperty('readerEndpoint');
  });
});

describe('The cache', () => {
  test('fails over by itself once it has a replica, and not before', () => {
    expect(specOf(contract.nodes, 'cache')).toMatchObject({ automaticFailover: true, multiAz: true });
    expect(specOf(cacheWith({ replicas: 0 }), 'cache')).toMatchObject({
      automaticFailover: false,
      multiAz: false,
    });
  });

  test.each([
    ['redis', '7.1', 'redis7'],
    ['redis', '6.2', 'redis6.x'],
    ['valkey', '8.0', 'valkey8'],
  ])('%s %s has a parameter group of the family %s', (engine, engineVersion, family) => {
    const nodes = cacheWith({ engine, engineVersion, parameters: {} });
    expect(specOf(nodes, `cache-parameters-${family.replace('.', '-')}`)['family']).toBe(family);
  });
});

describe('Tables', () => {
  const table = {
    name: 'payments',
    partitionKey: { name: 'id', type: 'S' },
    globalIndexes: [{ name: 'by-user', partitionKey: { name: 'userId', type: 'S' } }],
    capacity: { mode: 'Provisioned', read: { min: 5, max: 50 }, write: { min: 2, max: 20 } },
  };

  test('that are provisioned are scaled with each of their indexes, each of these with its own dimension', () => {
    const { nodes } = wanted({ tables: [table] });
    const scaled = Object.entries(nodes).filter(([id]) => id.startsWith('scale-'));
    expect(
      scaled.map(([id, { spec }]) => [id, spec['dimension'], spec['minCapacity'], spec['maxCapacity']]),
    ).toEqual([
      ['scale-read-payments', 'dynamodb:table:ReadCapacityUnits', 5, 50],
      ['scale-write-payments', 'dynamodb:table:WriteCapacityUnits', 2, 20],
      ['scale-read-payments/by-user', 'dynamodb:index:ReadCapacityUnits', 5, 50],
      ['scale-write-payments/by-user', 'dynamodb:index:WriteCapacityUnits', 2, 20],
    ]);
    expect(specOf(nodes, 'table-payments')['capacity']).toEqual({
      mode: 'PROVISIONED',
      table: { read: { autoscaledFrom: 5 }, write: { autoscaledFrom: 2 } },
      indexes: { 'by-user': { read: { autoscaledFrom: 5 }, write: { autoscaledFrom: 2 } } },
    });
  });

  test('on demand are not scaled', () => {
    const { nodes } = wanted({ tables: [{ ...table, capacity: { mode: 'OnDemand' } }] });
    expect(Object.keys(nodes).filter((id) => id.startsWith('scale-'))).toEqual([]);
  });

  test('are backed up before they go, under the key of the object', () => {
    expect(specOf(contract.nodes, 'table-accounts')).toMatchObject({
      backupBeforeDeletion: true,
      kmsKeyArn: '${kms/key key.arn}',
      recoveryPeriodDays: 35,
    });
  });
});

describe('What holds for a while only', () => {
  test('asleep: what can be stopped is to be stopped, its password stays, and nothing else changes', () => {
    const { cluster, credentials, master, ...others } = wanted({}, { isAsleep: true }).nodes;
    const { cluster: _, credentials: __, master: ___, ...before } = contract.nodes;
    expect(others).toEqual(before);
    expect(specOf(contract.nodes, 'cluster')['running']).toBe(true);
    expect(cluster?.spec).toEqual({ ...specOf(contract.nodes, 'cluster'), running: false });
    expect(credentials?.spec).toEqual({ ...specOf(contract.nodes, 'credentials'), age: 'any' });
    const secretVersion = '${secretsmanager/secret credentials.versionId}';
    expect(master?.spec).toEqual({ ...specOf(contract.nodes, 'master'), secretVersion });
    expect(specOf(wanted(singleInstance, { isAsleep: true }).nodes, 'instance')['running']).toBe(false);
  });

  test('applied immediately: everything that would wait for a maintenance window is told so', () => {
    const { nodes } = wanted({}, { applyImmediately: true });
    const told = Object.entries(nodes).filter(([, { spec }]) => 'applyImmediately' in spec);
    expect(told.map(([id]) => id)).toEqual(['cluster', 'instance-0', 'instance-1', 'cache']);
    for (const [, { spec }] of told) expect(spec['applyImmediately']).toBe(true);
  });
});

describe('Restored', () => {
  const time = '2026-01-05T12:00:00Z';

  test('from another object at a time it names what AWS calls the other one’s cluster and tables', () => {
    const { nodes } = wanted({ restoreFrom: { database: 'source', time, tables: ['accounts'] } });
    expect(specOf(nodes, 'cluster')['restoreFrom']).toEqual({
      kind: 'pointInTime',
      sourceIdentifier: 'production-source-cluster',
      time,
    });
    expect(specOf(nodes, 'table-accounts')['restoreFrom']).toEqual({
      sourceTableName: 'production-source-table-accounts',
      time,
    });
    expect(specOf(nodes, 'table-sessions')).not.toHaveProperty('restoreFrom');
    expect(specOf(nodes, 'master')['writesFirstPassword']).toBe(true);
  });

  test('from a snapshot it is a new database with the password of its own secret', () => {
    const { nodes } = wanted({ restoreFrom: { snapshot: 'before-the-change' } });
    expect(specOf(nodes, 'cluster')['restoreFrom']).toEqual({
      kind: 'snapshot',
      snapshotIdentifier: 'before-the-change',
    });
    expect(specOf(nodes, 'master')['writesFirstPassword']).toBe(true);
    expect(specOf(contract.nodes, 'master')['writesFirstPassword']).toBe(false);
  });
});

test('The key outlives the object, and nothing else does', () => {
  const lasting = Object.entries(contract.nodes).filter(([, { outlivesObject }]) => outlivesObject);
  expect(lasting.map(([id]) => id)).toEqual(['key']);
});

test('The database, the cache and the tables wait for nothing of each other', () => {
  const { nodes } = contract;
  const shared = new Set(['credentials', 'key', 'monitoring']);
  const needsOf = (id: string) => [...allNeeds(nodes, id)].filter((need) => !shared.has(need));
  expect(needsOf('instance-1').toSorted()).toEqual([
    'cluster',
    'cluster-members-parameters-15',
    'cluster-parameters-15',
    'subnets',
  ]);
  expect(needsOf('cache').toSorted()).toEqual(['cache-parameters-redis7', 'cache-subnets', 'cache-token']);
  expect(needsOf('table-sessions')).toEqual([]);
});

function cacheWith(changes: JsonObject): Nodes {
  const cache = {
    engine: 'redis',
    engineVersion: '7.0',
    nodeType: 'cache.r6g.large',
    replicas: 1,
    authSecretName: 'fintech/redis-auth',
  };
  return wanted({ cache: { ...cache, ...changes } }).nodes;
}
