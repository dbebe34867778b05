import type { Clock } from '../../../controller/engine/clock.ts';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { ManifestSet } from '../../../controller/manifests/manifest.ts';
import { Controller, fasterClock, readingOf } from '../../product.ts';
import { contractManifest, withAnnotations, withSpec } from '../contract-manifest.ts';
import { contract as others, ledgerKey, networkKey, smallNetwork } from '../ledger-database/ledger.ts';

export { ledgerKey, networkKey } from '../ledger-database/ledger.ts';

/** The service of the contract, with the network and the database that it refers to. */
export const serviceKey = 'ApiService/production/fintech-api';

export const contract = {
  environment: others.environment,
  service: await contractManifest('production-api.yaml'),
};

/** As small as a database can be that a service uses all of: a writer and a cache of one node. */
export const smallLedger = withSpec(others.ledger, {
  readers: 0,
  readerAutoscaling: undefined,
  tables: [],
  cache: {
    engine: 'redis',
    engineVersion: '7.0',
    nodeType: 'cache.t4g.micro',
    replicas: 0,
    authSecretName: 'fintech/redis-auth',
  },
});

export type Changes = {
  /** Fields of the spec that take the place of those of the contract; undefined leaves one out. */
  readonly spec?: JsonObject;
  readonly annotations?: JsonObject;
  /** Of the spec of the Environment. */
  readonly environment?: JsonObject;
  /** Of the spec of the network. */
  readonly network?: JsonObject;
  /** Of the spec of the database. */
  readonly ledger?: JsonObject;
  /** Manifests that are there beside it. */
  readonly others?: readonly JsonObject[];
};

/** A checkout with the service of the contract, a small network and a small database. */
export function service({ spec = {}, annotations = {}, ...changes }: Changes = {}): ManifestSet {
  return readingOf(
    ...surroundings(changes),
    withAnnotations(withSpec(contract.service, spec), annotations),
    ...(changes.others ?? []),
  );
}

/** The same checkout without the service. */
export function withoutService(changes: Changes = {}): ManifestSet {
  return readingOf(...surroundings(changes), ...(changes.others ?? []));
}

/** A controller whose network and database are there already, and the service not yet. */
export async function controllerWithDatabase(
  endpoint: string,
  clock: Clock = fasterClock(100),
  changes: Changes = {},
): Promise<Controller> {
  const controller = new Controller(endpoint, [], clock);
  await controller.apply(withoutService(changes));
  await controller.converge(networkKey);
  await controller.converge(ledgerKey);
  return controller;
}

function surroundings({ environment = {}, network = {}, ledger = {} }: Changes): readonly JsonObject[] {
  return [
    withSpec(contract.environment, environment),
    withSpec(smallNetwork, network),
    withSpec(smallLedger, ledger),
  ];
}
