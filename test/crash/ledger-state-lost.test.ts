import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetLedger, laneWithNetwork, ledgerWith } from './ledger.ts';
import type { LifeLane } from './life.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

// What a creation leaves behind has a name or, as the key, tags: it is found again by who remembers nothing of it.

/** One of each way to be found. */
const made: ReadonlySet<string> = new Set([
  'CreateKey',
  'CreateSecret',
  'CreateDBCluster',
  'CreateDBInstance',
  'CreateReplicationGroup',
  'CreateTable',
  'RegisterScalableTarget',
]);

const stateLost: Phase<LifeLane> = {
  name: 'creation of a ledger whose state is lost',
  prepare: (lane) => lane.returnToCheckpoint(),
  meanwhile: forgetLedger,
  choose(writes, mode) {
    if (mode !== 'killed-after') return [];
    const places = writes.map(({ operation }) => operation);
    if (process.env['SWEEP'] === 'all') return [...places.keys()];
    return [...made].map((operation) => places.indexOf(operation));
  },
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await laneWithNetwork();
  await lane.checkpoint();
  lane.write(ledgerWith());
});

afterAll(() => lane[Symbol.asyncDispose]());

test(
  'killed after a call of the creation of a ledger, and the state lost with it, nothing is made twice',
  { timeout: 3_600_000 },
  async () => {
    const swept = await sweep(stateLost, [lane]);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(stateLost, swept)}\n`);
  },
);
