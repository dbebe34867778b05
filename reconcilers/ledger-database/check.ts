import type { OtherObjects, SpecFault } from '../../controller/engine/kind.ts';
import { checkCache } from './checks/cache.ts';
import { checkCapacity } from './checks/capacity.ts';
import { checkCredentials } from './checks/credentials.ts';
import { checkEngine } from './checks/engine.ts';
import { checkIdentifiers } from './checks/identifiers.ts';
import { checkIndexes } from './checks/indexes.ts';
import { checkInstanceClass } from './checks/instance-class.ts';
import { checkKeys } from './checks/keys.ts';
import { checkNetwork } from './checks/network.ts';
import { checkParameters } from './checks/parameters.ts';
import { checkPerformanceInsights } from './checks/performance-insights.ts';
import { checkReaders } from './checks/readers.ts';
import { checkRestore } from './checks/restore.ts';
import { checkRestoredTables } from './checks/restored-tables.ts';
import { checkSecretNames } from './checks/secret-names.ts';
import { checkStorage } from './checks/storage.ts';
import { checkWindows } from './checks/windows.ts';
import type { LedgerDatabaseSpec } from './spec.ts';

/** What AWS would refuse, or what would do something else than it seems to say. */
export function checkLedgerDatabase(spec: LedgerDatabaseSpec, others: OtherObjects): readonly SpecFault[] {
  return [
    ...checkIdentifiers(spec, others),
    ...checkNetwork(spec, others),
    ...checkEngine(spec),
    ...checkInstanceClass(spec),
    ...checkReaders(spec),
    ...checkStorage(spec),
    ...checkCredentials(spec),
    ...checkSecretNames(spec, others),
    ...checkWindows(spec),
    ...checkPerformanceInsights(spec),
    ...checkParameters(spec),
    ...checkRestore(spec, others),
    ...checkRestoredTables(spec, others),
    ...checkCache(spec),
    ...spec.tables.flatMap((table, index) =>
      [...checkKeys(table), ...checkIndexes(table), ...checkCapacity(table)].map(({ path, message }) => ({
        path: ['tables', index, ...path],
        message,
      })),
    ),
  ];
}
