import type { CacheCluster } from '@aws-sdk/client-elasticache';
import type { Change, Interruption } from '../../../controller/engine/resource-type.ts';
import type { ObservedReplicationGroup } from './replication-group-list.ts';

/** What AWS keeps for the maintenance window if it is not to do it at once: changes of the nodes. */
const CHANGES_OF_NODES = ['CacheNodeType', 'EngineVersion'] as const;

type ChangeOfNodes = (typeof CHANGES_OF_NODES)[number];

/** As `EngineVersion 7.1.0`. */
export function waitingIn(member: CacheCluster | undefined): readonly string[] {
  return CHANGES_OF_NODES.flatMap((name) => {
    const value = member?.PendingModifiedValues?.[name];
    return value === undefined ? [] : [`${name} ${value}`];
  });
}

export function isWaiting({ outputs }: ObservedReplicationGroup, name: ChangeOfNodes): boolean {
  return outputs.pendingMaintenance.some((waiting) => waiting.startsWith(`${name} `));
}

/**
 * Nodes are replaced one by one. With automatic failover writes stop for the seconds in which a replica takes over;
 * without it for as long as the primary takes.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement-upgrade-considerations.html
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.RedisReplGrps.html
 */
export function interruptionOf({ spec }: ObservedReplicationGroup, { field }: Change): Interruption {
  // To apply at once is to do what waits, which is a change of nodes as well.
  if (field !== 'nodeType' && field !== 'engineVersion' && field !== 'applyImmediately') return 'none';
  return spec.automaticFailover && spec.replicas > 0 ? 'failover' : 'restart';
}
