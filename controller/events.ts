import { conditionOf, isTrue } from './conditions.ts';
import { describeDrift, type Drift } from './drift.ts';
import { maximumEvents, type Condition, type ObjectEvent } from './object.ts';

export type NewEvent = Pick<ObjectEvent, 'type' | 'reason' | 'message'>;

/** Adds an event; one that says the same as an earlier one counts it up instead. Keeps the newest. */
export function withEvent(
  events: readonly ObjectEvent[],
  event: NewEvent,
  now: string,
): readonly ObjectEvent[] {
  const isSame = (other: ObjectEvent): boolean =>
    other.type === event.type && other.reason === event.reason && other.message === event.message;
  const before = events.find(isSame);
  const added = {
    ...event,
    count: (before?.count ?? 0) + 1,
    firstTimestamp: before?.firstTimestamp ?? now,
    lastTimestamp: now,
  };
  return [...events.filter((other) => !isSame(other)), added].slice(-maximumEvents);
}

/** What is worth telling about a change of conditions and of drift. */
export function eventsAfter(
  before: readonly Condition[],
  after: readonly Condition[],
  appeared: readonly Drift[],
  corrected: readonly Drift[],
): readonly NewEvent[] {
  const events: NewEvent[] = appeared
    .filter((drift) => !drift.ignored)
    .map((drift) => ({ type: 'Warning', reason: 'DriftDetected', message: describeDrift(drift) }));
  if (corrected.length > 0) {
    const what = corrected.map(
      ({ type, node, field }) => `${type} ${node}${field === '' ? '' : `.${field}`}`,
    );
    events.push({ type: 'Normal', reason: 'DriftCorrected', message: `corrected ${what.join(', ')}` });
  }
  if (isTrue(after, 'Ready') && !isTrue(before, 'Ready')) {
    events.push({ type: 'Normal', reason: 'Ready', message: conditionOf(after, 'Ready')?.message ?? '' });
  }
  const stalled = conditionOf(after, 'Stalled');
  if (stalled !== undefined && stalled.message !== conditionOf(before, 'Stalled')?.message) {
    events.push({ type: 'Warning', reason: stalled.reason, message: stalled.message });
  }
  return events;
}
