import type { Clients } from '../clients.ts';
import type { Call, RecordedCall } from '../emulator/fault-proxy.ts';
import type { Emulator } from '../emulator/start.ts';
import type { Fault, Point } from './fault.ts';

/** What came of a life: its exit code, or undefined where it was killed, and what it said of why. */
export type Run = {
  readonly code: number | undefined;
  readonly said: string;
  /** The calls that write, in the order of their end. */
  readonly writes: readonly RecordedCall[];
};

/** An account in which one life follows another: of the real program, or of the controller in this process. */
export type Lane = {
  readonly clients: Clients;
  readonly emulator: Emulator;
  /** One life to its end, whichever that is. */
  run(fault?: Fault): Promise<Run>;
  /** One life to its end, which has to be a good one. */
  converge(): Promise<Run>;
};

/** Where something happened to a life. */
export type Struck = { readonly point: Point; readonly call: Call };

export type SweepLane = Lane & {
  /**
   * One life, as if it had been killed at each of these points: at each turn the account, and what is known of it,
   * are as they were at that moment, the last first. What they lead to is forgotten at the next turn.
   */
  killedAt(points: readonly Point[]): AsyncIterable<Struck>;
};
