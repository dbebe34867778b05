import { afterAll, beforeAll, expect, test } from 'vitest';
import { lakeKey, production } from '../reconcilers/data-lake/lake.ts';
import { eachOperation } from './choice.ts';
import { LifeLane } from './life-lane.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const creation: Phase = {
  name: 'creation of a data lake',
  choose: eachOperation,
  prepare: (lane) => lane.returnToCheckpoint(),
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await LifeLane.open(lakeKey);
  // In seconds. As on AWS, where the index of tags shows only after a restart what was made before it.
  await lane.emulator.setStaleness({ tagging: 15 });
  await lane.checkpoint();
  lane.write(production());
});

afterAll(() => lane[Symbol.asyncDispose]());

test(
  'killed before or after a call of the creation of a data lake, or deaf to its answer, it ends in the same state',
  { timeout: 900_000 },
  async () => {
    const swept = await sweep(creation, lane);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(creation, swept)}\n`);
  },
);
