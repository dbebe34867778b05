import type { Clock } from './clock.ts';
import { same } from './compare.ts';
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
  private readonly byNode = new Map<string, Map<string, Expectation>>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** A write of these differences was accepted. */
  written(node: string, changes: readonly Change[], settleTime: number): void {
    const expected = this.byNode.get(node) ?? new Map<string, Expectation>();
    this.byNode.set(node, expected);
    for (const change of changes) {
      const before = expected.get(change.path);
      const attempts = before !== undefined && isRepeated(before, change) ? before.attempts + 1 : 1;
      const until = this.clock.now() + settleTime;
      expected.set(change.path, { from: change.from, to: change.to, until, attempts });
    }
  }

  /** Whether AWS may still be showing what was before our last write. */
  isSettling(node: string, change: Change): boolean {
    const expected = this.byNode.get(node)?.get(change.path);
    return expected !== undefined && this.clock.now() < expected.until && same(expected.from, change.from);
  }

  /** How often a difference was written without any change, once that is too often to try again. */
  failedAttempts(node: string, change: Change): number | undefined {
    const expected = this.byNode.get(node)?.get(change.path);
    if (expected === undefined || expected.attempts < maximumAttempts) return undefined;
    return isRepeated(expected, change) ? expected.attempts : undefined;
  }

  /** Forgets what this list no longer shows as different: it has arrived. */
  observed(node: string, changes: readonly Change[]): void {
    const expected = this.byNode.get(node);
    if (expected === undefined) return;
    const differing = new Set(changes.map(({ path }) => path));
    for (const path of expected.keys()) if (!differing.has(path)) expected.delete(path);
    if (expected.size === 0) this.byNode.delete(node);
  }

  get isEmpty(): boolean {
    return this.byNode.size === 0;
  }
}

function isRepeated(expected: Expectation, change: Change): boolean {
  return same(expected.from, change.from) && same(expected.to, change.to);
}
