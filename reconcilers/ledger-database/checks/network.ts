import type { OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import type { LedgerDatabaseSpec } from '../spec.ts';

/** The network that the databases are in. */
export function checkNetwork(
  { networkRef: { name } }: LedgerDatabaseSpec,
  { isDefined }: OtherObjects,
): readonly SpecFault[] {
  if (isDefined('FintechNetwork', name)) return [];
  return [{ path: ['networkRef', 'name'], message: `there is no FintechNetwork ${name} in this namespace` }];
}
