import type { Clients } from '../clients.ts';
import { cachesOf } from './caches.ts';
import { comparable } from './comparable.ts';
import { databasesOf } from './databases.ts';
import { namesOf } from './names.ts';
import type { DataState } from './resources.ts';
import { targetsOf } from './scalable-targets.ts';
import { secretsOf } from './secrets.ts';
import { tablesOf } from './tables.ts';

/** Of AWS's answers, what differs each time and says nothing. */
const volatile =
  /Id$|^Latest|^DbiResourceId$|^TableId$|^LastUpdate|^ItemCount$|SizeBytes$|Progress$|^AlarmARN$|^NumberOfDecreases/;
const lasting =
  /^(KmsKeyId|DBClusterIdentifier|DBInstanceIdentifier|ReplicationGroupId|CacheClusterId|ResourceId|VpcId|PerformanceInsightsKMSKeyId|(Vpc)?SecurityGroupId)$/;

/**
 * Everything of databases, caches, tables and secrets in an account, in AWS's own words, without what differs each
 * time: in the place of ids stand names, and of secrets it is told what they hold beside the secret itself.
 */
export async function readDataState(clients: Clients): Promise<DataState> {
  const [names, ...parts] = await Promise.all([
    namesOf(clients),
    databasesOf(clients),
    cachesOf(clients),
    tablesOf(clients),
    secretsOf(clients),
    targetsOf(clients),
  ]);
  const state: DataState = Object.assign({}, ...parts);
  return comparable(state, { names, isVolatile });
}

function isVolatile(key: string): boolean {
  return volatile.test(key) && !lasting.test(key);
}
