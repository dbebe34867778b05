import type { RecordedCall } from '../emulator/fault-proxy.ts';
import { isWholeSweep } from '../whole-sweep.ts';
import { eachOperation } from './choice.ts';
import type { Mode } from './fault.ts';

/** Of what a service is made of, these the sweeps of other kinds take already. */
const ofOtherKinds: ReadonlySet<string> = new Set(['application-autoscaling', 'iam', 'logs', 's3']);

/** Every operation once that only a service makes. With SWEEP=all, every call in every mode. */
export function eachOperationOfServices(writes: readonly RecordedCall[], mode: Mode): readonly number[] {
  const chosen = eachOperation(writes, mode);
  if (isWholeSweep) return chosen;
  return chosen.filter((index) => !ofOtherKinds.has(writes[index]?.service ?? ''));
}
