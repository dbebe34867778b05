import { setTimeout } from 'node:timers/promises';

/** Gathers many small changes into one: settled after a time of quiet, but never later than a limit. */
export class Changes {
  readonly #quietMilliseconds: number;
  readonly #latestMilliseconds: number;
  #first: number | undefined;
  #last = 0;
  #wake: AbortController | undefined;

  constructor(quietMilliseconds: number, latestMilliseconds: number) {
    this.#quietMilliseconds = quietMilliseconds;
    this.#latestMilliseconds = latestMilliseconds;
  }

  touch(): void {
    this.#last = performance.now();
    this.#first ??= this.#last;
    this.#wake?.abort();
  }

  /** Resolves when changes have settled, or after the given time without any, or when the signal says so. */
  async settled(withoutChangeMilliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#first === undefined) {
      this.#wake = new AbortController();
      await pause(withoutChangeMilliseconds, AbortSignal.any([signal, this.#wake.signal]));
    }
    let left = this.#untilSettled();
    while (left > 0 && !signal.aborted) {
      await pause(left, signal);
      left = this.#untilSettled();
    }
    this.#first = undefined;
  }

  #untilSettled(): number {
    if (this.#first === undefined) return 0;
    const due = Math.min(this.#last + this.#quietMilliseconds, this.#first + this.#latestMilliseconds);
    return due - performance.now();
  }
}

/** Waits, and ends early without an error when the signal says so. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
