import type { AnyKind } from './engine/kind.ts';
import type { EnvironmentSpec } from './environment.ts';
import { describeMoment, openingAt } from './office-hours.ts';

export type Sleep = {
  readonly isAsleep: boolean;
  /** Until when that holds, in milliseconds since the epoch. */
  readonly until: number;
  /** The same for people. */
  readonly untilText: string;
};

/** Whether an object is to be asleep at this moment; undefined where it never is. */
export function sleepOf<Cloud>(
  kind: AnyKind<Cloud>,
  { officeHours }: EnvironmentSpec,
  now: number,
): Sleep | undefined {
  if (kind.sleeps !== true || officeHours === undefined) return undefined;
  const { isOpen, until } = openingAt(officeHours, now);
  return { isAsleep: !isOpen, until, untilText: describeMoment(until, officeHours.timeZone) };
}
