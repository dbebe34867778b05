import type { ModifyReplicationGroupCommandInput } from '@aws-sdk/client-elasticache';
import { Terminal } from '../../../controller/engine/errors.ts';
import { isDowngrade } from './engine-version.ts';
import { isWaiting } from './maintenance.ts';
import type { ObservedReplicationGroup } from './replication-group-list.ts';
import type { ReplicationGroupSpec } from './replication-group-spec.ts';

/**
 * Another node type or version, which interrupts, if only for a moment: it waits for the maintenance window. What
 * waits already is said again, as AWS may put a newer change in the place of one that waits:
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyCacheCluster.html
 */
export function nodeChange(
  current: ObservedReplicationGroup,
  spec: ReplicationGroupSpec,
  changed: ReadonlySet<string>,
): Partial<ModifyReplicationGroupCommandInput> | undefined {
  const isWanted = ['nodeType', 'engineVersion', 'applyImmediately'].some((field) => changed.has(field));
  if (!isWanted) return undefined;
  const hasType = changed.has('nodeType') || isWaiting(current, 'CacheNodeType');
  const isUpgradeAgain = !changed.has('engineVersion') && isWaiting(current, 'EngineVersion');
  return {
    ...(hasType ? { CacheNodeType: spec.nodeType } : {}),
    ...(changed.has('engineVersion') ? upgrade(current, spec, changed.has('parameterGroupName')) : {}),
    ...(isUpgradeAgain ? upgrade(current, spec, true) : {}),
    ApplyImmediately: spec.applyImmediately,
  };
}

function upgrade(
  { spec: { engineVersion: actual } }: ObservedReplicationGroup,
  { engineVersion: EngineVersion, parameterGroupName }: ReplicationGroupSpec,
  withParameters: boolean,
): Partial<ModifyReplicationGroupCommandInput> {
  if (isDowngrade(EngineVersion, actual))
    throw new Terminal(
      'InvalidSpec',
      `has version ${actual}, which ElastiCache does not lower to ${EngineVersion}`,
    );
  // Another major version takes a parameter group of its own family.
  return { EngineVersion, ...(withParameters ? { CacheParameterGroupName: parameterGroupName } : {}) };
}
