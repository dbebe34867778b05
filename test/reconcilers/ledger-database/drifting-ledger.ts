import type { JsonObject } from '../../../controller/manifests/json.ts';
import { readAwsState } from '../../aws-state.ts';
import type { Clients } from '../../clients.ts';
import { readDataState } from '../../data-state/state.ts';
import type { DriftingKind } from '../drifting-object.ts';
import { controllerWithNetwork, ledger, ledgerKey } from './ledger.ts';

/** The database of the contract with another spec, in a small network. */
export function driftingLedger(spec: JsonObject): DriftingKind {
  const kind: DriftingKind = {
    key: ledgerKey,
    manifests: (mode) => ledger({ spec, annotations: { 'fintech.global/mode': mode } }),
    async create(endpoint, clock) {
      const controller = await controllerWithNetwork(endpoint, clock);
      await controller.apply(kind.manifests('Enforce'));
      await controller.converge(ledgerKey);
      return controller;
    },
    read,
    account: (clients) => clients,
    oneByOne: true,
  };
  return kind;
}

async function read(clients: Clients): Promise<unknown> {
  const [data, { keys, roles, others }] = await Promise.all([readDataState(clients), readAwsState(clients)]);
  return { ...data, keys, roles, others };
}
