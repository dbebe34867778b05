import type { Clients } from '../../aws-state.ts';

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
  /** Takes away what the row needed beside the network. */
  readonly cleanUp?: (network: Network) => Promise<unknown>;
  /** It cannot be made together with the other rows: they touch the same, or would hide it. */
  readonly alone?: true;
};

export const everywhere = '0.0.0.0/0';

export const missing = 'is missing, should be there';
