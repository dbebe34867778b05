import { driftOf } from '../drift.ts';
import { interruptionOf } from '../engine/interruption.ts';
import type { Plan, Step } from '../engine/plan.ts';
import type { Fields, Interruption, Severity } from '../engine/resource-type.ts';

/** A plan as people and programs read it: plain data. */
export type PlanReport = {
  readonly object: string;
  readonly cause: 'drift' | 'change';
  readonly steps: readonly StepReport[];
  /** To be put into the annotation fintech.global/approve where a step is refused. */
  readonly hash?: string;
  /** Set where no plan could be made. */
  readonly error?: string;
};

export type StepReport = {
  readonly action: Step<unknown>['action'];
  readonly node: string;
  readonly type: string;
  readonly id?: string;
  /** What a created resource will have. */
  readonly settings?: Fields;
  readonly changes: readonly {
    readonly field: string;
    readonly from: unknown;
    readonly to: unknown;
    readonly severity: Severity;
    readonly ignored: boolean;
    /** Made by time, and no drift. */
    readonly expected?: true;
  }[];
  /** What it costs those who use the resource, now or in the maintenance window. */
  readonly interruption: Interruption;
  readonly because?: string;
  readonly refusal?: string;
};

export function planReport<Cloud>(object: string, plan: Plan<Cloud>): PlanReport {
  const steps = plan.steps.map(stepReport);
  const refused = plan.steps.some((step) => step.refusal !== undefined);
  const cause = driftOf(plan).length > 0 ? 'drift' : 'change';
  return { object, cause, steps, ...(refused ? { hash: plan.hash } : {}) };
}

/** Whether carrying the plan out would write anything. */
export function hasChanges({ steps }: PlanReport): boolean {
  return steps.some((step) => step.action !== 'none' && step.action !== 'wait');
}

function stepReport<Cloud>(step: Step<Cloud>): StepReport {
  const { action, node, type, current, because, refusal, spec } = step;
  return {
    action,
    node,
    type: type.name,
    ...(current === undefined ? {} : { id: current.id }),
    ...(action === 'create' ? { settings: spec } : {}),
    changes: step.changes.map(({ path, from, to, severity, ignored, expected }) => ({
      field: path,
      from,
      to,
      severity,
      ignored: ignored === true,
      ...(expected === true ? { expected } : {}),
    })),
    interruption: interruptionOf(step),
    ...(because === undefined ? {} : { because }),
    ...(refusal === undefined ? {} : { refusal }),
  };
}
