import { join } from 'node:path';
import { planReport } from '../../controller/cli/plan-report.ts';
import { Graph } from '../../controller/engine/graph.ts';
import { Journal } from '../../controller/engine/journal.ts';
import { emptyMemory } from '../../controller/engine/memory.ts';
import { digestOf, makePlan } from '../../controller/engine/plan.ts';
import { environmentSpecOf, placeOf } from '../../controller/environment.ts';
import { loadSchemas } from '../../controller/manifests/schema.ts';
import { readManifests } from '../../controller/manifests/read.ts';
import { keyOf } from '../../controller/object.ts';
import { sync } from '../../controller/sync.ts';
import { systemClock, toRfc3339 } from '../../controller/time.ts';
import { kinds } from '../../reconcilers/index.ts';
import { networkOf, type Network } from './network.ts';

const crds = join(import.meta.dirname, '..', '..', 'crds');

/** The network of a directory of manifests, from the plan that `fintechctl plan` makes of it where nothing exists yet. */
export async function plannedNetwork(directory: string): Promise<Network> {
  const reading = await readManifests(directory, { schemas: await loadSchemas(crds), kinds: [] });
  const records = sync(new Map(), reading, toRfc3339(systemClock.now())).changed;
  const network = records.find((record) => record.kind === 'FintechNetwork');
  const environment = environmentSpecOf(records.find((record) => record.kind === 'Environment'));
  const kind = kinds.find((candidate) => candidate.kind === network?.kind);
  if (network === undefined || environment === undefined || kind === undefined)
    throw new Error(`${directory} has no FintechNetwork with its Environment`);
  const { name, namespace = '' } = network.metadata;
  const graph = new Graph({ kind: kind.kind, namespace, name }, placeOf(environment), kind.types);
  kind.build(network.spec, graph);
  const journal = new Journal(emptyMemory, () => Promise.resolve(), systemClock, new Map());
  const owner = keyOf(network);
  const options = {
    owner,
    deletionPolicy: 'Retain',
    ignore: new Set<string>(),
    lookupObject: () => undefined,
  } as const;
  const plan = makePlan(
    graph,
    [],
    [],
    journal,
    options,
    digestOf(graph, () => undefined),
  );
  return networkOf(owner, planReport(owner, plan).steps);
}
