import type { Clock } from '../controller/engine/clock.ts';

type Sleeper = { readonly wakeAt: number; readonly wake: () => void };

/** A clock that stands still until it is told to move. */
export class FakeClock implements Clock {
  private time: number;
  private sleepers: Sleeper[] = [];

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason);
        return;
      }
      const sleeper: Sleeper = {
        wakeAt: this.time + Math.max(0, milliseconds),
        wake: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      const onAbort = (): void => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.sleepers.push(sleeper);
    });
  }

  /** Moves on, waking sleepers in the order of their times, each with everything that follows from it. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    await this.settle();
    for (let next = this.next(end); next !== undefined; next = this.next(end)) {
      this.sleepers = this.sleepers.filter((other) => other !== next);
      this.time = Math.max(this.time, next.wakeAt);
      next.wake();
      await this.settle();
    }
    this.time = end;
  }

  /** Lets everything run that needs no time. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** How many are asleep: a test that ends with some has left something running. */
  get sleeping(): number {
    return this.sleepers.length;
  }

  /** The earliest sleeper until then; of equal times the one that fell asleep first. */
  private next(end: number): Sleeper | undefined {
    let earliest: Sleeper | undefined;
    for (const sleeper of this.sleepers)
      if (sleeper.wakeAt <= end && (earliest === undefined || sleeper.wakeAt < earliest.wakeAt))
        earliest = sleeper;
    return earliest;
  }
}
