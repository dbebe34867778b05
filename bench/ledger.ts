import { assembleDaemon } from '../controller/cli/assembly.ts';
import type { ManifestSet } from '../controller/manifests/manifest.ts';
import { clientsFor } from '../test/clients.ts';
import { readDataState } from '../test/data-state/state.ts';
import type { Lifecycles } from '../test/emulator/emulator-api.ts';
import { startEmulator } from '../test/emulator/start.ts';
import { Controller } from '../test/product.ts';
import { alwaysOpen, folders, keyOf, manifestsIn, rounded } from './environments.ts';
import { Watched } from './watched.ts';

/** Seconds that AWS takes here. Instances of a cluster come after it; everything else is made side by side. */
const seconds = { cluster: 6, instance: 6, cache: 5, table: 1 } as const;

const lifecycles: Lifecycles = {
  'rds/cluster': { creating: seconds.cluster },
  'rds/instance': { creating: seconds.instance },
  'elasticache/replication-group': { creating: seconds.cache },
  'dynamodb/table': { creating: seconds.table },
};

/** What the daemon takes to make a database in a network that is ready, and to find that there is nothing to do. */
export type LedgerFigures = {
  readonly manifest: string;
  /** Until it is Ready. */
  readonly seconds: number;
  readonly criticalPath: number;
  /** 1.2 times the path and 3. */
  readonly limit: number;
  readonly passes: number;
  readonly reads: number;
  readonly writes: number;
  /** Calls of a pass with nothing to do. */
  readonly nothingToDo: number;
};

export async function measureLedgers(): Promise<readonly LedgerFigures[]> {
  const figures: LedgerFigures[] = [];
  for (const folder of folders) figures.push(await measure(folder));
  const tooSlow = figures.filter((figure) => figure.seconds > figure.limit);
  if (tooSlow.length > 0)
    throw new Error(`took too long: ${tooSlow.map((figure) => JSON.stringify(figure)).join(', ')}`);
  return figures;
}

async function measure(folder: string): Promise<LedgerFigures> {
  const set = alwaysOpen(await manifestsIn(folder));
  const [ledger, network] = [keyOf(set, 'LedgerDatabase'), keyOf(set, 'FintechNetwork')];
  await using emulator = await startEmulator();
  // The emulator loads a service when it is first asked for it: that is neither AWS's time nor ours.
  await readDataState(clientsFor(emulator.endpoint));
  const controller = new Controller(emulator.endpoint);
  const { calls, objects, product } = controller;
  const [networks, ledgers] = [new Watched(new Set([network])), new Watched(new Set([ledger]))];
  const { daemon } = assembleDaemon(objects, product, [networks, ledgers]);
  const networkReady = networks.allReady();
  await daemon.apply(only(set, ['Environment', 'FintechNetwork']));
  daemon.start(2);
  await networkReady;
  await networks.idle();
  await emulator.setLifecycles(lifecycles);
  const before = calls.length;
  const ready = ledgers.allReady();
  await daemon.apply(only(set, ['Environment', 'FintechNetwork', 'LedgerDatabase']));
  await ready;
  const creation = { seconds: rounded(ledgers.seconds), passes: ledgers.passes };
  const made = calls.slice(before).filter(({ object }) => object === undefined || object === ledger);
  const writes = made.filter(({ mutating }) => mutating).length;
  await ledgers.idle();
  const resync = calls.length;
  const resynced = ledgers.allReady();
  daemon.request(ledger);
  await resynced;
  const nothingToDo = calls.length - resync;
  await daemon.stop();
  controller.close();
  const criticalPath = pathOf(set.objects.get(ledger)?.spec['engine']);
  return {
    manifest: `manifests/${folder}`,
    ...creation,
    criticalPath,
    limit: rounded(1.2 * criticalPath + 3),
    reads: made.length - writes,
    writes,
    nothingToDo,
  };
}

function pathOf(engine: unknown): number {
  const database = engine === 'postgres' ? seconds.instance : seconds.cluster + seconds.instance;
  return Math.max(database, seconds.cache, seconds.table);
}

function only(set: ManifestSet, kinds: readonly string[]): ManifestSet {
  return { ...set, objects: new Map([...set.objects].filter(([, { kind }]) => kinds.includes(kind))) };
}
