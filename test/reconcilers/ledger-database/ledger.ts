import type { Clock } from '../../../controller/engine/clock.ts';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { ManifestSet } from '../../../controller/manifests/manifest.ts';
import { Controller, fasterClock, readingOf } from '../../product.ts';
import { contractManifest, withAnnotations, withSpec } from '../contract-manifest.ts';

/** The database of the contract, and the network that it is in. */
export const ledgerKey = 'LedgerDatabase/production/ledger';
export const networkKey = 'FintechNetwork/production/core';

export const contract = {
  environment: await contractManifest('production-environment.yaml'),
  ledger: await contractManifest('production-ledger.yaml'),
};

/** As small as a network can be: what databases need of it is subnets and groups. */
export const smallNetwork = {
  apiVersion: 'fintech.global/v1alpha1',
  kind: 'FintechNetwork',
  metadata: { name: 'core', namespace: 'production' },
  spec: {
    cidr: '10.0.0.0/16',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    subnets: {
      public: ['10.0.1.0/24', '10.0.2.0/24'],
      app: ['10.0.11.0/24', '10.0.12.0/24'],
      data: ['10.0.21.0/24', '10.0.22.0/24'],
    },
    natGateways: 'None',
    networkAcls: 'Default',
    endpoints: { gateway: [], interface: [] },
    flowLogs: { destination: 'CloudWatch', trafficType: 'REJECT', retentionDays: 7 },
  },
};

export type Changes = {
  /** Fields of the spec that take the place of those of the contract; undefined leaves one out. */
  readonly spec?: JsonObject;
  readonly annotations?: JsonObject;
  /** Of the spec of the Environment. */
  readonly environment?: JsonObject;
  /** Manifests that are there beside it. */
  readonly others?: readonly JsonObject[];
};

/** A checkout with the database of the contract in a small network. */
export function ledger({
  spec = {},
  annotations = {},
  environment = {},
  others = [],
}: Changes = {}): ManifestSet {
  return readingOf(
    withSpec(contract.environment, environment),
    smallNetwork,
    withAnnotations(withSpec(contract.ledger, spec), annotations),
    ...others,
  );
}

/** The same checkout without the database. */
export function withoutLedger(environment: JsonObject = {}): ManifestSet {
  return readingOf(withSpec(contract.environment, environment), smallNetwork);
}

/** A controller whose network is there already, and the database not yet. */
export async function controllerWithNetwork(
  endpoint: string,
  clock: Clock = fasterClock(100),
  environment: JsonObject = {},
): Promise<Controller> {
  const controller = new Controller(endpoint, [], clock);
  await controller.apply(withoutLedger(environment));
  await controller.converge(networkKey);
  return controller;
}
