import { DateTime } from 'luxon';

/** When an environment is used, as its manifest says it; `start` and `stop` are times of day, HH:MM. */
export type OfficeHours = {
  readonly timeZone: string;
  readonly days: readonly string[];
  readonly start: string;
  readonly stop: string;
};

export type Opening = {
  readonly isOpen: boolean;
  /** Until when that holds, in milliseconds since the epoch. */
  readonly until: number;
};

/** As luxon numbers them: Monday is 1. */
const weekdays = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * Whether it is within office hours. Where clocks are put forward over a time, that time is as much later; where they
 * are put back over it, the first of the two counts.
 */
export function openingAt(hours: OfficeHours, now: number): Opening {
  const today = DateTime.fromMillis(now, { zone: hours.timeZone }).startOf('day');
  // A change of summer time can move the end of a day into the next one, and can leave out the only day of a week.
  for (let days = -1; days <= 14; days += 1) {
    const { start, stop } = periodOf(today.plus({ days }), hours);
    if (start < stop && now < stop)
      return now < start ? { isOpen: false, until: start } : { isOpen: true, until: stop };
  }
  return { isOpen: false, until: Infinity };
}

/** A moment as people of this time zone read it: `Monday 5 January 2026, 08:00 (America/New_York)`. */
export function describeMoment(moment: number, timeZone: string): string {
  const local = DateTime.fromMillis(moment, { zone: timeZone, locale: 'en' });
  return `${local.toFormat('cccc d LLLL yyyy, HH:mm')} (${timeZone})`;
}

type Period = { readonly start: number; readonly stop: number };

const never: Period = { start: 0, stop: 0 };

function periodOf(day: DateTime, { days, start, stop }: OfficeHours): Period {
  if (!days.includes(weekdays[day.weekday] ?? '')) return never;
  return { start: timeOn(day, start), stop: timeOn(day, stop) };
}

function timeOn(day: DateTime, time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return day.set({ hour, minute }).toMillis();
}
