import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startEmulator, type Emulator } from '../emulator/start.ts';
import { Controller } from '../product.ts';
import { MovingClock } from './ledger-database/moving-clock.ts';
import { convergeAll, planned } from './planned.ts';

const manifests = fileURLToPath(new URL('../../manifests', import.meta.url));

/** A Wednesday: what sleeps outside of office hours is planned as asleep then. */
const withinOfficeHours = '2026-01-07T12:00:00-05:00';

let emulator: Emulator;
let clock: MovingClock;
let controller: Controller;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  clock = new MovingClock(withinOfficeHours);
  controller = new Controller(emulator.endpoint, [], clock);
});

afterEach(async () => {
  controller.close();
  await emulator.reset();
});

afterAll(() => emulator.stop());

test.each(readdirSync(manifests))(
  'manifests/%s: all of it is planned, made, and then nothing is left',
  async (name) => {
    const directory = join(manifests, name);
    const before = await planned(controller, directory, clock);
    expect(before.code).toBe(2);
    await expect(before.text).toMatchFileSnapshot(`plan-${name}.txt`);

    await convergeAll(controller, directory);
    // What objects refer to of each other is found out as well by a pull request, which has no state.
    const withoutState = new Controller(emulator.endpoint, [], clock);
    for (const planner of [controller, withoutState]) {
      expect(await planned(planner, directory, clock)).toMatchObject({
        code: 0,
        text: expect.stringMatching(
          /Plan: 0 to create, 0 to change, 0 to replace, 0 to delete, 0 to retain$/,
        ),
      });
    }
    withoutState.close();

    const keys = [...controller.objects.all.keys()];
    const { calls } = await controller.pass(keys.find((key) => key.startsWith('ApiService/')) ?? '');
    // By this clock the dashboard will be written in months, and what was written lately is read again.
    const usual = calls.filter(({ operation }) => operation !== 'GetDashboard');
    expect(usual.length).toBeGreaterThan(0);
    expect(usual.length).toBeLessThanOrEqual(25);
  },
);
