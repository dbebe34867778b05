import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataBucket, lakeKey, withoutLake } from '../reconcilers/data-lake/lake.ts';
import { eachOperation } from './choice.ts';
import { deletableLake } from './lake.ts';
import { LifeLane } from './life-lane.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const deletion: Phase = {
  name: 'deletion of a data lake',
  choose: eachOperation,
  prepare: (lane) => lane.returnToCheckpoint(),
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await LifeLane.open(lakeKey);
  lane.write(deletableLake);
  await lane.converge();
  for (const Key of ['raw/transactions/1.json', 'raw/transactions/2.json', 'elsewhere.csv'])
    await lane.clients.s3.send(new PutObjectCommand({ Bucket: dataBucket, Key, Body: 'data' }));
  // Found again rather than just created: the absence of what was created a moment ago is waited out.
  lane.loseState();
  await lane.converge();
  await lane.checkpoint();
  lane.write(withoutLake());
});

afterAll(() => lane[Symbol.asyncDispose]());

test(
  'killed before or after a call of the deletion of a data lake, or deaf to its answer, it leaves nothing but a key that waits for its end',
  { timeout: 900_000 },
  async () => {
    const swept = await sweep(deletion, lane);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(deletion, swept)}\n`);
  },
);
