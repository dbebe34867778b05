import { callContext } from '../../../controller/engine/call-context.ts';
import type { Clock } from '../../../controller/engine/clock.ts';
import type { Verdict } from '../error-codes/verdict.ts';
import { failureOf, metadataOf, verdictOf, type AwsFailure } from '../outcome.ts';
import type { AwsCall, CallHooks, Operation } from './call.ts';

type Answer = { readonly output: object };

/** Tells the hooks of one attempt, whatever comes of it. */
export async function observed<Result extends Answer>(
  { service, name, mutating }: Operation,
  attempt: number,
  hooks: CallHooks,
  clock: Clock,
  send: () => Promise<Result>,
): Promise<Result> {
  const started = clock.now();
  const tell = (outcome: AwsCall['outcome'], { code, requestId }: AwsAnswer): void =>
    hooks.onCall({
      ...callContext.getStore(),
      service,
      operation: name,
      mutating,
      attempt,
      outcome,
      ...(code === undefined ? {} : { errorCode: code }),
      ...(requestId === undefined ? {} : { requestId }),
      durationMs: clock.now() - started,
    });
  try {
    const result = await send();
    tell('success', { code: undefined, requestId: metadataOf(result.output).requestId });
    return result;
  } catch (error) {
    const failure = failureOf(error);
    tell(outcomeFor(verdictOf(service, failure), mutating), failure);
    throw error;
  }
}

type AwsAnswer = Pick<AwsFailure, 'code' | 'requestId'>;

/** That there is nothing is an answer, to whoever only asked. */
function outcomeFor(verdict: Verdict, mutating: boolean): AwsCall['outcome'] {
  if (verdict === 'Throttled') return 'throttled';
  const isAnswer = verdict === 'NotFound' || verdict === 'NoConfiguration';
  return isAnswer && !mutating ? 'success' : 'error';
}
