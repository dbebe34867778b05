import { fileURLToPath } from 'node:url';
import { readManifests } from '../controller/manifests/read.ts';
import { startEmulator } from '../test/emulator/start.ts';
import { Controller, fasterClock, rules, type Pass } from '../test/product.ts';
import { Person } from '../test/reconcilers/person.ts';
import { convergeWith, inOrder } from '../test/reconcilers/planned.ts';

/** What one convergence, or one pass with nothing to do, costs in calls to AWS. */
export type CallCount = {
  readonly object: string;
  readonly phase: 'first convergence' | 'nothing to do';
  readonly passes: number;
  readonly reads: number;
  readonly writes: number;
  readonly milliseconds: number;
  readonly byOperation: Readonly<Record<string, number>>;
};

/** What takes a minute takes a second and a half. */
const clock = fasterClock(40);
const MINUTE = 60_000;

/** Converges every object of manifests/ on an empty emulator, and looks at it once more. */
export async function measureCalls(): Promise<readonly CallCount[]> {
  await using emulator = await startEmulator();
  const controller = new Controller(emulator.endpoint, [], clock);
  await controller.apply(await readManifests(fileURLToPath(new URL('../manifests', import.meta.url)), rules));
  const person = new Person(controller);
  const counts: CallCount[] = [];
  const keys = [...controller.objects.all.keys()].filter((key) => !key.startsWith('Environment/'));
  for (const key of inOrder(keys)) {
    counts.push(await count(key, 'first convergence', () => convergeWith(person, controller, key)));
    // Within a minute after it was written a dashboard is read at every look.
    await clock.sleep(MINUTE);
    counts.push(await count(key, 'nothing to do', async () => [await controller.pass(key)]));
  }
  person.close();
  controller.close();
  return counts;
}

async function count(
  object: string,
  phase: CallCount['phase'],
  work: () => Promise<readonly Pass[]>,
): Promise<CallCount> {
  const started = performance.now();
  const passes = await work();
  const milliseconds = Math.round(performance.now() - started);
  const calls = passes.flatMap((pass) => pass.calls);
  const byOperation: Record<string, number> = {};
  for (const { service, operation } of calls) {
    const name = `${service}:${operation}`;
    byOperation[name] = (byOperation[name] ?? 0) + 1;
  }
  const writes = calls.filter((call) => call.mutating).length;
  return {
    object,
    phase,
    passes: passes.length,
    reads: calls.length - writes,
    writes,
    milliseconds,
    byOperation,
  };
}
