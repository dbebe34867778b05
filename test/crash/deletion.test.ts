import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachOperation } from './choice.ts';
import { Lane } from './lane.ts';
import { removeLake, writeDeletableLake } from './manifests.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const deletion: Phase = {
  name: 'deletion',
  choose: eachOperation,
  async prepare(lane) {
    await lane.reset();
    await writeDeletableLake(lane.manifests);
    await lane.converge();
    const Bucket = 'fintech-data-lake-123456789012';
    for (const Key of ['raw/transactions/1.json', 'raw/transactions/2.json', 'elsewhere.csv'])
      await lane.clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'data' }));
    // Found again rather than just created: the absence of what was created a moment ago is waited out.
    await lane.loseState();
    await lane.converge();
    await removeLake(lane.manifests);
  },
};

let lanes: readonly Lane[] = [];

beforeAll(async () => {
  lanes = await Promise.all([Lane.open(), Lane.open()]);
});

afterAll(() => Promise.all(lanes.map((lane) => lane[Symbol.asyncDispose]())));

test(
  'killed before or after a call of a deletion, or deaf to its answer, it leaves nothing but a key that waits for its end',
  { timeout: 900_000 },
  async () => {
    const swept = await sweep(deletion, lanes);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(deletion, swept)}\n`);
  },
);
