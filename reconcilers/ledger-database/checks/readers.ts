import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { LedgerDatabaseSpec } from '../spec.ts';
import { secondsFault } from './seconds.ts';

/**
 * The readers of the spec, and the bounds in which autoscaling adds more:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
 */
export function checkReaders({
  readers,
  readerAutoscaling: scaling,
}: LedgerDatabaseSpec): readonly SpecFault[] {
  if (scaling === undefined) return [];
  const { min, max } = scaling;
  const faults: SpecFault[] = [
    ...secondsFault(['readerAutoscaling', 'scaleInCooldown'], scaling.scaleInCooldown),
    ...secondsFault(['readerAutoscaling', 'scaleOutCooldown'], scaling.scaleOutCooldown),
  ];
  if (min > max) {
    return [
      ...faults,
      { path: ['readerAutoscaling', 'min'], message: `${min} is more than max, which is ${max}` },
    ];
  }
  const message = readersFault(readers, min, max);
  return message === undefined ? faults : [...faults, { path: ['readers'], message }];
}

function readersFault(readers: number, min: number, max: number): string | undefined {
  if (readers === 0) return 'must be at least 1: Aurora scales clusters that have a reader to measure';
  if (readers < min) return `${readers} is less than readerAutoscaling.min, which is ${min}`;
  if (readers > max) return `${readers} is more than readerAutoscaling.max, which is ${max}`;
  return undefined;
}
