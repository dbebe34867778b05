import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachOperation } from './choice.ts';
import { laneWithNetwork, ledgerWith, onlyNetwork } from './ledger.ts';
import type { LifeLane } from './life-lane.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const deletion: Phase = {
  name: 'deletion of a ledger',
  choose: eachOperation,
  prepare: (lane) => lane.returnToCheckpoint(),
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await laneWithNetwork();
  lane.write(ledgerWith());
  await lane.converge();
  await lane.checkpoint();
  lane.write(onlyNetwork);
});

afterAll(() => lane[Symbol.asyncDispose]());

test(
  'killed before or after a call of the deletion of a ledger, or deaf to its answer, it leaves its copies and their key',
  { timeout: 3_600_000 },
  async () => {
    const swept = await sweep(deletion, lane);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(deletion, swept)}\n`);
  },
);
