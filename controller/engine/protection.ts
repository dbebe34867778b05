import type { NodeOutcome } from './apply.ts';
import { Terminal } from './errors.ts';
import type { Graph } from './graph.ts';
import type { Step } from './plan.ts';
import { resolveFields } from './ref.ts';

/**
 * What is protected of all that these steps would take away: as long as there is anything, nothing goes, so that what is
 * protected does not end up without what it needs. Of what is deleted with its object counts also what the manifest
 * said last: what somebody else switched off opens no way.
 */
export function protectedFrom<Cloud>(
  action: 'delete' | 'replace',
  steps: readonly Step<Cloud>[],
  graph: Graph<Cloud>,
): readonly NodeOutcome[] {
  return steps.flatMap((step) => {
    const { type, node } = step;
    if (step.action !== action) return [];
    const protection = protectionOf(step, graph);
    if (protection === undefined) return [];
    const error = new Terminal('DeletionBlocked', protection);
    return [{ node, type: type.name, ready: false, message: `${type.name} ${node} ${protection}`, error }];
  });
}

function protectionOf<Cloud>(
  { action, type, node, current }: Step<Cloud>,
  graph: Graph<Cloud>,
): string | undefined {
  if (current === undefined) return undefined;
  const protection = type.protection?.(current);
  const wanted = graph.node(node);
  if (protection !== undefined || action !== 'delete' || wanted?.type.name !== type.name) return protection;
  const spec = { ...current.spec, ...resolveFields(wanted.inputs, () => undefined) };
  return type.protection?.({ ...current, spec });
}
