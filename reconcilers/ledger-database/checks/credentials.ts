import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { LedgerDatabaseSpec } from '../spec.ts';
import { reservedForDatabases, reservedForUsers } from './reserved-words.ts';
import { pastFault } from './times.ts';

/** Names that the database keeps for itself, and when passwords are replaced. */
export function checkCredentials({
  engine,
  databaseName,
  credentials,
  cache,
}: LedgerDatabaseSpec): readonly SpecFault[] {
  return [
    ...nameFault(['databaseName'], databaseName, reservedForDatabases(databaseName)),
    ...nameFault(['credentials', 'username'], credentials.username, reservedForUsers(credentials.username)),
    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
    ...(engine === 'aurora-postgresql' && credentials.username.includes('_')
      ? [{ path: ['credentials', 'username'], message: 'Aurora takes letters and digits only' }]
      : []),
    ...replacedFault(['credentials', 'notOlderThan'], credentials.notOlderThan),
    ...replacedFault(['cache', 'authNotOlderThan'], cache?.authNotOlderThan),
  ];
}

function nameFault(path: SpecFault['path'], name: string, why: string | undefined): readonly SpecFault[] {
  return why === undefined ? [] : [{ path, message: `${name} ${why}; choose another name` }];
}

/** Until a time that is still to come, every new value would be too old again. */
function replacedFault(path: SpecFault['path'], time: string | undefined): readonly SpecFault[] {
  return pastFault(path, time, 'what is made until then would be replaced again and again');
}
