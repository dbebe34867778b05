import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachOperation } from './choice.ts';
import { laneWithNetwork, ledgerWith, ledgerWithCredentialsSince } from './ledger.ts';
import type { LifeLane } from './life.ts';
import { summaryOf, sweep, type Phase } from './sweep.ts';

const rotation: Phase<LifeLane> = {
  name: 'another password and another token',
  choose: eachOperation,
  prepare: (lane) => lane.returnToCheckpoint(),
};

let lane: LifeLane;

beforeAll(async () => {
  lane = await laneWithNetwork();
  lane.write(ledgerWith());
  await lane.converge();
  await lane.checkpoint();
  lane.write(ledgerWithCredentialsSince(await nextSecond()));
});

afterAll(() => lane[Symbol.asyncDispose]());

test(
  'killed before or after a call of a rotation, or deaf to its answer, what is in force is in the secrets',
  { timeout: 3_600_000 },
  async () => {
    const swept = await sweep(rotation, [lane]);
    expect(swept.failures.join('\n\n')).toBe('');
    expect(swept.points).toBe(swept.chosen);
    process.stdout.write(`${summaryOf(rotation, swept)}\n`);
  },
);

/** When it has come: the emulator counts the age of secrets in whole seconds. */
async function nextSecond(): Promise<string> {
  const next = (Math.floor(Date.now() / 1_000) + 1) * 1_000;
  while (Date.now() < next) await sleep(next - Date.now());
  return new Date(next).toISOString();
}
