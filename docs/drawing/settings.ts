import { Unknown } from '../../controller/engine/ref.ts';
import { isFields } from '../../controller/engine/resource-type.ts';
import type { StepReport } from '../../controller/cli/plan-report.ts';

/** A step of a plan, as far as a drawing looks at it. */
export type PlannedStep = Pick<StepReport, 'node' | 'type' | 'settings'>;

/** A setting that is text, with references as the node that they lead to. */
export function textIn(step: PlannedStep, field: string): string {
  return textOf(step.settings?.[field]);
}

export function textsIn(step: PlannedStep, field: string): readonly string[] {
  const value = step.settings?.[field];
  return Array.isArray(value) ? value.map(textOf) : [];
}

/** A setting that is a map of text, in the order of its keys in the plan. */
export function entriesIn(step: PlannedStep, field: string): readonly (readonly [string, string])[] {
  const value = step.settings?.[field];
  return isFields(value) ? Object.entries(value).map(([key, item]) => [key, textOf(item)]) : [];
}

/** What is not known before it exists stands in a plan as `(known after ec2/vpc vpc.vpcId)`. */
function textOf(value: unknown): string {
  if (value instanceof Unknown) return textOf(String(value));
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : '';
  return /^\(known after \S+ ([^.]+)\.\w+\)$/.exec(text)?.[1] ?? text;
}
