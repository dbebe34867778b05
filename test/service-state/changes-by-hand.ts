import type { Clients } from '../clients.ts';
import type { Sample } from './sample-service.ts';

export type ChangeByHand = {
  readonly make: (clients: Clients, sample: Sample) => Promise<unknown>;
  /** `*` for anything. */
  readonly shows: readonly string[];
};

/** By what is changed. */
export type ChangesByHand = Readonly<Record<string, ChangeByHand>>;
