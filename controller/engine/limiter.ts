import type { Clock } from './clock.ts';

export type LimiterOptions = {
  /** Calls a second that are always let through, however much is refused. */
  readonly floor?: number;
  /** What remains of the rate after a refusal. */
  readonly cut?: number;
  /** Calls a second that the rate grows by, each second. */
  readonly growth?: number;
};

/** Refusals of calls that were on their way already when the rate was cut say nothing new: milliseconds. */
const TIME_BETWEEN_CUTS = 1_000;
/** Without a refusal for this long, in milliseconds, there is no limit any more. */
const FORGET_AFTER = 300_000;
/** Over how many milliseconds the rate of calls is measured, and calls may run ahead of the limit. */
const WINDOW = 1_000;
/** A long wait is looked at again, in milliseconds, because the rate may have grown meanwhile. */
const LONGEST_WAIT = 1_000;

/**
 * Keeps calls to one service of one account and region at a rate that the service takes. There is no
 * limit until the first refusal; a refusal cuts the rate that was measured by a factor, and time adds to it
 * (additive increase, multiplicative decrease, RFC 5681; the AWS SDK's adaptive retry mode cuts by the same
 * 0.7). The SDK's own limiter is not used because random refusals take it down to one call in two seconds,
 * where nothing converges any more, and because it can neither be observed nor be given a clock.
 */
export class Limiter {
  private readonly clock: Clock;
  private readonly options: Required<LimiterOptions>;
  private limit = Number.POSITIVE_INFINITY;
  private lastCut = Number.NEGATIVE_INFINITY;
  private tokens = 0;
  private updated: number;
  /** When calls were let through, within the window. */
  private recent: number[] = [];
  private readonly waiting: (() => void)[] = [];
  private isServing = false;

  constructor(clock: Clock, options: LimiterOptions = {}) {
    this.clock = clock;
    this.options = { floor: 5, cut: 0.7, growth: 5, ...options };
    this.updated = clock.now();
  }

  /** Calls a second that are let through now; infinite while there is no limit. */
  get rate(): number {
    this.update();
    return this.limit;
  }

  /** How many calls wait for their turn. */
  get queued(): number {
    return this.waiting.length;
  }

  /** Resolves when it is this call's turn, in the order of asking. */
  async acquire(): Promise<void> {
    if (this.waiting.length === 0 && this.take()) return;
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve);
      if (!this.isServing) void this.serve();
    });
  }

  /** A call was refused because there were too many. */
  throttled(): void {
    this.update();
    const now = this.clock.now();
    if (now < this.lastCut + TIME_BETWEEN_CUTS) return;
    this.lastCut = now;
    this.limit = Math.max(this.options.floor, Math.min(this.limit, this.measured()) * this.options.cut);
    // What was saved up belongs to the rate that proved too high.
    this.tokens = 0;
  }

  private async serve(): Promise<void> {
    this.isServing = true;
    while (this.waiting.length > 0) {
      if (this.take()) this.waiting.shift()?.();
      else await this.clock.sleep(Math.min(LONGEST_WAIT, this.untilNextToken()));
    }
    this.isServing = false;
  }

  private untilNextToken(): number {
    return Math.ceil(((1 - this.tokens) / this.limit) * 1_000);
  }

  private take(): boolean {
    this.update();
    if (this.limit !== Number.POSITIVE_INFINITY) {
      // A sum of many small parts can stay a hair below the whole.
      if (this.tokens < 1 - 1e-9) return false;
      this.tokens -= 1;
    }
    this.recent.push(this.clock.now());
    return true;
  }

  /** Lets the time since the last look count. */
  private update(): void {
    const now = this.clock.now();
    const elapsed = Math.max(0, now - this.updated) / 1_000;
    this.updated = now;
    while (this.recent[0] !== undefined && this.recent[0] <= now - WINDOW) this.recent.shift();
    if (this.limit === Number.POSITIVE_INFINITY) return;
    if (now >= this.lastCut + FORGET_AFTER) {
      this.limit = Number.POSITIVE_INFINITY;
      return;
    }
    const capacity = Math.max(1, (this.limit * WINDOW) / 1_000);
    this.tokens = Math.min(capacity, this.tokens + elapsed * this.limit);
    this.limit += elapsed * this.options.growth;
  }

  private measured(): number {
    return (this.recent.length * 1_000) / WINDOW;
  }
}
