import type { Step } from './plan.ts';
import { interruptions, type Interruption } from './resource-type.ts';

/** What a step costs those who use the resource. AWS may leave it for the maintenance window; it costs that then. */
export function interruptionOf<Cloud>({
  action,
  type,
  current,
  changes,
  refusal,
}: Step<Cloud>): Interruption {
  switch (action) {
    case 'replace':
      return type.holdsData ? 'data loss' : 'replacement';
    case 'delete':
      return type.holdsData ? 'data loss' : 'none';
    case 'update': {
      const carriedOut = changes.filter(({ field, ignored }) => field !== 'tags' && ignored !== true);
      return worst(
        carriedOut.flatMap((change) =>
          current === undefined ? [] : (type.interruptionOf?.(current, change) ?? []),
        ),
      );
    }
    case 'retain':
      // Of what is left behind for another one, others lose what they work with.
      return refusal === undefined ? 'none' : 'replacement';
    case 'create':
    case 'wait':
    case 'none':
      return 'none';
  }
}

function worst(all: readonly Interruption[]): Interruption {
  return interruptions.findLast((interruption) => all.includes(interruption)) ?? 'none';
}
