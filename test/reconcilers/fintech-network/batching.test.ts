import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, mutating } from '../../product.ts';
import { manyNetworks } from './many.ts';

/** Without what AWS takes its time for, to be there sooner: a search takes one call for none as for many. */
const set = manyNetworks(20, { natGateways: 'None', endpoints: { gateway: ['s3'], interface: [] } });
const keys = [...set.objects.keys()].filter((key) => key.startsWith('FintechNetwork/'));

let emulator: Emulator;
let controller: Controller;

beforeAll(async () => {
  emulator = await startEmulator();
  controller = new Controller(emulator.endpoint);
  await controller.apply(set);
  await Promise.all(keys.map((key) => controller.converge(key)));
}, 120_000);

afterAll(async () => {
  controller.close();
  await emulator.stop();
});

test('20 networks resynced together take fewer than three times the calls of one, and write nothing', async () => {
  expect(keys).toHaveLength(20);
  const alone = await resync(keys.slice(0, 1));
  expect(alone).toBeLessThanOrEqual(16);
  // Settings that EC2 tells of one VPC per call are read in turns, so that rounds could differ.
  for (let round = 1; round <= 3; round += 1) {
    const together = await resync(keys);
    process.stdout.write(`one network: ${alone} calls; ${keys.length} together: ${together}\n`);
    expect(together).toBeLessThan(3 * alone);
  }
});

/** How many calls it takes to look at all of them at once, and to find nothing to do. */
async function resync(those: readonly string[]): Promise<number> {
  const before = controller.calls.length;
  const passes = await Promise.all(those.map((key) => controller.pass(key)));
  const calls = controller.calls.slice(before);
  expect(mutating(calls)).toEqual([]);
  for (const { verdict } of passes) {
    expect(verdict.error).toBeUndefined();
    expect(verdict.appeared).toEqual([]);
  }
  return calls.length;
}
