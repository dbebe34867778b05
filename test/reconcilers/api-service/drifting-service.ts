import type { JsonObject } from '../../../controller/manifests/json.ts';
import { clientsFor } from '../../clients.ts';
import { readServiceState } from '../../service-state/state.ts';
import type { DriftingKind } from '../drifting-object.ts';
import { fillSecrets } from './fill-secrets.ts';
import { controllerWithDatabase, service, serviceKey } from './service.ts';

/** The service of the contract with another spec, in an account where what it needs is there already. */
export function driftingService(spec: JsonObject, surroundings = controllerWithDatabase): DriftingKind {
  const kind: DriftingKind = {
    key: serviceKey,
    manifests: (mode) => service({ spec, annotations: { 'fintech.global/mode': mode } }),
    async create(endpoint, clock) {
      const controller = await surroundings(endpoint, clock);
      await controller.apply(kind.manifests('Enforce'));
      await controller.pass(serviceKey);
      await fillSecrets(clientsFor(endpoint));
      await controller.converge(serviceKey);
      return controller;
    },
    read: readServiceState,
    account: (clients) => clients,
  };
  return kind;
}
