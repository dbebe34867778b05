import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { Clients } from '../../clients.ts';
import { readAwsState } from '../../aws-state.ts';
import { withoutChoiceOfWriter } from '../../crash/cluster-roles.ts';
import { readDataState } from '../../data-state/state.ts';
import type { ChangingKind } from '../changing-object.ts';
import { partOf } from '../contract-manifest.ts';
import { contract, controllerWithNetwork, ledger, ledgerKey } from './ledger.ts';
import { archiveOf, otherNetwork, otherNetworkKey } from './neighbours.ts';

/** The database of the contract with another spec, beside what it could be in, or be restored from, instead. */
export function changingLedger(changes: JsonObject): ChangingKind {
  const others = [otherNetwork, archiveOf(changes)];
  const kind: ChangingKind = {
    key: ledgerKey,
    spec: { ...partOf(contract.ledger, 'spec'), ...changes },
    manifests: (spec) => ledger({ spec, others }),
    async prepare(endpoint, clock) {
      const controller = await controllerWithNetwork(endpoint, clock);
      await controller.apply(kind.manifests(kind.spec));
      await controller.converge(otherNetworkKey);
      return controller;
    },
    read,
  };
  return kind;
}

async function read(clients: Clients): Promise<unknown> {
  const [data, { keys, roles }] = await Promise.all([readDataState(clients), readAwsState(clients)]);
  return { ...withoutChoiceOfWriter(data), keys, roles };
}
