import type { Clients } from '../../clients.ts';

/** An account with the network, as somebody sees it who has its ids before him. */
export type Network = Clients & {
  /** What AWS calls the resource of a node. */
  readonly id: (node: string) => string;
};

/** Something that somebody else does to the resources of the network. */
export type DriftRow = {
  /** As in `somebody <what>`. */
  readonly what: string;
  readonly change: (network: Network) => Promise<unknown>;
  /** The drift that tells of it, with `<node>` in the place of ids, `*` standing for anything. */
  readonly says: readonly string[];
  /** How many passes write until all is as before; one, if not given. */
  readonly writes?: number;
  /** Set where fewer passes are enough if AWS answers in a certain order. */
  readonly orFewer?: true;
  /** Takes away what the row needed beside the network. */
  readonly cleanUp?: (network: Network) => Promise<unknown>;
  /** What is told later: a field that waited for something missing differs once that is there. */
  readonly saysThen?: readonly string[];
  /** Rows of one batch can be made together; those of different ones touch the same, or would hide each other. */
  readonly batch?: number;
};

export const everywhere = '0.0.0.0/0';

export const missing = 'is missing, should be there';
