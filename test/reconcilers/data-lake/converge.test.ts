import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { startEmulator } from '../../emulator/start.ts';
import { Controller, mutating } from '../../product.ts';
import { clientsFor, readAwsState } from '../../aws-state.ts';
import { production, lakeKey } from './lake.ts';

test('probe', async () => {
  await using emulator = await startEmulator();
  const c = new Controller(emulator.endpoint);
  await c.apply(production());
  let t = Date.now();
  const passes = await c.converge(lakeKey);
  console.log(passes.map((p) => [p.calls.length, mutating(p.calls).length]), Date.now() - t);
  t = Date.now();
  const p = await c.pass(lakeKey);
  console.log(p.calls.length, mutating(p.calls).length, Date.now() - t, c.conditions(lakeKey));
  t = Date.now();
  const state = await readAwsState(clientsFor(emulator.endpoint));
  console.log(Date.now() - t);
  console.log(stringify(state));
  t = Date.now();
  await emulator.reset();
  console.log('reset', Date.now() - t);
});
