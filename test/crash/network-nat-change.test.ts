import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachOperation } from './choice.ts';
import { LifeLane } from './life-lane.ts';
import { networkKey, networkWith } from './network.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const change: Phase = {
  name: 'NAT gateways from one per zone to a single one',
  choose: eachOperation,
  prepare: (lane) => lane.returnToCheckpoint(),
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await LifeLane.open(networkKey);
  lane.write(networkWith());
  await lane.converge();
  await lane.checkpoint();
  lane.write(networkWith({ natGateways: 'Single' }));
});

afterAll(() => lane[Symbol.asyncDispose]());

test(
  'killed before or after a call of the change to a single NAT gateway, or deaf to its answer, it ends in the same state',
  { timeout: 3_600_000 },
  async () => {
    const swept = await sweep(change, lane);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(change, swept)}\n`);
  },
);
