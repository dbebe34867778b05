import type { Clock } from '../../../controller/engine/clock.ts';
import type { Verdict } from '../error-codes/verdict.ts';
import { failureOf, verdictOf } from '../outcome.ts';
import type { Operation } from './call.ts';

type RetryRule = {
  readonly attempts: number;
  /** The most that the first wait can take, in milliseconds; doubled each time. */
  readonly firstWait: number;
};

/** As the SDK waits: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const AFTER_THROTTLING: RetryRule = { attempts: 8, firstWait: 500 };
const AFTER_FAILURE: RetryRule = { attempts: 4, firstWait: 100 };
const LONGEST_WAIT = 20_000;

/**
 * Tries again what can be tried again without harm. A read always can. A write only after throttling,
 * which is a definite no: after a lost answer, a CreateKey sent again would make a second key, so whoever
 * wrote has to look first what came of it. That is why the SDK's own retries are off.
 */
export async function retrying<Result>(
  operation: Operation,
  clock: Clock,
  attemptOnce: (attempt: number) => Promise<Result>,
  random: () => number = Math.random,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(attempt);
    } catch (error) {
      const rule = ruleFor(operation, verdictOf(operation.service, failureOf(error)));
      if (rule === undefined || attempt >= rule.attempts) throw error;
      // Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
      await clock.sleep(random() * Math.min(LONGEST_WAIT, rule.firstWait * 2 ** (attempt - 1)));
    }
  }
}

function ruleFor(operation: Operation, verdict: Verdict): RetryRule | undefined {
  if (verdict === 'Throttled') return AFTER_THROTTLING;
  return verdict === 'Transient' && !operation.mutating ? AFTER_FAILURE : undefined;
}
