import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import {
  AddTagsToResourceCommand,
  IncreaseReplicaCountCommand,
  ModifyCacheParameterGroupCommand,
  ModifyCacheSubnetGroupCommand,
  ModifyReplicationGroupCommand,
  RemoveTagsFromResourceCommand,
  ResetCacheParameterGroupCommand,
  type ModifyReplicationGroupCommandInput,
} from '@aws-sdk/client-elasticache';
import type { DriftRow } from '../drift-row.ts';
import { named, securityGroup } from './names-in-aws.ts';

const ReplicationGroupId = named('cache');
const CacheParameterGroupName = named('cache-parameters-redis7');
const arn = `arn:aws:elasticache:us-east-1:123456789012:replicationgroup:${ReplicationGroupId}`;
const cache = 'elasticache/replication-group cache';
const parameters = 'elasticache/parameter-group cache-parameters-redis7: parameters';

/** The cache, its parameters and its subnets. */
export const cacheDrift: readonly DriftRow[] = [
  cacheRow('keeps snapshots of the cache for a day only', { SnapshotRetentionLimit: 1 }, [
    'snapshotRetentionDays is 1, should be 7 (availability)',
  ]),
  {
    ...cacheRow('makes no snapshots of the cache any more', { SnapshotRetentionLimit: 0 }, [
      'snapshotRetentionDays is 0, should be 7 (availability)',
    ]),
    // Snapshots that are switched on again are those of the first node.
    leaves: [
      `cacheNodes.${ReplicationGroupId}-001.SnapshotRetentionLimit: 0 → 7`,
      `cacheNodes.${ReplicationGroupId}-002.SnapshotRetentionLimit: 7 → 0`,
    ],
    batch: 1,
  },
  cacheRow('makes snapshots of the cache by day', { SnapshotWindow: '10:00-11:00' }, [
    'snapshotWindow is 10:00-11:00, should be 02:00-03:00 (availability)',
  ]),
  cacheRow('moves the maintenance of the cache', { PreferredMaintenanceWindow: 'mon:10:00-mon:11:00' }, [
    'maintenanceWindow is mon:10:00-mon:11:00, should be sun:05:00-sun:06:00 (availability)',
  ]),
  cacheRow('keeps the cache at its minor version', { AutoMinorVersionUpgrade: false }, [
    'autoMinorVersionUpgrade is false, should be true (security)',
  ]),
  cacheRow('describes the cache otherwise', { ReplicationGroupDescription: 'mine' }, [
    'description is mine, should be The cache of production/ledger (cosmetic)',
  ]),
  cacheRow('lets clients in without TLS', { TransitEncryptionMode: 'preferred' }, [
    'transitEncryption is preferred, should be required (security)',
  ]),
  cacheRow('makes the nodes larger', { CacheNodeType: 'cache.r6g.xlarge' }, [
    'nodeType is cache.r6g.xlarge, should be cache.r6g.large (cost)',
  ]),
  cacheRow('gives the cache the parameters of AWS', { CacheParameterGroupName: 'default.redis7' }, [
    `parameterGroupName is default.redis7, should be ${CacheParameterGroupName} (availability)`,
  ]),
  cacheRow('leaves the cache without failover', { MultiAZEnabled: false, AutomaticFailoverEnabled: false }, [
    'automaticFailover is false, should be true (availability)',
    'multiAz is false, should be true (availability)',
  ]),
  cacheRow(
    'has the slow log written to a log group of theirs',
    {
      LogDeliveryConfigurations: [
        {
          LogType: 'slow-log',
          DestinationType: 'cloudwatch-logs',
          DestinationDetails: { CloudWatchLogsDetails: { LogGroup: 'theirs' } },
          LogFormat: 'json',
          Enabled: true,
        },
      ],
    },
    [
      'logDelivery.slow-log is {"destinationType":"cloudwatch-logs","destination":"theirs","format":"json"}, should be absent (security)',
    ],
  ),
  {
    what: 'lets the app’s group into the cache',
    change: async (clients) => {
      const SecurityGroupIds = [
        await securityGroup(clients, 'sg-cache'),
        await securityGroup(clients, 'sg-app'),
      ];
      return clients.elasticache.send(
        new ModifyReplicationGroupCommand({ ReplicationGroupId, SecurityGroupIds, ApplyImmediately: true }),
      );
    },
    says: [`${cache}: securityGroupIds is ["sg-*","sg-*"], should be ["sg-*"] (security)`],
  },
  {
    what: 'adds replicas',
    change: ({ elasticache }) =>
      elasticache.send(
        new IncreaseReplicaCountCommand({ ReplicationGroupId, NewReplicaCount: 3, ApplyImmediately: true }),
      ),
    says: [`${cache}: replicas is 3, should be 1 (availability)`],
  },
  {
    what: 'takes a tag from the cache, and forbids the last snapshot',
    change: async ({ elasticache }) => {
      const ResourceName = arn;
      await elasticache.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys: ['Compliance'] }));
      const Tags = [{ Key: 'fintech.global/snapshot-before-deletion', Value: 'false' }];
      return elasticache.send(new AddTagsToResourceCommand({ ResourceName, Tags }));
    },
    says: [
      `${cache}: tags.Compliance is absent, should be SOC2 (cost)`,
      `${cache}: finalSnapshot is false, should be true (availability)`,
    ],
  },
  {
    what: 'makes the cache forget which token it has',
    change: ({ elasticache }) =>
      elasticache.send(
        new RemoveTagsFromResourceCommand({
          ResourceName: arn,
          TagKeys: ['fintech.global/auth-token-version'],
        }),
      ),
    says: [`${cache}: authSecretVersion is unknown, should be * (security)`],
    // The token is introduced once more, and for the overlap it is added to itself.
    leaves: [`caches.${ReplicationGroupId}.Tags*SET* → *PROMOTED <time>*`],
    batch: 2,
  },
  {
    what: 'has the cache refuse writes when it is full, and close idle connections',
    change: ({ elasticache }) =>
      elasticache.send(
        new ModifyCacheParameterGroupCommand({
          CacheParameterGroupName,
          ParameterNameValues: [
            { ParameterName: 'maxmemory-policy', ParameterValue: 'noeviction' },
            { ParameterName: 'timeout', ParameterValue: '60' },
          ],
        }),
      ),
    says: [
      `${parameters}.maxmemory-policy is noeviction, should be volatile-lru (availability)`,
      `${parameters}.timeout is 60, should be absent (availability)`,
    ],
  },
  {
    what: 'resets the parameters of the cache',
    change: ({ elasticache }) =>
      elasticache.send(
        new ResetCacheParameterGroupCommand({ CacheParameterGroupName, ResetAllParameters: true }),
      ),
    says: [`${parameters}.maxmemory-policy is absent, should be volatile-lru (availability)`],
    batch: 1,
  },
  {
    what: 'lets caches into the app subnets, and describes that',
    change: async ({ ec2, elasticache }) => {
      const names = ['data-us-east-1a', 'data-us-east-1b', 'app-us-east-1a'];
      const Values = names.map((name) => `production-core-${name}`);
      const { Subnets = [] } = await ec2.send(
        new DescribeSubnetsCommand({ Filters: [{ Name: 'tag:Name', Values }] }),
      );
      return elasticache.send(
        new ModifyCacheSubnetGroupCommand({
          CacheSubnetGroupName: named('cache-subnets'),
          CacheSubnetGroupDescription: 'more',
          SubnetIds: Subnets.map(({ SubnetId = '' }) => SubnetId),
        }),
      );
    },
    says: [
      'elasticache/subnet-group cache-subnets: subnetIds is ["subnet-*","subnet-*","subnet-*"], should be ["subnet-*","subnet-*"] (availability)',
      'elasticache/subnet-group cache-subnets: description is more, should be The cache of production/ledger (cosmetic)',
    ],
  },
];

function cacheRow(
  what: string,
  modification: Partial<ModifyReplicationGroupCommandInput>,
  says: readonly string[],
): DriftRow {
  return {
    what,
    change: ({ elasticache }) =>
      elasticache.send(
        new ModifyReplicationGroupCommand({ ReplicationGroupId, ApplyImmediately: true, ...modification }),
      ),
    says: says.map((text) => `${cache}: ${text}`),
  };
}
