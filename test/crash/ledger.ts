import { isJsonObject, type JsonObject } from '../../controller/manifests/json.ts';
import type { ManifestSet } from '../../controller/manifests/manifest.ts';
import type { Lifecycles } from '../emulator/emulator-api.ts';
import {
  contract,
  ledger,
  ledgerKey,
  networkKey,
  withoutLedger,
} from '../reconcilers/ledger-database/ledger.ts';
import { LifeLane } from './life-lane.ts';

/** In seconds: shorter than from pass to pass, and longer than to a next life, which meets what the one before began. */
const moment = 5;

const lifecycles: Lifecycles = {
  'rds/cluster': { creating: moment, modifying: moment, deleting: moment },
  'rds/instance': { creating: moment, deleting: moment },
  'rds/password': { 'resetting-master-credentials': moment },
  'rds/snapshot': { creating: moment },
  // Never `modifying`, in which calls are refused and made again: a sweep needs the same number of them each time.
  'elasticache/replication-group': { creating: moment, snapshotting: moment, deleting: moment },
  'dynamodb/table': { creating: moment, updating: moment, deleting: moment },
  'dynamodb/backup': { CREATING: moment },
};

const environment = { deletion: { policy: 'Delete', maxObjectsPerSync: 1 } };

const capacity = { min: 5, max: 100, targetPercent: 70 };

const { credentials, cache } = partsOfContract();

/** Small, and with one of everything that is written in a way of its own. */
const spec = {
  deletionProtection: false,
  // Clients change over to a new token at once.
  cache: { ...cache, authTokenOverlap: '0s' },
  tables: [
    {
      name: 'sessions',
      partitionKey: { name: 'userId', type: 'S' },
      capacity: { mode: 'OnDemand' },
      timeToLive: 'expiresAt',
      pointInTimeRecovery: true,
    },
    {
      name: 'accounts',
      partitionKey: { name: 'accountId', type: 'S' },
      globalIndexes: [{ name: 'userId', partitionKey: { name: 'userId', type: 'S' } }],
      capacity: { mode: 'Provisioned', read: capacity, write: capacity },
      pointInTimeRecovery: false,
    },
  ],
};

/** A checkout with this database in its network; with changes of its spec if wanted. */
export function ledgerWith(changes: JsonObject = {}): ManifestSet {
  return ledger({ spec: { ...spec, ...changes }, environment });
}

/** The same, in which a password or token that was made before is replaced. */
export function ledgerWithCredentialsSince(time: string): ManifestSet {
  return ledgerWith({
    credentials: { ...credentials, notOlderThan: time },
    cache: { ...spec.cache, authNotOlderThan: time },
  });
}

export const onlyNetwork = withoutLedger(environment);

/** An account with the network only, which is there before anything is swept over. */
export async function laneWithNetwork(): Promise<LifeLane> {
  const lane = await LifeLane.open(ledgerKey);
  await lane.emulator.setLifecycles(lifecycles);
  lane.write(onlyNetwork);
  await lane.converge(networkKey);
  return lane;
}

/** Throws the records away, and learns anew what the network has: nothing about databases is known then. */
export async function forgetLedger(lane: LifeLane): Promise<void> {
  lane.loseState();
  await lane.converge(networkKey);
}

function partsOfContract() {
  const { spec: ofContract } = contract.ledger;
  if (
    !isJsonObject(ofContract) ||
    !isJsonObject(ofContract['credentials']) ||
    !isJsonObject(ofContract['cache'])
  )
    throw new Error('the contract has credentials and a cache');
  return { credentials: ofContract['credentials'], cache: ofContract['cache'] };
}
