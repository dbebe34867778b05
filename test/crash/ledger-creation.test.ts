import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachOperation, killedAfter } from './choice.ts';
import { forgetLedger, laneWithNetwork, ledgerWith } from './ledger.ts';
import type { LifeLane } from './life-lane.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const creation: Phase = {
  name: 'creation of a ledger',
  choose: eachOperation,
  prepare: (lane) => lane.returnToCheckpoint(),
};

// What a creation leaves behind has a name or, as the key, tags: it is found again by who remembers nothing of it.
const stateLost: Phase = {
  name: 'creation of a ledger whose state is lost',
  prepare: (lane) => lane.returnToCheckpoint(),
  meanwhile: forgetLedger,
  choose: killedAfter(
    'CreateKey',
    'CreateSecret',
    'CreateDBCluster',
    'CreateDBInstance',
    'CreateReplicationGroup',
    'CreateTable',
    'RegisterScalableTarget',
  ),
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await laneWithNetwork();
  await lane.checkpoint();
  lane.write(ledgerWith());
});

afterAll(() => lane[Symbol.asyncDispose]());

test.each([creation, stateLost])(
  'killed before or after a call of the $name, or deaf to its answer, it ends in the same state',
  { timeout: 3_600_000 },
  async (phase) => {
    const swept = await sweep(phase, lane);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(phase, swept)}\n`);
  },
);
