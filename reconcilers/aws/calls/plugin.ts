import type { FinalizeRequestMiddleware, InitializeMiddleware, Pluggable } from '@smithy/types';
import type { Clock } from '../../../controller/engine/clock.ts';
import type { Limiter } from '../../../controller/engine/limiter.ts';
import { outcomeOf } from '../outcome.ts';
import { operationOf, type CallHooks } from './call.ts';
import { limited } from './limit.ts';
import { observed } from './observe.ts';
import { retrying } from './retry.ts';

/** What the calls of one client need beside the client. */
export type CallOptions = {
  readonly hooks: CallHooks;
  readonly clock: Clock;
  readonly limiter: Limiter;
  /** Awaited before any call is sent. */
  readonly beforeCall?: () => Promise<void>;
};

/**
 * What happens to every call of a client, from the outside in: errors become those of the engine; it is
 * retried where that is harmless; each attempt waits for its turn, is told to the hooks, and is signed anew.
 */
export function callPlugin<Input extends object, Output extends object>(
  service: string,
  { hooks, clock, limiter, beforeCall }: CallOptions,
): Pluggable<Input, Output> {
  const outcomes: InitializeMiddleware<Input, Output> = (next, context) => async (args) => {
    await beforeCall?.();
    try {
      return await next(args);
    } catch (error) {
      throw outcomeOf(service, operationOf(service, context.commandName).name, error);
    }
  };

  const attempts: FinalizeRequestMiddleware<Input, Output> = (next, context) => (args) => {
    const operation = operationOf(service, context.commandName);
    return retrying(operation, clock, (attempt) =>
      limited(operation, limiter, () => observed(operation, attempt, hooks, clock, () => next(args))),
    );
  };

  return {
    // The SDK gives a client that assumes a role its plugins anew with every renewal of the credentials.
    applyToStack(stack) {
      stack.add(outcomes, { step: 'initialize', priority: 'high', name: 'outcomes', override: true });
      // Outside of the SDK's retries, which are off, and so outside of signing.
      stack.addRelativeTo(attempts, {
        relation: 'before',
        toMiddleware: 'retryMiddleware',
        name: 'attempts',
        override: true,
      });
    },
  };
}
