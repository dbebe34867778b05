import { isDeepStrictEqual } from 'node:util';
import type { OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import { isFields, type Fields } from '../../../controller/engine/resource-type.ts';
import type { LedgerDatabaseSpec, TableOfLedger } from '../spec.ts';

/**
 * Tables that are restored with the ledger: each is in both objects, with the same keys, and the other one can be
 * restored at all.
 */
export function checkRestoredTables(
  { restoreFrom, tables }: LedgerDatabaseSpec,
  { find }: OtherObjects,
): readonly SpecFault[] {
  const { database, tables: restored = [] } = restoreFrom ?? {};
  if (database === undefined) return [];
  const source = find('LedgerDatabase', database);
  return restored.flatMap((name, index) => {
    const own = tables.find((table) => table.name === name);
    const message =
      own === undefined
        ? `there is no table ${name} under tables`
        : source && sourceFault(own, tableOf(source.spec, name), database);
    return message === undefined ? [] : [{ path: ['restoreFrom', 'tables', index], message }];
  });
}

function sourceFault(own: TableOfLedger, other: Fields | undefined, database: string): string | undefined {
  if (other === undefined) return `${database} has no table ${own.name}`;
  if (other['pointInTimeRecovery'] !== true)
    return `${own.name} of ${database} cannot be restored: it has pointInTimeRecovery: false`;
  const isSame =
    isDeepStrictEqual(own.partitionKey, other['partitionKey']) &&
    isDeepStrictEqual(own.sortKey, other['sortKey']);
  return isSame ? undefined : `${own.name} of ${database} has other keys; write the same here`;
}

function tableOf({ tables }: Fields, name: string): Fields | undefined {
  return Array.isArray(tables)
    ? tables.filter((table: unknown) => isFields(table)).find((table) => table['name'] === name)
    : undefined;
}
