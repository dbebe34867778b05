import { NotReady } from './errors.ts';
import type { Node } from './graph.ts';
import type { Step } from './plan.ts';
import { refsIn } from './ref.ts';

/** Fields of a node that wait, and for what. */
export type Waiting = { readonly fields: ReadonlySet<string>; readonly because: string };

/** What of a node has to wait for what is not ready. Throws where that is all of it: it has yet to be made. */
export function waitingFor<Cloud>(
  node: Node<Cloud>,
  isThere: boolean,
  notReady: readonly { readonly on: string; readonly because: string }[],
): readonly Waiting[] {
  return notReady.map(({ on, because }) => {
    const fields = fieldsReferringTo(on, node);
    if (!isThere || fields.size === 0) throw new NotReady(because);
    return { fields, because };
  });
}

/**
 * The step in which changes of fields that wait are left out for now, with the reason if there are any. Throws if no
 * other is left. `planned` is the step before what was not known then is known.
 */
export function withoutWaiting<Cloud>(
  step: Step<Cloud>,
  planned: Step<Cloud>,
  waiting: readonly Waiting[],
): { readonly step: Step<Cloud>; readonly because?: string } {
  const fields = withDependents(step, new Set(waiting.flatMap((entry) => [...entry.fields])));
  const changed = new Set([...planned.changes, ...step.changes].map(({ field }) => field));
  if (fields.isDisjointFrom(changed)) return { step };
  const { because } = waiting.find((entry) => !entry.fields.isDisjointFrom(changed)) ?? waiting[0] ?? {};
  if (step.changes.every(({ field }) => fields.has(field))) throw new NotReady(because);
  const changes = step.changes.map((change) =>
    fields.has(change.field) ? { ...change, ignored: true as const } : change,
  );
  return { step: { ...step, changes }, ...(because === undefined ? {} : { because }) };
}

/** And those that wait with one of them. */
function withDependents<Cloud>({ type }: Step<Cloud>, waiting: ReadonlySet<string>): ReadonlySet<string> {
  const fields = new Set(waiting);
  // A set goes on to what is added while it is gone through.
  for (const waits of fields)
    for (const [field, { togetherWith }] of Object.entries(type.fields))
      if (togetherWith === waits) fields.add(field);
  return fields;
}

/** By the id of a node of the same graph, or by the key of another object. */
function fieldsReferringTo<Cloud>(on: string, { inputs }: Node<Cloud>): ReadonlySet<string> {
  const refers = (input: unknown): boolean =>
    refsIn(input).some(({ source }) => (source.kind === 'node' ? source.node : source.object) === on);
  return new Set(Object.keys(inputs).filter((field) => refers(inputs[field])));
}
