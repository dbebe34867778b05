import type { DeletionPolicy, EnvironmentSpec, Mode } from './environment.ts';
import type { ObjectRecord } from './object.ts';

export const modeAnnotation = 'fintech.global/mode';
export const pausedUntilAnnotation = 'fintech.global/paused-until';
export const ignoreAnnotation = 'fintech.global/ignore';
export const approveAnnotation = 'fintech.global/approve';
export const applyImmediatelyAnnotation = 'fintech.global/apply-immediately';

/** The mode that holds for an object now: a pause that has not ended, its own annotation, its Environment. */
export function modeOf(record: ObjectRecord, environment: EnvironmentSpec, now: number): Mode {
  const { annotations } = record.metadata;
  const until = pausedUntil(record);
  if (until !== undefined && now < until) return 'Paused';
  const own = annotations[modeAnnotation];
  if (own === 'Enforce' || own === 'Observe') return own;
  // An end of the pause that has passed also ends a pause by mode.
  if (own === 'Paused') return until === undefined ? 'Paused' : environment.reconcile.mode;
  return environment.reconcile.mode;
}

/** Milliseconds since the epoch. */
export function pausedUntil(record: ObjectRecord): number | undefined {
  const until = Date.parse(record.metadata.annotations[pausedUntilAnnotation] ?? '');
  return Number.isNaN(until) ? undefined : until;
}

export function deletionPolicyOf(record: ObjectRecord, environment: EnvironmentSpec): DeletionPolicy {
  const own = record.spec['deletionPolicy'];
  return own === 'Retain' || own === 'Delete' ? own : environment.deletion.policy;
}

/** `<node>.<field>` paths that are left to somebody else. */
export function ignoredOf(record: ObjectRecord): ReadonlySet<string> {
  const listed = record.metadata.annotations[ignoreAnnotation] ?? '';
  return new Set(
    listed
      .split(',')
      .map((path) => path.trim())
      .filter((path) => path !== ''),
  );
}

/** Whether changes that interrupt are made at once, and not in the maintenance window. */
export function appliesImmediately(record: ObjectRecord): boolean {
  return record.metadata.annotations[applyImmediatelyAnnotation] === 'true';
}
