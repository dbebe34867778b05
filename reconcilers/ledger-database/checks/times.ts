import type { SpecFault } from '../../../controller/engine/kind.ts';
import { parseRfc3339 } from '../../../controller/time.ts';

/** Clocks differ a little, and people write the present. */
const tolerance = 5 * 60_000;

/** The one rule that the time decides; it only ever becomes milder. */
export function pastFault(
  path: SpecFault['path'],
  time: string | undefined,
  why: string,
): readonly SpecFault[] {
  if (time === undefined) return [];
  const milliseconds = parseRfc3339(time);
  if (milliseconds === undefined)
    return [{ path, message: `${time} is no time as in RFC 3339, like 2026-01-31T12:00:00Z` }];
  if (milliseconds <= Date.now() + tolerance) return [];
  return [{ path, message: `${time} is still to come: ${why}` }];
}
