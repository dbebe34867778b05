import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LifeLane } from './life-lane.ts';
import { eachOperationOfServices } from './service-choice.ts';
import { FailingLane } from './service-failing.ts';
import {
  failingTasks,
  laneWithDatabase,
  nextRelease,
  plainIngress,
  plainService,
  serviceWith,
} from './service.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const nameInCluster = 'production-fintech-api-cluster/production-fintech-api-service';
const family = 'production-fintech-api-task';

const deployment: Phase = {
  name: 'a deployment, with HTTPS from now on',
  choose: eachOperationOfServices,
  async prepare(lane) {
    await lane.returnToCheckpoint();
    lane.write(serviceWith(nextRelease));
  },
};

const failure: Phase<FailingLane> = {
  name: 'a deployment that fails',
  // Who is killed after a call remembers nothing of what failed.
  choose: (writes, mode) =>
    mode === 'killed-after' ? [...writes.keys()] : eachOperationOfServices(writes, mode),
  async prepare({ lane }) {
    await lane.returnToCheckpoint();
    await lane.emulator.setLifecycles(failingTasks);
    lane.write(serviceWith({ ...nextRelease, ingress: plainIngress }));
  },
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await laneWithDatabase();
  lane.write(plainService);
  await lane.converge();
  await lane.checkpoint();
});

afterAll(() => lane[Symbol.asyncDispose]());

test(
  'killed before or after a call of a deployment, or deaf to its answer, it registers and deploys once',
  { timeout: 3_600_000 },
  async () => {
    const swept = await sweep(deployment, lane);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    const { deployments } = swept.account;
    expect(deployments).toEqual({
      services: { [nameInCluster]: ['SUCCESSFUL', 'SUCCESSFUL'] },
      revisions: { [family]: 2 },
    });
    process.stdout.write(`${summaryOf(deployment, swept)}\n`);
  },
);

test(
  'killed before or after a call of a deployment that fails, or deaf to its answer, it is told, and not made again',
  { timeout: 3_600_000 },
  async () => {
    const swept = await sweep(failure, new FailingLane(lane));
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    const { deployments, service } = swept.account;
    expect(deployments).toEqual({
      services: { [nameInCluster]: ['ROLLBACK_SUCCESSFUL', 'SUCCESSFUL'] },
      revisions: { [family]: 2 },
    });
    expect(service['services']).toMatchObject({
      [nameInCluster]: { hasNewestRevision: false, deployments: ['PRIMARY COMPLETED'], runningCount: 2 },
    });
    process.stdout.write(`${summaryOf(failure, swept)}\n`);
  },
);
