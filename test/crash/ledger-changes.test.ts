import { setTimeout as sleep } from 'node:timers/promises';
import { FailoverDBClusterCommand } from '@aws-sdk/client-rds';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachOperation } from './choice.ts';
import { laneWithNetwork, ledgerWith, ledgerWithCredentialsSince } from './ledger.ts';
import type { LifeLane } from './life-lane.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const oneReader = ledgerWith({ readers: 1, readerAutoscaling: autoscalingFrom(1) });
const twoReaders = ledgerWith({ readers: 2, readerAutoscaling: autoscalingFrom(2) });

const added: Phase = {
  name: 'a reader more',
  choose: eachOperation,
  async prepare(lane) {
    await lane.returnToCheckpoint();
    lane.write(twoReaders);
  },
};

const removed: Phase = {
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

/** What is compared says which secrets hold what is in force. */
const rotation: Phase = {
  name: 'another password and another token',
  choose: eachOperation,
  async prepare(lane) {
    await lane.returnToCheckpoint();
    lane.write(ledgerWithCredentialsSince(afterCreation));
  },
};

let lane: LifeLane;
let afterCreation: string;

beforeAll(async () => {
  lane = await laneWithNetwork();
  lane.write(oneReader);
  await lane.converge();
  afterCreation = await nextSecond();
  await lane.checkpoint();
});

afterAll(() => lane[Symbol.asyncDispose]());

test.each([added, removed, rotation])(
  'killed before or after a call for $name, or deaf to its answer, it ends in the same state',
  { timeout: 3_600_000 },
  async (phase) => {
    const swept = await sweep(phase, lane);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(phase, swept)}\n`);
  },
);

function autoscalingFrom(min: number) {
  return { min, max: 5, targetCpuPercent: 70, scaleInCooldown: '300s', scaleOutCooldown: '60s' };
}

/** When it has come: the emulator counts the age of secrets in whole seconds. */
async function nextSecond(): Promise<string> {
  const next = (Math.floor(Date.now() / 1_000) + 1) * 1_000;
  while (Date.now() < next) await sleep(next - Date.now());
  return new Date(next).toISOString();
}
