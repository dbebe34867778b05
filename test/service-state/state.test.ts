import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changesBetween } from '../aws-state.ts';
import { clientsFor, type Clients } from '../clients.ts';
import { startEmulator, type Emulator } from '../emulator/start.ts';
import { unmatched } from '../unmatched.ts';
import type { ChangesByHand } from './changes-by-hand.ts';
import { ingressChanges } from './ingress-changes.ts';
import { makeSampleService, type Sample } from './sample-service.ts';
import { serviceChanges } from './service-changes.ts';
import { readServiceState, type ServiceState } from './state.ts';
import { tagChanges } from './tag-changes.ts';

const changesByHand: ChangesByHand = { ...ingressChanges, ...serviceChanges, ...tagChanges };

let emulator: Emulator;
let clients: Clients;
let sample: Sample;
let before: ServiceState;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
  sample = await makeSampleService(clients);
  before = await readServiceState(clients);
  await emulator.checkpoint();
}, 300_000);

beforeEach(() => emulator.returnToCheckpoint());

afterAll(() => emulator.stop());

test.each(Object.entries(changesByHand))('A change by hand shows: %s', async (_what, { make, shows }) => {
  await make(clients, sample);
  const found = changesBetween(before, await readServiceState(clients));
  expect(unmatched(shows, found)).toEqual({ missing: [], unexpected: [] });
});

test('Every part of a state has a change that is seen in it', () => {
  const changed = Object.values(changesByHand).flatMap(({ shows }) => shows.map((row) => row.split('.')[0]));
  expect(new Set(changed)).toEqual(new Set(Object.keys(before)));
});

test('Accounts in which the same was made read the same, and hold neither ids nor times', async () => {
  await emulator.reset();
  const again = await makeSampleService(clients);
  expect(again.balancerArn).not.toBe(sample.balancerArn);
  const after = await readServiceState(clients);
  expect(changesBetween(before, after)).toEqual([]);
  expect(JSON.stringify(after)).toBe(JSON.stringify(before));
});

test('An account that holds nothing reads as nothing', async () => {
  await emulator.reset();
  expect(await readServiceState(clients)).toEqual({});
});
