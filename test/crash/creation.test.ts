import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachOperation } from './choice.ts';
import { Lane } from './lane.ts';
import { writeProduction } from './manifests.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const creation: Phase = {
  name: 'creation',
  choose: eachOperation,
  async prepare(lane) {
    await lane.reset();
    await writeProduction(lane.manifests);
    // As on AWS, where the index of tags shows only after a restart what was made before it.
    await lane.emulator.setStaleness({ tagging: 3 });
  },
};

let lanes: readonly Lane[] = [];

beforeAll(async () => {
  lanes = await Promise.all([Lane.open(), Lane.open()]);
});

afterAll(() => Promise.all(lanes.map((lane) => lane[Symbol.asyncDispose]())));

test(
  'killed before or after a call of a first convergence, or deaf to its answer, it ends in the same state',
  { timeout: 900_000 },
  async () => {
    const swept = await sweep(creation, lanes);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(creation, swept)}\n`);
  },
);
