/** A time in minutes since midnight, or since midnight before Monday, in UTC. */
export type Window = { readonly start: number; readonly length: number };

const dayLength = 24 * 60;
const weekLength = 7 * dayLength;
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Of `23:30-00:30`, every day. */
export function dailyWindow(text: string): Window {
  const [start = 0, end = 0] = text.split('-').map(minutesIn);
  return { start, length: wrapped(end - start, dayLength) };
}

/** Of `sun:23:30-mon:00:30`, every week. */
export function weeklyWindow(text: string): Window {
  const [start = 0, end = 0] = text.split('-').map((time) => {
    const day = days.indexOf(time.slice(0, 3).toLowerCase());
    return day * dayLength + minutesIn(time.slice(4));
  });
  return { start, length: wrapped(end - start, weekLength) };
}

/** Whether a daily and a weekly window have a minute in common on any day. */
export function meet(daily: Window, weekly: Window): boolean {
  return days.some((_, day) => {
    const start = day * dayLength + daily.start;
    return (
      wrapped(start - weekly.start, weekLength) < weekly.length ||
      wrapped(weekly.start - start, weekLength) < daily.length
    );
  });
}

function minutesIn(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function wrapped(minutes: number, length: number): number {
  return (minutes + length) % length;
}
