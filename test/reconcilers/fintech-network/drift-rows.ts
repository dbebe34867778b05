import type { Clients } from '../../clients.ts';
import type { DriftRow as AnyDriftRow } from '../drift-row.ts';

/** An account with the network, as somebody sees it who has its ids before him. */
export type Network = Clients & {
  /** What AWS calls the resource of a node. */
  readonly id: (node: string) => string;
};

/** Something that somebody else does to the network; in what it says stands `<node>` in the place of ids. */
export type DriftRow = AnyDriftRow<Network>;

export const everywhere = '0.0.0.0/0';
