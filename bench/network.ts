import { assembleDaemon } from '../controller/cli/assembly.ts';
import type { ManifestSet } from '../controller/manifests/manifest.ts';
import type { Lifecycles } from '../test/emulator/emulator-api.ts';
import { clientsFor } from '../test/clients.ts';
import { startEmulator } from '../test/emulator/start.ts';
import { Controller } from '../test/product.ts';
import { readAccount } from '../test/reconcilers/fintech-network/account.ts';
import { manyNetworks } from '../test/reconcilers/fintech-network/many.ts';
import { production } from '../test/reconcilers/fintech-network/network.ts';
import { Watched } from './watched.ts';

/** Seconds that AWS takes here to make what it does not make at once. Both are made side by side. */
const natGateway = 2;
const interfaceEndpoint = 1;
const criticalPath = Math.max(natGateway, interfaceEndpoint);

const together = 20;

/** What the daemon takes to make networks, and to find that there is nothing to do. */
export type NetworkFigures = Readonly<Record<string, number>>;

export async function measureNetworks(): Promise<NetworkFigures> {
  const one = await measure(production(), {
    'ec2/nat-gateway': { pending: natGateway },
    'ec2/vpc-endpoint': { pending: interfaceEndpoint },
  });
  const many = await measure(manyNetworks(together), {});
  return {
    'creation: seconds until Ready': rounded(one.seconds),
    'creation: seconds of its critical path, a NAT gateway': criticalPath,
    'creation: seconds it may take, 1.2 times the path and 3': 1.2 * criticalPath + 3,
    'creation: passes': one.passes,
    'creation: calls that read': one.reads,
    'creation: calls that write': one.writes,
    'nothing to do: calls': one.resyncCalls,
    [`${together} networks, creation: seconds until all are Ready`]: rounded(many.seconds),
    [`${together} networks, creation: calls`]: many.reads + many.writes,
    [`${together} networks, nothing to do: calls for all`]: many.resyncCalls,
  };
}

type Measured = {
  readonly seconds: number;
  readonly passes: number;
  readonly reads: number;
  readonly writes: number;
  readonly resyncCalls: number;
};

/** Lets a daemon make these networks on an empty emulator, and then look at all of them at once. */
async function measure(set: ManifestSet, lifecycles: Lifecycles): Promise<Measured> {
  await using emulator = await startEmulator({ lifecycles });
  await warmUp(emulator.endpoint, set);
  // Its passes are not used: a daemon makes them, and decides when.
  const controller = new Controller(emulator.endpoint);
  const { calls, objects, product } = controller;
  const keys = [...set.objects.keys()].filter((key) => key.startsWith('FintechNetwork/'));
  const watched = new Watched(new Set(keys));
  const { daemon } = assembleDaemon(objects, product, [watched]);
  const ready = watched.allReady();
  await daemon.apply(set);
  daemon.start(keys.length);
  await ready;
  const creation = { seconds: watched.seconds, passes: watched.passes };
  const writes = calls.filter(({ mutating }) => mutating).length;
  const reads = calls.length - writes;
  // One that has become Ready makes the daemon look at the others again, which may refer to it.
  await watched.idle();
  const before = calls.length;
  const resynced = watched.allReady();
  for (const key of keys) daemon.request(key);
  await resynced;
  await daemon.stop();
  controller.close();
  return { ...creation, reads, writes, resyncCalls: calls.length - before };
}

/** The emulator loads a service when it is first asked for it: that is neither AWS's time nor ours. */
async function warmUp(endpoint: string, set: ManifestSet): Promise<void> {
  const controller = new Controller(endpoint);
  await controller.apply(set);
  await controller.pass('Environment/production');
  await readAccount(clientsFor(endpoint));
  controller.close();
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
