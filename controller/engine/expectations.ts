import type { Clock } from './clock.ts';
import { same } from './compare.ts';
import { Terminal } from './errors.ts';
import type { Change } from './resource-type.ts';

/** An update that leaves the same difference this many times is given up until something changes. */
export const maximumAttempts = 3;

type Expectation = {
  readonly from: unknown;
  readonly to: unknown;
  readonly until: number;
  readonly attempts: number;
};

/**
 * What the last writes of one object should lead to. AWS may show the old value for a while: until then
 * a write is not repeated. A difference that comes back unchanged again and again is a mistake of ours
 * or of the API, and must not become an endless loop of writes.
 */
export class Expectations {
  private readonly byPath = new Map<string, Expectation>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** A write of these differences was accepted. */
  written(node: string, changes: readonly Change[], settleTime: number): void {
    for (const change of changes) {
      const key = `${node}.${change.path}`;
      const before = this.byPath.get(key);
      const attempts = before !== undefined && isRepeated(before, change) ? before.attempts + 1 : 1;
      const until = this.clock.now() + settleTime;
      this.byPath.set(key, { from: change.from, to: change.to, until, attempts });
    }
  }

  /** Whether AWS may still be showing what was before our last write. */
  isSettling(node: string, change: Change): boolean {
    const expected = this.byPath.get(`${node}.${change.path}`);
    return expected !== undefined && this.clock.now() < expected.until && same(expected.from, change.from);
  }

  /** Throws {@link Terminal} `NotConverging` for a difference that our writes do not change. */
  check(node: string, type: string, changes: readonly Change[]): void {
    for (const change of changes) {
      const expected = this.byPath.get(`${node}.${change.path}`);
      if (expected === undefined || expected.attempts < maximumAttempts || !isRepeated(expected, change))
        continue;
      throw new Terminal(
        'NotConverging',
        `${type} ${node} still differs in ${change.path} after ${expected.attempts} updates; it is not updated again before its spec changes`,
      );
    }
  }

  /** Forgets what this list no longer shows as different: it has arrived. */
  observed(node: string, changes: readonly Change[]): void {
    if (this.byPath.size === 0) return;
    const differing = new Set(changes.map((change) => `${node}.${change.path}`));
    for (const key of this.byPath.keys()) {
      if (key.startsWith(`${node}.`) && !differing.has(key)) this.byPath.delete(key);
    }
  }

  get isEmpty(): boolean {
    return this.byPath.size === 0;
  }
}

function isRepeated(expected: Expectation, change: Change): boolean {
  return same(expected.from, change.from) && same(expected.to, change.to);
}
