import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { TableOfLedger } from '../spec.ts';

/** Capacity units are given where they are provisioned, and only there. */
export function checkCapacity({ capacity }: TableOfLedger): readonly SpecFault[] {
  return (['read', 'write'] as const).flatMap((direction) => {
    const path = ['capacity', direction];
    // The schema cannot say that the mode decides, so that at this point either may be missing, or too much.
    const range = Object.entries(capacity).some(([field]) => field === direction);
    if (capacity.mode === 'OnDemand') return range ? [{ path, message: 'only with mode: Provisioned' }] : [];
    if (!range) return [{ path: ['capacity', 'mode'], message: `Provisioned needs capacity.${direction}` }];
    const { min, max } = capacity[direction];
    return min <= max
      ? []
      : [{ path: [...path, 'min'], message: `${min} is more than max, which is ${max}` }];
  });
}
