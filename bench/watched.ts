import { setTimeout as sleep } from 'node:timers/promises';
import type { Watcher } from '../controller/daemon.ts';

/** Counts passes of some objects, and knows when each of them was found to be as it should be. */
export class Watched implements Watcher {
  passes = 0;
  /** From the start of the first pass. */
  seconds = 0;
  private readonly keys: ReadonlySet<string>;
  private readonly open = new Set<string>();
  private running = 0;
  private begin: number | undefined;
  private end = Promise.withResolvers<void>();

  constructor(keys: ReadonlySet<string>) {
    this.keys = keys;
  }

  /** Resolves when each of them was found so since now. */
  allReady(): Promise<void> {
    for (const key of this.keys) this.open.add(key);
    this.end = Promise.withResolvers();
    return this.end.promise;
  }

  /** Resolves when no pass was running for a second. */
  async idle(): Promise<void> {
    for (let quiet = 0; quiet < 10; quiet = this.running === 0 ? quiet + 1 : 0) await sleep(100);
  }

  started(key: string): void {
    this.running += 1;
    if (this.keys.has(key)) this.begin ??= performance.now();
  }

  reconciled(...[key, verdict]: Parameters<NonNullable<Watcher['reconciled']>>): void {
    this.running -= 1;
    if (!this.keys.has(key)) return;
    this.passes += 1;
    if (verdict.error === undefined) this.open.delete(key);
    if (this.open.size > 0) return;
    this.seconds = (performance.now() - (this.begin ?? 0)) / 1_000;
    this.end.resolve();
  }
}
