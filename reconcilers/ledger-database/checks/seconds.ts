import { parseDuration } from '../../../controller/engine/duration.ts';
import type { SpecFault } from '../../../controller/engine/kind.ts';

/** AWS takes whole seconds. */
export function secondsFault(path: SpecFault['path'], duration: string): readonly SpecFault[] {
  if (Number.isInteger(parseDuration(duration) / 1_000)) return [];
  return [{ path, message: `${duration} is not a whole number of seconds` }];
}
