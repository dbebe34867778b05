import type { Limiter } from '../../../controller/engine/limiter.ts';
import { failureOf, verdictOf } from '../outcome.ts';
import type { Operation } from './call.ts';

/** Waits for its turn, and tells the limiter when the service says that there are too many calls. */
export async function limited<Result>(
  { service }: Operation,
  limiter: Limiter,
  send: () => Promise<Result>,
): Promise<Result> {
  await limiter.acquire();
  try {
    return await send();
  } catch (error) {
    if (verdictOf(service, failureOf(error)) === 'Throttled') limiter.throttled();
    throw error;
  }
}
