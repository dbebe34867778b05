import type { Call, Decision, FaultProxyOptions } from '../emulator/fault-proxy.ts';

/** What happens at the call: `killed-before` it reaches AWS, `killed-after` it was carried out, or only its answer lost. */
export const modes = ['killed-before', 'killed-after', 'response-lost'] as const;

export type Mode = (typeof modes)[number];

/** A mode, and the place of a call among those that write. */
export type Point = { readonly mode: Mode; readonly index: number };

/** One fault, at the first call that is meant. */
export class Fault {
  readonly mode: Mode;
  /** The call that it happened at, once it has. */
  struck: Call | undefined;
  private readonly isMeant: (call: Call) => boolean;

  constructor(mode: Mode, isMeant: (call: Call) => boolean) {
    this.mode = mode;
    this.isMeant = isMeant;
  }

  /** How the proxy makes it happen to the process that `kill` kills. */
  asProxyOptions(kill: () => Promise<void>): FaultProxyOptions {
    const decide = async (call: Call): Promise<Decision> => {
      if (this.struck !== undefined || !call.mutating || !this.isMeant(call)) return 'pass';
      this.struck = call;
      if (this.mode !== 'killed-before') return 'lose-response';
      await kill();
      return 'cut';
    };
    const afterForward = async (call: Call): Promise<void> => {
      if (this.mode === 'killed-after' && call.index === this.struck?.index) await kill();
    };
    return { decide, afterForward };
  }
}

/** The call with this place among those that write. */
export function callNumber(index: number): (call: Call) => boolean {
  return (call) => call.mutatingIndex === index;
}

export function callNamed(operation: string): (call: Call) => boolean {
  return (call) => call.operation === operation;
}
