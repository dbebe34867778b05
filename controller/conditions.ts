import type { Condition, ConditionStatus } from './object.ts';

/** Every reason that a condition can have; docs/conditions.md explains each. */
export type Reason =
  | 'InSync'
  | 'Asleep'
  | 'Connected'
  | 'Progressing'
  | 'Differs'
  | 'DriftDetected'
  | 'NoDrift'
  | 'ApprovalRequired'
  | 'InvalidSpec'
  | 'DuplicateResources'
  | 'NotConverging'
  | 'NotOwned'
  | 'NotEmpty'
  | 'QuotaExceeded'
  | 'WrongAccount'
  | 'AccessDenied'
  | 'Throttled'
  | 'Conflict'
  | 'Error'
  | 'Deleting'
  | 'DeletionBlocked'
  | 'DeploymentFailed'
  | 'Paused';

/** What holds now; `generation` and times are added by {@link withConditions}. */
export type Finding = {
  readonly type: string;
  readonly status: ConditionStatus;
  readonly reason: Reason;
  readonly message: string;
};

/** The order in which people read them. */
const firstTypes = ['Ready', 'Reconciling', 'Stalled', 'Drifted', 'Paused'];

/**
 * Replaces the conditions by these findings. As kstatus has it, `Reconciling`, `Stalled` and `Paused` are
 * there only while they are true. The time of transition moves only when the status changes.
 */
export function withConditions(
  previous: readonly Condition[],
  findings: readonly Finding[],
  generation: number,
  now: string,
): readonly Condition[] {
  const conditions = findings.map((finding): Condition => {
    const before = previous.find((condition) => condition.type === finding.type);
    const unchanged = before !== undefined && before.status === finding.status;
    return {
      ...finding,
      observedGeneration: generation,
      lastTransitionTime: unchanged ? before.lastTransitionTime : now,
    };
  });
  return conditions.sort((one, other) => rank(one) - rank(other) || one.type.localeCompare(other.type));
}

export function conditionOf(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type);
}

export function isTrue(conditions: readonly Condition[], type: string): boolean {
  return conditionOf(conditions, type)?.status === 'True';
}

function rank({ type }: Condition): number {
  const index = firstTypes.indexOf(type);
  return index === -1 ? firstTypes.length : index;
}
