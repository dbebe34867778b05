import type { RecordedCall } from '../emulator/fault-proxy.ts';
import { modes, type Mode } from './fault.ts';

/**
 * Every operation once, in one mode after the other, since of calls that differ only in their zone or port each says
 * the same. With SWEEP=all, every call in every mode, which takes an hour.
 */
export function eachOperation(writes: readonly RecordedCall[], mode: Mode): readonly number[] {
  const indexes = writes.map((_, index) => index);
  if (process.env['SWEEP'] === 'all') return indexes;
  const alike = Map.groupBy(indexes, (index) => `${writes[index]?.service} ${writes[index]?.operation}`);
  const inMode = [...alike.values()].filter((_, number) => modes[number % modes.length] === mode);
  return inMode.flatMap((calls) => calls.at(placeOf(mode, calls.length)) ?? []);
}

/** The first, one in the middle, the last. */
function placeOf(mode: Mode, count: number): number {
  if (mode === 'killed-before') return 0;
  return mode === 'killed-after' ? Math.floor(count / 2) : -1;
}
