import { formatDuration, parseDuration } from '../../../controller/engine/duration.ts';
import type { SpecFault } from '../../../controller/engine/kind.ts';

/** AWS takes whole seconds, and of each duration from so many to so many. */
export function durationFault(
  path: SpecFault['path'],
  duration: string,
  [least, most]: readonly [number, number],
): readonly SpecFault[] {
  const seconds = parseDuration(duration) / 1_000;
  if (!Number.isInteger(seconds)) return [{ path, message: `${duration} is not a whole number of seconds` }];
  if (seconds >= least && seconds <= most) return [];
  const limits = [least, most].map((limit) => formatDuration(limit * 1_000));
  return [{ path, message: `${duration} is not from ${limits.join(' to ')}` }];
}
