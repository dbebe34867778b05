import { afterAll, beforeAll, expect, test } from 'vitest';
import { killedAfter } from './choice.ts';
import type { LifeLane } from './life-lane.ts';
import { eachOperationOfServices } from './service-choice.ts';
import { forgetService, laneWithDatabase, serviceWith } from './service.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const creation: Phase = {
  name: 'creation of a service',
  choose: eachOperationOfServices,
  prepare: (lane) => lane.returnToCheckpoint(),
};

const stateLost: Phase = {
  name: 'creation of a service whose state is lost',
  prepare: (lane) => lane.returnToCheckpoint(),
  meanwhile: forgetService,
  // Found again by its name, by its name in what it belongs to, or by its tags.
  choose: killedAfter('CreateSecret', 'CreateLoadBalancer', 'RegisterTaskDefinition', 'CreateService'),
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await laneWithDatabase();
  await lane.checkpoint();
  lane.write(serviceWith());
});

afterAll(() => lane[Symbol.asyncDispose]());

test.each([creation, stateLost])(
  'killed before or after a call of the $name, or deaf to its answer, it ends in the same state',
  { timeout: 3_600_000 },
  async (phase) => {
    const swept = await sweep(phase, lane);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(phase, swept)}\n`);
  },
);
