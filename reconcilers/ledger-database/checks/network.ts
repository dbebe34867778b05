import type { OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import { isFields } from '../../../controller/engine/resource-type.ts';
import type { LedgerDatabaseSpec } from '../spec.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html and API_CreateDBInstance.html */
const lowestPort = 1_150;

/** The network that the databases are in, and the port that it opens for them. */
export function checkNetwork(
  { networkRef: { name } }: LedgerDatabaseSpec,
  { isDefined, find }: OtherObjects,
): readonly SpecFault[] {
  const path = ['networkRef', 'name'];
  if (!isDefined('FintechNetwork', name))
    return [{ path, message: `there is no FintechNetwork ${name} in this namespace` }];
  const ports = find('FintechNetwork', name)?.spec['ports'];
  const port = isFields(ports) ? Number(ports['database']) : undefined;
  if (port === undefined || !(port < lowestPort)) return [];
  return [{ path, message: `${name} has ports.database: ${port}; databases take ${lowestPort} to 65535` }];
}
