import { same } from './engine/compare.ts';
import type { Plan, PlannedChange, Step } from './engine/plan.ts';
import { hasUnknown, Unknown } from './engine/ref.ts';
import type { Severity } from './engine/resource-type.ts';

/** One difference that somebody made in AWS. */
export type Drift = {
  readonly node: string;
  readonly type: string;
  /** Empty where the whole resource is missing or too much. */
  readonly field: string;
  /** What AWS has. */
  readonly from: unknown;
  /** What the manifest says. */
  readonly to: unknown;
  readonly severity: Severity;
  readonly ignored: boolean;
};

const longestValue = 160;

/** What differs although the object did not change; empty while a change of the object explains it. */
export function driftOf<Cloud>(plan: Plan<Cloud>): readonly Drift[] {
  return plan.cause === 'drift' ? plan.steps.flatMap(driftOfStep) : [];
}

/** As in `s3/bucket data: versioning is Suspended, should be Enabled (security)`. */
export function describeDrift({ node, type, field, from, to, severity, ignored }: Drift): string {
  const verdict = ignored ? 'ignored' : severity;
  if (field === '') return `${type} ${node} is ${shown(from)}, should be ${shown(to)} (${verdict})`;
  return `${type} ${node}: ${field} is ${shown(from)}, should be ${shown(to)} (${verdict})`;
}

/** A value as a person reads it in a message; long ones are cut. */
export function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === '') return '""';
  const text = typeof value === 'string' || value instanceof Unknown ? String(value) : JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

/** Remembers what drifted, so that it is announced once and its correction is announced too. */
export class DriftLedger {
  private readonly byObject = new Map<string, ReadonlyMap<string, Drift>>();

  /** What is new since the last pass over this object. */
  appeared(key: string, drift: readonly Drift[]): readonly Drift[] {
    const before = this.byObject.get(key);
    return drift.filter((entry) => !same(before?.get(pathOf(entry)), entry));
  }

  /**
   * Takes note of what a pass found; tells what is new, and what has been put right. A correction can take several
   * passes, so what is no longer seen is remembered until AWS is as wanted.
   */
  update(
    key: string,
    drift: readonly Drift[],
    isInSync: boolean,
  ): { readonly appeared: readonly Drift[]; readonly corrected: readonly Drift[] } {
    const before = this.byObject.get(key) ?? new Map<string, Drift>();
    const appeared = this.appeared(key, drift);
    const after = new Map(isInSync ? [] : before);
    for (const entry of drift) after.set(pathOf(entry), entry);
    if (after.size === 0) this.byObject.delete(key);
    else this.byObject.set(key, after);
    return { appeared, corrected: [...before.values()].filter((entry) => !after.has(pathOf(entry))) };
  }

  forget(key: string): void {
    this.byObject.delete(key);
  }
}

function pathOf({ node, field }: Drift): string {
  return `${node}.${field}`;
}

function driftOfStep<Cloud>(step: Step<Cloud>): readonly Drift[] {
  const whole = {
    node: step.node,
    type: step.type.name,
    field: '',
    ignored: false,
    severity: step.type.absence,
  };
  if (step.action === 'create') return [{ ...whole, from: 'missing', to: 'there' }];
  // Something ran with it until AWS had carried out a change of the spec, in a maintenance window: nobody put it there.
  if (step.action === 'delete' && step.current?.users !== undefined) return [];
  if (step.action === 'delete' || step.action === 'retain') return [{ ...whole, from: 'there', to: 'gone' }];
  if (isTakenAway(step)) return [{ ...whole, from: 'being deleted', to: 'there' }];
  // A field that waits for a missing resource differs only until that one is there again; nobody changed it.
  const waiting = new Set(step.changes.filter(({ to }) => hasUnknown(to)).map(({ field }) => field));
  const changed = step.changes.filter(({ field, expected }) => expected !== true && !waiting.has(field));
  return changed.map((change) => ofChange(step, change));
}

/** What is wanted and on its way out, which AWS may need minutes for. Of what is not wanted the spec is empty. */
function isTakenAway<Cloud>({ action, current, spec }: Step<Cloud>): boolean {
  return action === 'wait' && current?.state === 'deleting' && Object.keys(spec).length > 0;
}

function ofChange<Cloud>(step: Step<Cloud>, { path, from, to, severity, ignored }: PlannedChange): Drift {
  return {
    node: step.node,
    type: step.type.name,
    field: path,
    from,
    to,
    severity,
    ignored: ignored === true,
  };
}
