import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachOperation } from './choice.ts';
import { LifeLane } from './life-lane.ts';
import { networkKey, networkWith } from './network.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const creation: Phase = {
  name: 'creation of a network',
  choose: eachOperation,
  prepare: (lane) => lane.returnToCheckpoint(),
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await LifeLane.open(networkKey);
  lane.write(networkWith());
});

afterAll(() => lane[Symbol.asyncDispose]());

test(
  'killed before or after a call of the creation of a network, or deaf to its answer, it ends in the same state',
  { timeout: 3_600_000 },
  async () => {
    const swept = await sweep(creation, lane);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(creation, swept)}\n`);
  },
);
