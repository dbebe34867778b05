import type { Clients } from '../clients.ts';

/** Something that somebody else does to the resources of an object, in an account as he sees it. */
export type DriftRow<Account = Clients> = {
  /** As in `somebody <what>`. */
  readonly what: string;
  readonly change: (account: Account) => Promise<unknown>;
  /** The drift that tells of it, `*` standing for anything. */
  readonly says: readonly string[];
  /** What is told later: it differs once what `says` tells of is corrected. */
  readonly later?: readonly string[];
  /** What is not as before all the same, because AWS or somebody else has the choice. */
  readonly leaves?: readonly string[];
  /** Set where AWS does it a few times in a month only, so that no test may count on the one before. */
  readonly isLimited?: true;
  /** How many passes look at it at most until it is seen, where settings are read in turns; one, if not given. */
  readonly looks?: number;
  /** How many passes write until all is as before; one, if not given. */
  readonly writes?: number;
  /** Set where fewer passes are enough if AWS answers in a certain order. */
  readonly orFewer?: true;
  /** Takes away what the row needed beside the object. */
  readonly cleanUp?: (account: Account) => Promise<unknown>;
  /** Rows of one batch are made together; those of different ones touch the same, or would hide each other. */
  readonly batch?: number;
};

export const missing = 'is missing, should be there';
