import type { UnsuccessfulItem } from '@aws-sdk/client-ec2';
import { metadataOf, outcomeOf } from '../outcome.ts';

type AnswerOfMany = {
  readonly $metadata: object;
  readonly Unsuccessful?: readonly UnsuccessfulItem[] | undefined;
};

/**
 * Some operations take many resources, and answer 200 though they did nothing of what was asked: the error of each
 * resource is inside. It is thrown as if the call had failed with it, for callers that ask for one resource.
 */
export function throwUnsuccessful(operation: string, answer: AnswerOfMany): void {
  const [item] = answer.Unsuccessful ?? [];
  if (item !== undefined) throw outcomeOf('ec2', operation, new ItemError(item, answer));
}

/** In the shape of the SDK's errors. */
class ItemError extends Error {
  readonly $metadata: { readonly requestId: string | undefined };

  constructor({ Error: error, ResourceId }: UnsuccessfulItem, answer: AnswerOfMany) {
    super(error?.Message ?? `${ResourceId ?? 'a resource'} was left out without a reason`);
    this.name = error?.Code ?? 'Unknown';
    // Not the status: 200 says nothing of the error.
    this.$metadata = { requestId: metadataOf(answer).requestId };
  }
}
