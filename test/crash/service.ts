import { isJsonObject, type JsonObject } from '../../controller/manifests/json.ts';
import type { ManifestSet } from '../../controller/manifests/manifest.ts';
import { Terminal } from '../../controller/engine/errors.ts';
import type { Lifecycles } from '../emulator/emulator-api.ts';
import { fillSecrets } from '../reconcilers/api-service/fill-secrets.ts';
import {
  contract,
  ledgerKey,
  networkKey,
  service,
  serviceKey,
  withoutService,
} from '../reconcilers/api-service/service.ts';
import { LifeLane } from './life-lane.ts';

/** In seconds: shorter than from pass to pass, and longer than to a next life, which meets what the one before began. */
const moment = 5;

/** Of tasks each, one after the other. */
const tasks = { starting: moment, stopping: moment };

const lifecycles: Lifecycles = {
  'ecs/service': tasks,
  'elb/load-balancer': { provisioning: moment },
};

/** The tasks of a deployment that begins from now on fail, until the circuit breaker gives it up. */
export const failingTasks: Lifecycles = { 'ecs/service': { ...tasks, failing: 3 * moment } };

const environment = { deletion: { policy: 'Delete', maxObjectsPerSync: 1 } };

const { certificateArn, ...ingress } = partOfContract('ingress');

/** Without encryption. */
export const plainIngress = { ...ingress, deletionProtection: false };

/** As few tasks as show that they are replaced one by one; and a topic of its own, to have one of everything. */
const spec = {
  replicas: { min: 2, max: 4 },
  alarms: {},
  ingress: { ...plainIngress, certificateArn },
};

/** A checkout with this service, its network and its database; with changes of its spec if wanted. */
export function serviceWith(changes: JsonObject = {}): ManifestSet {
  return service({ spec: { ...spec, ...changes }, environment });
}

/** The same, before anybody had a certificate. */
export const plainService = serviceWith({ ingress: plainIngress });

/** Another image, which is told something else. */
export const nextRelease = {
  image: { repository: 'fintech-api', tag: '1.5.0' },
  container: { ...partOfContract('container'), environment: { ENVIRONMENT: 'production', RELEASE: 'next' } },
};

export const onlyDatabase = withoutService({ environment });

/** An account with network and database only, which are there before anything is swept over. */
export async function laneWithDatabase(): Promise<LifeLane> {
  const lane = await LifeLane.open(serviceKey, { meanwhile: fillSecrets, isEnd: isFailedDeployment });
  await lane.emulator.setLifecycles(lifecycles);
  lane.write(onlyDatabase);
  await lane.converge(networkKey);
  await lane.converge(ledgerKey);
  return lane;
}

/** Throws the records away, and learns anew what network and database have: nothing about services is known then. */
export async function forgetService(lane: LifeLane): Promise<void> {
  lane.loseState();
  await lane.converge(networkKey);
  await lane.converge(ledgerKey);
}

/** AWS has gone back to what ran before, and nobody deploys the same again. */
function isFailedDeployment(error: unknown): boolean {
  return error instanceof Terminal && error.reason === 'DeploymentFailed';
}

function partOfContract(part: string): JsonObject {
  const { spec: ofContract } = contract.service;
  const found = isJsonObject(ofContract) ? ofContract[part] : undefined;
  if (!isJsonObject(found)) throw new Error(`the contract has ${part}`);
  return found;
}
