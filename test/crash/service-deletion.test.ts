import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LifeLane } from './life-lane.ts';
import { eachOperationOfServices } from './service-choice.ts';
import { laneWithDatabase, onlyDatabase, serviceWith } from './service.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const deletion: Phase = {
  name: 'deletion of a service',
  choose: eachOperationOfServices,
  prepare: (lane) => lane.returnToCheckpoint(),
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await laneWithDatabase();
  lane.write(serviceWith());
  await lane.converge();
  await lane.checkpoint();
  lane.write(onlyDatabase);
});

afterAll(() => lane[Symbol.asyncDispose]());

test(
  'killed before or after a call of the deletion of a service, or deaf to its answer, it leaves images and access logs',
  { timeout: 3_600_000 },
  async () => {
    const swept = await sweep(deletion, lane);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    const { buckets, service } = swept.account;
    expect(Object.keys(buckets)).toEqual(['production-fintech-api-access-logs-123456789012-us-east-1']);
    // Beside the images what is the network's and the database's, and secrets that AWS keeps for a month.
    expect(Object.keys(service)).toEqual(['secrets', 'repositories', 'logGroups']);
    process.stdout.write(`${summaryOf(deletion, swept)}\n`);
  },
);
