import { production } from '../reconcilers/data-lake/lake.ts';

/** The lake of the contract, but meant to be deleted again with everything in it, which object lock forbids. */
export const deletableLake = production({
  lake: { objectLock: undefined, deletionPolicy: 'Delete', emptyOnDeletion: true },
});
