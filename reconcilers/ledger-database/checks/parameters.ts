import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { LedgerDatabaseSpec } from '../spec.ts';

/**
 * Parameters that are not for the spec to set. Whether the family knows the others, RDS says:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 */
export function checkParameters({
  parameters,
  instanceParameters,
}: LedgerDatabaseSpec): readonly SpecFault[] {
  const faults: SpecFault[] = [];
  const forceSsl = parameters['rds.force_ssl'];
  if (forceSsl !== undefined && forceSsl !== '1') {
    const message = 'must be "1": nobody connects without TLS';
    faults.push({ path: ['parameters', 'rds.force_ssl'], message });
  }
  if (instanceParameters['rds.force_ssl'] !== undefined) {
    const message = 'is a parameter of the cluster; it is always "1"';
    faults.push({ path: ['instanceParameters', 'rds.force_ssl'], message });
  }
  return [
    ...faults,
    ...namesOf('parameters', parameters),
    ...namesOf('instanceParameters', instanceParameters),
  ];
}

/** RDS compares names as they are written, and has none with other characters. */
function namesOf(field: string, values: Readonly<Record<string, string>>): readonly SpecFault[] {
  return Object.keys(values)
    .filter((name) => !/^[a-z_][a-zA-Z0-9_]*(\.[a-zA-Z0-9_]+)*$/.test(name))
    .map((name) => ({
      path: [field, name],
      message: 'is no name of a parameter, like log_min_duration_statement',
    }));
}
