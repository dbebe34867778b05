import { isRetained } from './ownership.ts';
import type { Step } from './plan.ts';
import { isFields, type AnyResourceType, type Observed } from './resource-type.ts';

/**
 * What stays in the account goes on needing what its settings name: a database its parameter group. AWS would refuse to
 * delete that, for as long as the other one lives. It goes on needing as well what is there for it alone, and names it:
 * the autoscaling of a table.
 */
export function retainedWith<Cloud>(
  steps: readonly Step<Cloud>[],
  observed: readonly Observed[],
): readonly Step<Cloud>[] {
  const retaining = steps.flatMap(({ action, current }) => (action === 'retain' ? (current ?? []) : []));
  const staying = [...observed.filter(isRetained), ...retaining];
  const retained = new Set<Observed>();
  // It grows on the way: what is retained with something may need more.
  for (const { id, spec } of staying) {
    const named = new Set(stringsIn(spec));
    for (const { action, type, current } of steps) {
      if (current === undefined || retained.has(current)) continue;
      if (action !== 'delete' || type.holdsData || type.setTags === undefined) continue;
      const isNeeded = stringsIn([current.id, current.outputs['arn']]).some((name) => named.has(name));
      if (!isNeeded && !isAbout(type, current, id)) continue;
      retained.add(current);
      staying.push(current);
    }
  }
  return steps.map((step) =>
    step.current !== undefined && retained.has(step.current) ? { ...step, action: 'retain' } : step,
  );
}

/**
 * What stays runs with it until AWS has carried out a change, and that may be in a week: nothing is to be done about it
 * before.
 */
export function isInUse<Cloud>({ action, current }: Step<Cloud>, steps: readonly Step<Cloud>[]): boolean {
  if (action !== 'delete') return false;
  const going = new Set(steps.filter((step) => step.action === 'delete').map((step) => step.current?.id));
  return current?.users?.some((user) => !going.has(user)) === true;
}

/** Names that one as its subject, by its id or as AWS calls it in one word with more: `table/sessions/index/by-device`. */
function isAbout<Cloud>({ subjectField }: AnyResourceType<Cloud>, { spec }: Observed, id: string): boolean {
  const subject = subjectField === undefined ? undefined : spec[subjectField];
  return typeof subject === 'string' && subject.split(/[/:]/).includes(id);
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return isFields(value) ? Object.values(value).flatMap(stringsIn) : [];
}
