import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachOperation } from './choice.ts';
import { laneWithNetwork, ledgerWith } from './ledger.ts';
import type { LifeLane } from './life.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const creation: Phase<LifeLane> = {
  name: 'creation of a ledger',
  choose: eachOperation,
  prepare: (lane) => lane.returnToCheckpoint(),
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await laneWithNetwork();
  await lane.checkpoint();
  lane.write(ledgerWith());
});

afterAll(() => lane[Symbol.asyncDispose]());

test(
  'killed before or after a call of the creation of a ledger, or deaf to its answer, it ends in the same state',
  { timeout: 3_600_000 },
  async () => {
    const swept = await sweep(creation, [lane]);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(creation, swept)}\n`);
  },
);
