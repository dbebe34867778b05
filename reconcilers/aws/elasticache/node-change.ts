import type { ModifyReplicationGroupCommandInput } from '@aws-sdk/client-elasticache';
import { Terminal } from '../../../controller/engine/errors.ts';
import { isDowngrade, versionToAskFor } from './engine-version.ts';
import { isUpgrade, isWaiting } from './maintenance.ts';
import type { ObservedReplicationGroup } from './replication-group-list.ts';
import type { ReplicationGroupSpec } from './replication-group-spec.ts';

/**
 * Another node type, engine or version, which interrupts, if only for a moment: it waits for the maintenance window.
 * What waits already is said again, as AWS may put a newer change in the place of one that waits:
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyCacheCluster.html
 */
export function nodeChange(
  current: ObservedReplicationGroup,
  spec: ReplicationGroupSpec,
  changed: ReadonlySet<string>,
): Partial<ModifyReplicationGroupCommandInput> | undefined {
  const isWanted = isUpgrade(changed) || changed.has('nodeType') || changed.has('applyImmediately');
  if (!isWanted) return undefined;
  const hasType = changed.has('nodeType') || isWaiting(current, 'CacheNodeType');
  const isAgain = isWaiting(current, 'EngineVersion');
  const withParameters = isAgain || changed.has('parameterGroupName');
  return {
    ...(hasType ? { CacheNodeType: spec.nodeType } : {}),
    ...(isAgain || isUpgrade(changed) ? upgrade(current, spec, withParameters) : {}),
    ApplyImmediately: spec.applyImmediately,
  };
}

/** An upgrade that waits is taken back where what is there is wanted again. */
function upgrade(
  { outputs: { engineVersion: present } }: ObservedReplicationGroup,
  { engine: Engine, engineVersion: wanted, parameterGroupName }: ReplicationGroupSpec,
  withParameters: boolean,
): Partial<ModifyReplicationGroupCommandInput> {
  if (isDowngrade(wanted, present))
    throw new Terminal(
      'InvalidSpec',
      `has version ${present}, which ElastiCache does not lower to ${wanted}`,
    );
  const EngineVersion = versionToAskFor(wanted, present);
  // Another engine, or major version, takes a parameter group of its own family, and only together with it.
  return {
    Engine,
    EngineVersion,
    ...(withParameters ? { CacheParameterGroupName: parameterGroupName } : {}),
  };
}
