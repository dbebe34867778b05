#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { nodesPerObject } from './layout.ts';
import { Fleet } from './passes.ts';
import { measureQueue } from './queue.ts';
import type { ServiceFigures } from './service.ts';

const usage = `usage: node bench/main.ts [--objects 10000] [--workers 8] [--rounds 3] [--calls] [--networks] [--ledgers] [--services] [--json]

Measures what the controller itself costs, on a cloud in memory that costs next to nothing.
--calls  also counts the calls to AWS for the sample manifests, on the emulator
--networks  also measures how long the daemon takes to make the network of the contract, and what many cost
--ledgers  also measures how long the daemon takes to make the databases of manifests/; fails if it is too long
--services  also measures how long it takes to make the whole environments of manifests/ of nothing, and what a look at
            all of that costs; fails if it is too long, or if something is left to do`;

const { values } = parseArgs({
  options: {
    objects: { type: 'string', default: '10000' },
    workers: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    calls: { type: 'boolean', default: false },
    networks: { type: 'boolean', default: false },
    ledgers: { type: 'boolean', default: false },
    services: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const mebibyte = 1_048_576;

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const objects = Number(values.objects);
  const collect = garbageCollector();
  collect();
  const before = process.memoryUsage();
  const fleet = new Fleet(objects, Number(values.workers));
  const creation = await fleet.passes('Progressing');
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round += 1) rounds.push(await fleet.passes('InSync'));
  const best = rounds.toSorted((one, other) => one.cpuPerPass - other.cpuPerPass)[0] ?? creation;
  const peak = process.memoryUsage.rss();
  collect();
  const after = process.memoryUsage();
  const figures = {
    objects,
    resources: objects * nodesPerObject,
    'creation: ms of CPU per pass': rounded(creation.cpuPerPass),
    'nothing to do: ms of CPU per pass': rounded(best.cpuPerPass),
    'nothing to do: passes per second and core': Math.round(best.passesPerSecondAndCore),
    'nothing to do: lists per pass': rounded(best.listsPerPass),
    'in-memory cloud: ms of CPU per pass (not counted above)': rounded(best.cloudPerPass),
    'heap for all objects: MiB': Math.round((after.heapUsed - before.heapUsed) / mebibyte),
    'RSS before the first object: MiB': Math.round(before.rss / mebibyte),
    'RSS after collection: MiB': Math.round(after.rss / mebibyte),
    'RSS at the end of the passes: MiB': Math.round(peak / mebibyte),
    'queue: keys per second': Math.round(await measureQueue(objects)),
  };
  const networks = values.networks ? await (await import('./network.ts')).measureNetworks() : undefined;
  const ledgers = values.ledgers ? await (await import('./ledger.ts')).measureLedgers() : undefined;
  const services = values.services ? await (await import('./service.ts')).measureServices() : undefined;
  const calls = values.calls ? await (await import('./calls.ts')).measureCalls() : [];
  if (values.json)
    return console.log(
      JSON.stringify(
        { ...figures, ...(values.calls ? { calls } : {}), networks, ledgers, services },
        null,
        2,
      ),
    );
  console.table(figures);
  if (networks !== undefined) console.table(networks);
  if (ledgers !== undefined) console.table(ledgers);
  if (services !== undefined) console.table(byEnvironment(services));
  if (calls.length > 0) console.table(calls.map(({ byOperation: _byOperation, ...count }) => count));
  // Without the records until here, they would not have been counted.
  if (fleet.records.all.size !== objects) throw new Error('some objects have no record');
}

/** Node hides it behind a flag; a benchmark must not depend on how it is started. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  return typeof collect === 'function' ? () => void collect() : () => undefined;
}

/** They have more figures than there are environments. */
function byEnvironment(services: readonly ServiceFigures[]): object {
  const figures = services.flatMap(({ manifests, ...rest }) =>
    Object.entries(rest).map(([name, value]) => ({ name, manifests, value })),
  );
  const byName = Map.groupBy(figures, ({ name }) => name);
  return Object.fromEntries(
    [...byName].map(([name, of]) => [name, Object.fromEntries(of.map((one) => [one.manifests, one.value]))]),
  );
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

await main();
