import type { RecordedCall } from '../emulator/fault-proxy.ts';
import { isWholeSweep } from '../whole-sweep.ts';
import { modes, type Mode } from './fault.ts';

/** Which of the calls of a run that nothing happens to are swept over in a mode. */
export type Choice = (writes: readonly RecordedCall[], mode: Mode) => readonly number[];

/**
 * Every operation once, in one mode after the other, since of calls that differ only in their zone or port each says
 * the same. With SWEEP=all, every call in every mode, which takes an hour.
 */
export function eachOperation(writes: readonly RecordedCall[], mode: Mode): readonly number[] {
  const indexes = [...writes.keys()];
  if (isWholeSweep) return indexes;
  const alike = Map.groupBy(indexes, (index) => `${writes[index]?.service} ${writes[index]?.operation}`);
  const inMode = [...alike.values()].filter((_, number) => modes[number % modes.length] === mode);
  return inMode.flatMap((calls) => calls.at(placeOf(mode, calls.length)) ?? []);
}

/** Killed after the first call of each of these operations. With SWEEP=all, after every call. */
export function killedAfter(...operations: readonly string[]): Choice {
  return (writes, mode) => {
    if (mode !== 'killed-after') return [];
    if (isWholeSweep) return [...writes.keys()];
    const places = writes.map(({ operation }) => operation);
    return operations.map((operation) => places.indexOf(operation));
  };
}

/** The first, one in the middle, the last. */
function placeOf(mode: Mode, count: number): number {
  if (mode === 'killed-before') return 0;
  return mode === 'killed-after' ? Math.floor(count / 2) : -1;
}
