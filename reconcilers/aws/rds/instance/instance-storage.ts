import { NotReady, Terminal } from '../../../../controller/engine/errors.ts';
import type { Change } from '../../../../controller/engine/resource-type.ts';
import type { ObservedInstance } from './instance-list.ts';
import type { Modification, Modifications } from './instance-modification.ts';
import type { InstanceSpec } from './instance-spec.ts';

export type StorageSize = {
  /** What it has at least: it never shrinks. */
  readonly allocatedGiB: number;
  /** Up to where autoscaling grows it; undefined: it does not grow by itself. */
  readonly maxGiB: number | undefined;
};

/**
 * AWS makes an increase of less than a tenth one of a tenth, and autoscaling grows it up to its limit. At the limit,
 * where there is nothing left to grow to, AWS may show none.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
 */
export function coversStorage(wanted: StorageSize, actual: StorageSize): boolean {
  return coversAllocated(wanted, actual) && growsAsFar(wanted, actual);
}

function coversAllocated(wanted: StorageSize, { allocatedGiB }: StorageSize): boolean {
  const most = Math.max(Math.ceil((wanted.allocatedGiB * 11) / 10), wanted.maxGiB ?? 0);
  return allocatedGiB >= wanted.allocatedGiB && allocatedGiB <= most;
}

function growsAsFar(wanted: StorageSize, actual: StorageSize): boolean {
  const isAtLimit = wanted.maxGiB !== undefined && actual.allocatedGiB >= wanted.maxGiB;
  return actual.maxGiB === wanted.maxGiB || (isAtLimit && actual.maxGiB === undefined);
}

/**
 * From 400 GiB on gp3 of PostgreSQL has IOPS of its own, at least 12,000, which each change of the storage has to name;
 * below it has to name none. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage
 */
const OWN_IOPS_FROM_GIB = 400;
const LEAST_OWN_IOPS = 12_000;

/** The changes of the storage, for the call that modifies the instance. */
export function storageModifications(
  { storage, storageType }: InstanceSpec,
  current: ObservedInstance,
): Modifications {
  const actual = current.spec.storage;
  const allocated = Math.max(storage.allocatedGiB, actual.allocatedGiB);
  const hasOwnIops = storageType === 'gp3' && allocated >= OWN_IOPS_FROM_GIB;
  const withIops = hasOwnIops && {
    AllocatedStorage: allocated,
    Iops: Math.max(current.outputs.iops, LEAST_OWN_IOPS),
  };
  const grown: Modification = { AllocatedStorage: allocated, ...withIops };
  return {
    storageType: () => ({ StorageType: storageType, ...withIops }),
    storage: () => ({
      ...(allocated > actual.allocatedGiB && grown),
      // The same as what is allocated turns it off.
      ...(!growsAsFar(storage, actual) && { MaxAllocatedStorage: Math.max(storage.maxGiB ?? 0, allocated) }),
    }),
  };
}

/**
 * Why a change of the storage that is wanted is not to be asked for. AWS shows the first part of the time in which it
 * changes no storage by the status `storage-optimization`. That the last change is less than six hours ago it says only
 * by InvalidParameterCombination, which stands for much else too, and is tried again slowly like all of that.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html
 */
export function whyStorageStays(
  { storage }: InstanceSpec,
  { spec: { storage: actual }, outputs }: ObservedInstance,
  changes: readonly Change[],
): Error | undefined {
  if (!changes.some(isOfStorage)) return undefined;
  const isTooLarge = actual.allocatedGiB > storage.allocatedGiB && !coversAllocated(storage, actual);
  // Whether it grows is set right first.
  if (isTooLarge && growsAsFar(storage, actual))
    return new Terminal(
      'InvalidSpec',
      `has ${actual.allocatedGiB} GiB, which AWS cannot make less: ask for at least that many`,
    );
  return outputs.optimizesStorage
    ? new NotReady('waits until AWS has optimised its storage: until then it cannot be changed again')
    : undefined;
}

export function isOfStorage({ field }: Change): boolean {
  return field === 'storage' || field === 'storageType';
}
