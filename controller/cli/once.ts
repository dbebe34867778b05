import { conditionOf, isTrue } from '../conditions.ts';
import type { Watcher } from '../daemon.ts';
import { messageOf } from '../engine/errors.ts';
import type { Rules } from '../manifests/assemble.ts';
import { readManifests } from '../manifests/read.ts';
import { keyOf, type ObjectRecord } from '../object.ts';
import { Objects } from '../objects.ts';
import type { Product } from '../product.ts';
import type { StateStore } from '../state/store.ts';
import { formatDuration } from '../engine/duration.ts';
import { assembleDaemon } from './assembly.ts';
import { exitCodes, type Output } from './output.ts';
import { Progress } from './progress.ts';
import { inForce, printProblems } from './workspace.ts';

export type OnceOptions = {
  readonly directory: string;
  readonly workers: number;
  /** Milliseconds after which it gives up. */
  readonly timeout: number;
  readonly commit?: string;
};

const signals = ['SIGINT', 'SIGTERM'] as const;

/** One convergence to its end, with progress. Succeeds when every object is Ready and every manifest valid. */
export async function once<Cloud extends object>(
  options: OnceOptions,
  store: StateStore,
  rules: Rules,
  product: Product<Cloud>,
  output: Output,
): Promise<number> {
  const records = await store.load();
  const objects = new Objects(store, records);
  const reading = inForce(records, await readManifests(options.directory, rules));
  printProblems(reading, options.directory, output);
  const progress = new Progress(objects, output);
  const settled = new Settled(objects);
  const { daemon } = assembleDaemon(objects, product, [progress, settled]);
  // Ctrl-C lets calls that run come to their end, and a second one does not wait for them.
  const interrupt = (): void => settled.interrupt();
  for (const name of signals) process.once(name, interrupt);
  progress.start();
  await daemon.apply(reading, options.commit);
  daemon.start(options.workers);
  const inTime = await settled.wait(options.timeout);
  await daemon.stop();
  progress.stop();
  for (const name of signals) process.removeListener(name, interrupt);
  if (settled.interrupted) output.err('interrupted: what was begun is continued by the next run');
  else if (!inTime) output.err(`not everything settled within ${formatDuration(options.timeout)}`);
  if (settled.failure !== undefined) output.err(messageOf(settled.failure));
  for (const blocked of settled.blocked) output.err(blocked);
  const open = [...objects.all.values()].filter((record) => !objects.isReady(keyOf(record)));
  for (const record of open) output.err(`${keyOf(record)} is not Ready: ${whyOf(record)}`);
  const failed =
    !inTime ||
    settled.failure !== undefined ||
    open.length > 0 ||
    reading.problems.length > 0 ||
    settled.blocked.length > 0;
  return failed ? exitCodes.failed : exitCodes.ok;
}

/** Knows when nothing more is to be expected: every object was looked at, and is as wanted or needs a person. */
class Settled implements Watcher {
  readonly blocked: string[] = [];
  failure: unknown;
  interrupted = false;
  private readonly objects: Objects;
  private readonly done = new Set<string>();
  private readonly end = Promise.withResolvers<boolean>();

  constructor(objects: Objects) {
    this.objects = objects;
  }

  synced(...[, blocked]: Parameters<NonNullable<Watcher['synced']>>): void {
    this.blocked.push(...blocked.map(({ message }) => message));
    if (this.objects.all.size === 0) this.end.resolve(true);
  }

  reconciled(...[key, verdict, record]: Parameters<NonNullable<Watcher['reconciled']>>): void {
    const needsPerson = record !== undefined && isTrue(record.status.conditions, 'Stalled');
    if (verdict.error === undefined || needsPerson) this.done.add(key);
    else this.done.delete(key);
    if ([...this.objects.all.keys()].every((other) => this.done.has(other))) this.end.resolve(true);
  }

  failed(error: unknown): void {
    this.failure = error;
    this.end.resolve(true);
  }

  interrupt(): void {
    this.interrupted = true;
    this.end.resolve(false);
  }

  /** False when the time is over first, or somebody does not want to wait. */
  async wait(timeout: number): Promise<boolean> {
    const timer = setTimeout(() => this.end.resolve(false), timeout);
    const inTime = await this.end.promise;
    clearTimeout(timer);
    return inTime;
  }
}

function whyOf(record: ObjectRecord): string {
  const ready = conditionOf(record.status.conditions, 'Ready');
  return ready === undefined ? 'it was not looked at' : `${ready.reason}: ${ready.message}`;
}
