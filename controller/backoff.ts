import { AccessDenied, Conflict, NotReady, Terminal, Throttled } from './engine/errors.ts';

export type OutcomeClass = 'NotReady' | 'Throttled' | 'Conflict' | 'AccessDenied' | 'Terminal' | 'Error';

export type Delay = {
  readonly class: OutcomeClass;
  /** Milliseconds until the next attempt. */
  readonly after: number;
  /** False for what is no fault of the object: it waits for AWS, or AWS asked for fewer calls. */
  readonly countsAsFailure: boolean;
};

type Attempts = { errors: number; notReady: number; throttled: number };

const second = 1_000;
const minute = 60 * second;

/** What took a quarter of an hour waits for a person rather than for AWS: to accept an attachment, to stop a task. */
function longestWait({ notReady }: Attempts): number {
  return notReady <= 200 ? 5 * second : 30 * second;
}

/** How long each object waits after what came of its last attempts. */
export class Backoff {
  private readonly random: () => number;
  private readonly attempts = new Map<string, Attempts>();

  /** `random` gives numbers from 0 up to 1. */
  constructor(random: () => number = Math.random) {
    this.random = random;
  }

  /** Notes what came of an attempt, and tells when to try again. Nothing is ever given up. */
  next(key: string, error: unknown): Delay {
    const attempts = this.attemptsOf(key);
    const outcome = classOf(error);
    const countsAsFailure = outcome !== 'NotReady' && outcome !== 'Throttled';
    return { class: outcome, after: Math.round(this.delay(outcome, attempts)), countsAsFailure };
  }

  /** To be called after success: the next failure is the first one again. */
  forget(key: string): void {
    this.attempts.delete(key);
  }

  private delay(outcome: OutcomeClass, attempts: Attempts): number {
    switch (outcome) {
      case 'NotReady':
        // What AWS is done with is then seen after a fifth more of the time that it took, at the latest.
        return growing(0.25 * second, 1.2, attempts.notReady++, longestWait(attempts));
      case 'Throttled':
        return this.jittered(2 * second, growing(4 * second, 2, attempts.throttled++, 30 * second));
      case 'Conflict':
        return second;
      case 'AccessDenied':
        return 5 * minute;
      case 'Terminal':
        return 30 * minute;
      case 'Error':
        return this.jittered(second, growing(2 * second, 2, attempts.errors++, 10 * minute));
    }
  }

  /** Full jitter above a floor, so that objects that failed together do not come back together. */
  private jittered(floor: number, ceiling: number): number {
    return floor + this.random() * (ceiling - floor);
  }

  private attemptsOf(key: string): Attempts {
    const known = this.attempts.get(key);
    if (known !== undefined) return known;
    const attempts: Attempts = { errors: 0, notReady: 0, throttled: 0 };
    this.attempts.set(key, attempts);
    return attempts;
  }
}

export function classOf(error: unknown): OutcomeClass {
  if (error instanceof NotReady) return 'NotReady';
  if (error instanceof Throttled) return 'Throttled';
  if (error instanceof Conflict) return 'Conflict';
  if (error instanceof AccessDenied) return 'AccessDenied';
  if (error instanceof Terminal) return 'Terminal';
  return 'Error';
}

function growing(first: number, factor: number, times: number, limit: number): number {
  return Math.min(limit, first * factor ** times);
}
