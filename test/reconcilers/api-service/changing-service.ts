import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { Clients } from '../../clients.ts';
import type { DataState } from '../../data-state/resources.ts';
import { readServiceState } from '../../service-state/state.ts';
import type { ChangingKind } from '../changing-object.ts';
import { fillSecrets } from './fill-secrets.ts';
import { writesIn } from './service-life.ts';
import { controllerWithDatabase, service, serviceKey } from './service.ts';
import { spec } from './spec.ts';

/** Manifests that are there beside a service, and are converged before it, in this order. */
type Others = readonly { readonly key: string; readonly manifest: JsonObject }[];

/** The service of the contract, with a small network and a small database. */
export function changingService(changes: JsonObject = {}, others: Others = []): ChangingKind {
  const beside = { others: others.map(({ manifest }) => manifest) };
  return {
    key: serviceKey,
    spec: { ...spec, ...changes },
    manifests: (changed) => service({ spec: changed, ...beside }),
    async prepare(endpoint, clock) {
      const controller = await controllerWithDatabase(endpoint, clock, beside);
      for (const { key } of others) await controller.converge(key);
      return controller;
    },
    read,
    help: fillSecrets,
    // The last ten revisions stay: how many there were before is a matter of the cases before.
    writesIn: (passes) => writesIn(passes).filter((write) => !isOldRevision(write)),
  };
}

function isOldRevision(write: string): boolean {
  return /^(DeregisterTaskDefinition|UntagResource) task-definition$/.test(write);
}

/** How many revisions there have been is of no interest. */
async function read(clients: Clients): Promise<DataState> {
  const state = await readServiceState(clients);
  const { taskDefinitions = {} } = state;
  const newest = Object.entries(taskDefinitions).map(([family, revision]) => {
    return [family, Object.assign({}, revision, { activeRevisions: undefined })];
  });
  return { ...state, taskDefinitions: Object.fromEntries(newest) };
}
