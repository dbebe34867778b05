import { readAwsState } from '../../aws-state.ts';
import type { Clients } from '../../clients.ts';
import { readNetworkState } from '../../network-state.ts';
import { Controller } from '../../product.ts';
import type { DriftingKind } from '../drifting-object.ts';
import type { Network } from './drift-rows.ts';
import { networkKey, production } from './network.ts';

/** The network of the contract. */
export const driftingNetwork: DriftingKind<Network> = {
  key: networkKey,
  manifests: (mode) => production({}, { 'fintech.global/mode': mode }),
  async create(endpoint, clock) {
    const controller = new Controller(endpoint, [], clock);
    await controller.apply(production());
    await controller.converge(networkKey);
    return controller;
  },
  read,
  account,
  namer,
};

async function read(clients: Clients): Promise<unknown> {
  const [networks, { roles, others }] = await Promise.all([readNetworkState(clients), readAwsState(clients)]);
  return { ...networks, roles, others };
}

/** As it is known now: what is made again has another id. */
function account(clients: Clients, controller: Controller): Network {
  const ids = new Map(controller.record(networkKey).status.resources.map(({ node, id }) => [node, id]));
  const id = (node: string) => {
    const found = ids.get(node);
    if (found === undefined) throw new Error(`there is no ${node}`);
    return found;
  };
  return { ...clients, id };
}

/** Writes `<node>` for the ids that are known now; what has a name is written with it. */
function namer(controller: Controller): (text: string) => string {
  const resources = controller
    .record(networkKey)
    .status.resources.filter(({ id }) => /^[a-z]+-[\da-f]+$/.test(id));
  return (text) => resources.reduce((named, { id, node }) => named.replaceAll(id, `<${node}>`), text);
}
