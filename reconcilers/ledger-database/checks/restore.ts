import type { OtherObject, OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import { isFields } from '../../../controller/engine/resource-type.ts';
import type { LedgerDatabaseSpec } from '../spec.ts';
import { pastFault } from './times.ts';

/** What a new object is restored from. What AWS keeps of the other one is not changed by restoring it. */
export function checkRestore(spec: LedgerDatabaseSpec, others: OtherObjects): readonly SpecFault[] {
  const { restoreFrom } = spec;
  if (restoreFrom === undefined) return [];
  const { database, time, tables } = restoreFrom;
  if (database === undefined) {
    const needless = { time, tables };
    return Object.entries(needless).flatMap(([field, value]) =>
      value === undefined
        ? []
        : [{ path: ['restoreFrom', field], message: 'only with restoreFrom.database' }],
    );
  }
  const path = ['restoreFrom', 'database'];
  return [
    ...pastFault(['restoreFrom', 'time'], time, 'only the past can be restored'),
    ...sourceFaults(database, spec, others).map((message) => ({ path, message })),
  ];
}

function sourceFaults(name: string, spec: LedgerDatabaseSpec, others: OtherObjects): readonly string[] {
  if (name === others.self.metadata.name)
    return [`${name} is this object; a database is restored into a new one`];
  if (!others.isDefined('LedgerDatabase', name)) {
    // A restored instance keeps the key of its source, so that restoreFrom stays in its manifest.
    if (spec.engine === 'postgres') return [];
    return [
      `there is no LedgerDatabase ${name} in this namespace; remove restoreFrom if it has done its work`,
    ];
  }
  const source = others.find('LedgerDatabase', name);
  return source === undefined ? [] : differences(spec, source);
}

/** What a restored database has from the other one, and cannot change. */
function differences(
  spec: LedgerDatabaseSpec,
  { spec: other, metadata: { name } }: OtherObject,
): readonly string[] {
  const { credentials } = other;
  const compared = [
    ['engine', spec.engine, other['engine']],
    ['databaseName', spec.databaseName, other['databaseName']],
    ['credentials.username', spec.credentials.username, isFields(credentials) ? credentials['username'] : ''],
  ] as const;
  return compared.flatMap(([field, own, theirs]) =>
    own === theirs ? [] : [`${name} has ${field}: ${String(theirs)}; write the same here`],
  );
}
