import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { FieldCases } from '../field-cases.ts';

const cache = {
  engine: 'redis',
  engineVersion: '6.0',
  nodeType: 'cache.r6g.large',
  replicas: 1,
  snapshotRetentionDays: 7,
  snapshotWindow: '02:00-03:00',
  maintenanceWindow: 'sun:05:00-sun:06:00',
  authSecretName: 'fintech/redis-auth',
  parameters: { 'maxmemory-policy': 'volatile-lru' },
};

function to(change: JsonObject): JsonObject {
  return { cache: { ...cache, ...change } };
}

const group = 'caches.production-ledger-cache';
const node = (number: number) => `cacheNodes.production-ledger-cache-00${number}`;
const inNodes = (change: string) => [1, 2].map((number) => `${node(number)}.${change}`);
const secret = 'secrets.fintech/redis-auth';
const parameters = 'cacheParameterGroups.production-ledger-cache-parameters-redis6-x';
const retained = 'Tags: * → *"fintech.global/retained"*';
// Of which node AWS takes the snapshots; it is as good as the other.
const nodeOfSnapshots = [
  `${node(1)}.SnapshotRetentionLimit: 0 → 7`,
  `${node(2)}.SnapshotRetentionLimit: 7 → 0`,
];

export const cacheSettings: JsonObject = { cache };

/** The fields of the cache. */
export const cacheFields: FieldCases = {
  changed: {
    'cache.engineVersion': {
      change: to({ engineVersion: '6.2' }),
      changes: inNodes('EngineVersion: "6.0.5" → "6.2.6"'),
      // A later version of the same major one is as good.
      leaves: inNodes('EngineVersion: "6.0.5" → "6.2.6"'),
    },
    'cache.nodeType': {
      change: to({ nodeType: 'cache.r6g.xlarge' }),
      changes: [
        `${group}.CacheNodeType: "cache.r6g.large" → "cache.r6g.xlarge"`,
        ...inNodes('CacheNodeType: "cache.r6g.large" → "cache.r6g.xlarge"'),
      ],
    },
    'cache.replicas': {
      change: to({ replicas: 2 }),
      changes: [
        `${group}.MemberClusters: * → *,"production-ledger-cache-003"]`,
        `${group}.NodeGroups.0.NodeGroupMembers: * → *"production-ledger-cache-003","CurrentRole":"replica"*`,
        `${node(3)}: nothing → *`,
      ],
    },
    'cache.replicas, none any more': {
      change: to({ replicas: 0 }),
      changes: [
        `${group}.AutomaticFailover: "enabled" → "disabled"`,
        `${group}.MultiAZ: "enabled" → "disabled"`,
        `${group}.MemberClusters: * → ["production-ledger-cache-001"]`,
        `${group}.NodeGroups.0.NodeGroupMembers: * → [*"production-ledger-cache-001","CurrentRole":"primary"*]`,
        `${node(1)}.SnapshotRetentionLimit: 0 → 7`,
        `${node(2)}: * → nothing`,
      ],
      leaves: nodeOfSnapshots,
    },
    'cache.snapshotRetentionDays': {
      change: to({ snapshotRetentionDays: 0 }),
      changes: [`${group}.SnapshotRetentionLimit: 7 → 0`, `${node(2)}.SnapshotRetentionLimit: 7 → 0`],
      leaves: nodeOfSnapshots,
    },
    'cache.snapshotWindow': {
      change: to({ snapshotWindow: '03:00-04:00' }),
      changes: [
        `${group}.SnapshotWindow: "02:00-03:00" → "03:00-04:00"`,
        ...inNodes('SnapshotWindow: "02:00-03:00" → "03:00-04:00"'),
      ],
    },
    'cache.maintenanceWindow': {
      change: to({ maintenanceWindow: 'mon:05:00-mon:06:00' }),
      changes: inNodes('PreferredMaintenanceWindow: "sun:05:00-sun:06:00" → "mon:05:00-mon:06:00"'),
    },
    'cache.autoMinorVersionUpgrade': {
      change: to({ autoMinorVersionUpgrade: false }),
      changes: [
        `${group}.AutoMinorVersionUpgrade: true → false`,
        ...inNodes('AutoMinorVersionUpgrade: true → false'),
      ],
    },
    'cache.authRotationDays': {
      change: to({ authRotationDays: 7 }),
      changes: [`${secret}.Tags: * → *"fintech.global/rotate-after-days","Value":"7"*`],
    },
    // What was made later stays.
    'cache.authNotOlderThan': {
      change: to({ authNotOlderThan: '2020-01-31T12:00:00Z' }),
      changes: [`${secret}.Tags: * → *"fintech.global/not-older-than"*`],
    },
    'cache.authTokenOverlap': {
      change: to({ authTokenOverlap: '2h' }),
      changes: [`${group}.Tags.*.Value: "3600" → "7200"`],
    },
    'cache.parameters': {
      change: to({ parameters: { timeout: '300' } }),
      changes: [
        `${parameters}.Parameters.maxmemory-policy: "volatile-lru" → nothing`,
        `${parameters}.Parameters.timeout: nothing → "300"`,
      ],
    },
    // With what it needs: AWS would delete none of that.
    'cache, none any more': {
      change: { cache: undefined },
      changes: [
        `${group}.${retained}`,
        `cacheSubnetGroups.production-ledger-cache-subnets.${retained}`,
        `${parameters}.${retained}`,
        `${secret}.${retained}`,
      ],
    },
  },
  refused: {
    'cache.engine': {
      change: to({ engine: 'valkey', engineVersion: '7.2' }),
      because:
        'elasticache/replication-group cache (production-ledger-cache) the upgrade from redis to valkey is undone by a replacement only, and the upgrade from version 6.0.5 to 7.2 is a major one, and cannot be undone',
    },
    'cache.engineVersion, a later major one': {
      change: to({ engineVersion: '7.0' }),
      because:
        'elasticache/replication-group cache (production-ledger-cache) the upgrade from version 6.0.5 to 7.0 is a major one, and cannot be undone',
    },
    'cache.authSecretName': {
      change: to({ authSecretName: 'fintech/other' }),
      because:
        'secretsmanager/secret cache-token (*) would be replaced and its data lost: name cannot be changed in place',
    },
    'cache, none any more': {
      change: { cache: undefined, deletionPolicy: 'Delete' },
      because:
        'elasticache/replication-group cache (production-ledger-cache) would be deleted with its data; secretsmanager/secret cache-token (*) would be deleted with its data',
    },
    'networkRef.name': {
      change: { networkRef: { name: 'other' } },
      because:
        'rds/subnet-group subnets (*; rds/cluster cluster (*; elasticache/subnet-group cache-subnets (production-ledger-cache-subnets) would be replaced and everything in it: vpcId cannot be changed in place; elasticache/replication-group cache (production-ledger-cache) would be replaced and its data lost: subnetGroupName cannot be changed in place',
    },
  },
  impossible: {
    'cache.engineVersion, an earlier major one': {
      change: to({ engineVersion: '5.0.6' }),
      because:
        'elasticache/replication-group cache has version 6.0.5, which ElastiCache does not lower to 5.0.6',
      changes: ['cacheParameterGroups.production-ledger-cache-parameters-redis5-0: nothing → *'],
    },
  },
  faulty: {
    'cache.engineVersion, one that there is not': {
      change: to({ engineVersion: '8.0' }),
      says: 'there is no redis 8.0; there are 5.0.6, 6.x, 6.0, 6.2, 7.0 and 7.1',
    },
  },
};
