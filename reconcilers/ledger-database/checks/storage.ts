import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { LedgerDatabaseSpec } from '../spec.ts';

/** The storage of an instance that stands alone. */
export function checkStorage({ engine, storage }: LedgerDatabaseSpec): readonly SpecFault[] {
  if (engine !== 'postgres') return [];
  if (storage === undefined)
    return [{ path: ['engine'], message: 'postgres needs storage, like storage: {allocatedGiB: 20}' }];
  const { allocatedGiB, maxGiB } = storage;
  if (maxGiB === undefined) return [];
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
  const least = Math.ceil((allocatedGiB * 11) / 10);
  if (maxGiB >= least) return [];
  const message = `must be at least ${least}, a tenth more than allocatedGiB; leave it out for storage that does not grow`;
  return [{ path: ['storage', 'maxGiB'], message }];
}
