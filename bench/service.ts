import { setTimeout as sleep } from 'node:timers/promises';
import { assembleDaemon } from '../controller/cli/assembly.ts';
import { isFields } from '../controller/engine/resource-type.ts';
import type { ManifestSet } from '../controller/manifests/manifest.ts';
import { clientsFor } from '../test/clients.ts';
import { readDataState } from '../test/data-state/state.ts';
import { startEmulator } from '../test/emulator/start.ts';
import { Controller } from '../test/product.ts';
import { readAccount } from '../test/reconcilers/fintech-network/account.ts';
import { Person } from '../test/reconcilers/person.ts';
import { readServiceState } from '../test/service-state/state.ts';
import { alwaysOpen, folders, keyOf, manifestsIn, rounded } from './environments.ts';
import { countNothingToDo, type NothingToDo } from './nothing-to-do.ts';
import { Watched } from './watched.ts';

/** Seconds that AWS takes here. What does not need one another is made side by side. */
const seconds = {
  natGateway: 2,
  interfaceEndpoint: 1,
  loadBalancer: 2,
  cluster: 6,
  instance: 6,
  cache: 5,
  table: 1,
  /** Until all tasks of a new service run. */
  deployment: 4,
} as const;

/** What the daemon takes to make whole environments of empty accounts, and to find that there is nothing to do. */
export type ServiceFigures = NothingToDo & {
  readonly manifests: string;
  /** Until everything is Ready. */
  readonly seconds: number;
  readonly criticalPath: number;
  /** 1.2 times the path and 5. */
  readonly limit: number;
  readonly passes: number;
  readonly reads: number;
  readonly writes: number;
};

export async function measureServices(): Promise<readonly ServiceFigures[]> {
  const figures: ServiceFigures[] = [];
  for (const folder of folders) figures.push(await measure(folder));
  const failed = figures.filter(
    (figure) => figure.seconds > figure.limit || figure['nothing to do: writes'] > 0,
  );
  if (failed.length > 0)
    throw new Error(
      `took too long, or had no end: ${failed.map((figure) => JSON.stringify(figure)).join(', ')}`,
    );
  return figures;
}

async function measure(folder: string): Promise<ServiceFigures> {
  const set = alwaysOpen(await manifestsIn(folder));
  const service = keyOf(set, 'ApiService');
  await using emulator = await startEmulator();
  await warmUp(emulator.endpoint);
  await emulator.setLifecycles(lifecyclesOf(set));
  const controller = new Controller(emulator.endpoint);
  const { calls, objects, product } = controller;
  const watched = new Watched(
    new Set([...set.objects.keys()].filter((key) => !key.startsWith('Environment/'))),
  );
  const { daemon } = assembleDaemon(objects, product, [watched]);
  const ready = watched.allReady();
  await daemon.apply(set);
  const person = new Person(controller);
  daemon.start(set.objects.size);
  await fillSecretsUntil(ready, person);
  const creation = { seconds: rounded(watched.seconds), passes: watched.passes };
  const writes = calls.filter(({ mutating }) => mutating).length;
  const reads = calls.length - writes;
  await watched.idle();
  await daemon.stop();
  controller.close();
  const criticalPath = pathOf(set);
  return {
    manifests: `manifests/${folder}`,
    ...creation,
    criticalPath,
    limit: rounded(1.2 * criticalPath + 5),
    reads,
    writes,
    ...(await countNothingToDo(emulator.endpoint, [...objects.all.values()], service)),
  };
}

/** The emulator loads a service when it is first asked for it: that is neither AWS's time nor ours. */
async function warmUp(endpoint: string): Promise<void> {
  const clients = clientsFor(endpoint);
  await Promise.all([readAccount(clients), readDataState(clients), readServiceState(clients)]);
}

function lifecyclesOf(set: ManifestSet) {
  return {
    'ec2/nat-gateway': { pending: seconds.natGateway },
    'ec2/vpc-endpoint': { pending: seconds.interfaceEndpoint },
    'elb/load-balancer': { provisioning: seconds.loadBalancer },
    'rds/cluster': { creating: seconds.cluster },
    'rds/instance': { creating: seconds.instance },
    'elasticache/replication-group': { creating: seconds.cache },
    'dynamodb/table': { creating: seconds.table },
    // The emulator starts tasks one after the other.
    'ecs/service': { starting: seconds.deployment / tasksOf(set) },
  };
}

/**
 * A database is made in subnets, of a network that is Ready; a service gets endpoints and secrets of a database that is
 * Ready. Its load balancer needs the network only, tables nothing, and a lake is there before any of them.
 */
function pathOf(set: ManifestSet): number {
  const engine = specOf(set, 'LedgerDatabase')['engine'];
  const network = Math.max(seconds.natGateway, seconds.interfaceEndpoint);
  const instances = engine === 'postgres' ? seconds.instance : seconds.cluster + seconds.instance;
  const database = Math.max(network + Math.max(instances, seconds.cache), seconds.table);
  return Math.max(database, network + seconds.loadBalancer) + seconds.deployment;
}

function tasksOf(set: ManifestSet): number {
  const { replicas } = specOf(set, 'ApiService');
  return isFields(replicas) ? Number(replicas['min']) : 1;
}

function specOf(set: ManifestSet, kind: string) {
  return set.objects.get(keyOf(set, kind))?.spec ?? {};
}

/** Somebody puts values into empty secrets as soon as they are there. */
async function fillSecretsUntil(ready: Promise<void>, person: Person): Promise<void> {
  const isReady = ready.then(() => true);
  while (!(await Promise.race([isReady, sleep(200)]))) await person.fillSecrets();
  person.close();
}
