import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachOperation } from './choice.ts';
import { LifeLane } from './life-lane.ts';
import { networkKey, networkWith, withoutNetwork } from './network.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const deletion: Phase = {
  name: 'deletion of a network',
  choose: eachOperation,
  prepare: (lane) => lane.returnToCheckpoint(),
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await LifeLane.open(networkKey);
  lane.write(networkWith());
  await lane.converge();
  await lane.checkpoint();
  lane.write(withoutNetwork);
});

afterAll(() => lane[Symbol.asyncDispose]());

test(
  'killed before or after a call of the deletion of a network, or deaf to its answer, it leaves nothing',
  { timeout: 3_600_000 },
  async () => {
    const swept = await sweep(deletion, lane);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(deletion, swept)}\n`);
  },
);
