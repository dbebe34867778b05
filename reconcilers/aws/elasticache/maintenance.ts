import type { CacheCluster } from '@aws-sdk/client-elasticache';
import type { Change, Interruption } from '../../../controller/engine/resource-type.ts';
import { isEngineWaiting } from './engine-upgrade.ts';
import type { ObservedReplicationGroup } from './replication-group-list.ts';

/** What AWS keeps for the maintenance window if it is not to do it at once: changes of the nodes. */
const CHANGES_OF_NODES = ['CacheNodeType', 'EngineVersion'] as const;

/** The same in a spec; to apply at once is to do what waits, which is a change of nodes as well. */
const FIELDS_OF_NODES: ReadonlySet<string> = new Set([
  'nodeType',
  'engine',
  'engineVersion',
  'applyImmediately',
]);

type ChangeOfNodes = (typeof CHANGES_OF_NODES)[number];

/** As `EngineVersion 7.1.0`, with `Engine valkey` before it where that changes with the version. */
export function waitingIn(member: CacheCluster | undefined): readonly string[] {
  const changes = CHANGES_OF_NODES.flatMap((name) => {
    const value = member?.PendingModifiedValues?.[name];
    return value === undefined ? [] : [`${name} ${value}`];
  });
  return isEngineWaiting(member) ? ['Engine valkey', ...changes] : changes;
}

/** Whether the nodes change what they run; a parameter group of another family goes with that, in the same call. */
export function isUpgrade(changed: ReadonlySet<string>): boolean {
  return changed.has('engine') || changed.has('engineVersion');
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
  if (!FIELDS_OF_NODES.has(field)) return 'none';
  return spec.automaticFailover && spec.replicas > 0 ? 'failover' : 'restart';
}
