import { FailoverDBClusterCommand } from '@aws-sdk/client-rds';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachOperation } from './choice.ts';
import { laneWithNetwork, ledgerWith } from './ledger.ts';
import type { LifeLane } from './life.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const oneReader = ledgerWith({ readers: 1, readerAutoscaling: autoscalingFrom(1) });
const twoReaders = ledgerWith({ readers: 2, readerAutoscaling: autoscalingFrom(2) });

const added: Phase<LifeLane> = {
  name: 'a reader more',
  choose: eachOperation,
  async prepare(lane) {
    await lane.returnToCheckpoint();
    lane.write(twoReaders);
  },
};

const removed: Phase<LifeLane> = {
  name: 'a reader less, which has become the writer',
  choose: eachOperation,
  async prepare(lane) {
    await lane.returnToCheckpoint();
    lane.write(twoReaders);
    await lane.converge();
    await lane.clients.rds.send(
      new FailoverDBClusterCommand({
        DBClusterIdentifier: 'production-ledger-cluster',
        TargetDBInstanceIdentifier: 'production-ledger-instance-2',
      }),
    );
    lane.write(oneReader);
  },
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await laneWithNetwork();
  lane.write(oneReader);
  await lane.converge();
  await lane.checkpoint();
});

afterAll(() => lane[Symbol.asyncDispose]());

test.each([added, removed])(
  'killed before or after a call for $name, or deaf to its answer, it ends in the same state',
  { timeout: 3_600_000 },
  async (phase) => {
    const swept = await sweep(phase, [lane]);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(phase, swept)}\n`);
  },
);

function autoscalingFrom(min: number) {
  return { min, max: 5, targetCpuPercent: 70, scaleInCooldown: '300s', scaleOutCooldown: '60s' };
}
