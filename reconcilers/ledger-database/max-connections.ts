import type { NodeHandle } from '../../controller/engine/graph.ts';
import type { Input } from '../../controller/engine/ref.ts';
import type { InstanceFacts } from '../aws/rds/instance/instance-settings.ts';
import type { LedgerDatabaseSpec } from './spec.ts';

/** What the spec says, or what the class that the instance has now takes by itself; 0 where nobody knows. */
export function maxConnectionsOf(
  spec: LedgerDatabaseSpec,
  instance: NodeHandle<InstanceFacts> | undefined,
): Input<number> {
  const parameter = parameterOf(spec);
  if (parameter === undefined) return instance?.ref('defaultMaxConnections') ?? 0;
  // A formula, as `{DBInstanceClassMemory/12000000}`, AWS alone can calculate.
  return /^\d+$/.test(parameter) ? Number(parameter) : 0;
}

/**
 * Those of instances, which only Aurora has here, come before those of the cluster:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithDBClusterParamGroups.html
 */
function parameterOf({ parameters, instanceParameters }: LedgerDatabaseSpec): string | undefined {
  return instanceParameters['max_connections'] ?? parameters['max_connections'];
}
