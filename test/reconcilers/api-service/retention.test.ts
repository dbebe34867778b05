import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { changesBetween } from '../../aws-state.ts';
import { Controller, mutating } from '../../product.ts';
import { readServiceState } from '../../service-state/state.ts';
import { valuesOf } from './deletable.ts';
import { service, serviceKey, withoutService } from './service.ts';
import { ServiceLife, writesIn } from './service-life.ts';
import { markedIn, unmarked } from './unmarked.ts';
import { withPart } from './wanted.ts';

/** With a topic of its own. */
const spec = withPart('alarms', { notify: undefined });

let life: ServiceLife;

beforeAll(async () => {
  life = await ServiceLife.start();
  await life.change(spec);
  await life.keep();
});

afterEach(() => life.clear());

afterAll(() => life.stop());

const state = () => readServiceState(life.clients);

const tagged = /^((Add|Remove)Tags|(Unt|T)ag(Resource|Role)|PutBucketTagging) /;

test.each([
  ['of a manifest that says nothing', spec],
  ['of one that says so, with deleteImages', { ...spec, deletionPolicy: 'Retain', deleteImages: true }],
])('what is left %s stays and works, marked as retained, and can be taken back', async (_, wanted) => {
  await life.change(wanted);
  const [before, values] = [await state(), await valuesOf(life.clients)];
  const { resources } = life.controller.record(serviceKey).status;
  await life.remove();
  const written = writesIn(await life.untilQuiet());
  expect(life.isGone).toBe(true);
  expect(written.filter((write) => !tagged.test(write))).toEqual([]);
  const retained = await state();
  expect(changesBetween(unmarked(before).state, unmarked(retained).state)).toEqual([]);
  expect(unmarked(retained).marked).toBe(resources.length);

  // Nobody looks after it any more, not even one that never knew it.
  expect(mutating((await life.pass()).calls)).toEqual([]);
  const another = new Controller(life.emulator.endpoint, others(), life.clock);
  await another.apply(withoutService());
  expect(mutating((await another.pass(serviceKey)).calls)).toEqual([]);
  expect(changesBetween(retained, await state())).toEqual([]);

  await another.apply(service({ spec: wanted }));
  const back = writesIn(await another.converge(serviceKey));
  expect(back.filter((write) => !tagged.test(write))).toEqual([]);
  expect(changesBetween(before, await state())).toEqual([]);
  expect(await valuesOf(life.clients)).toEqual(values);
  expect(another.conditions(serviceKey)['Ready']).toMatch(/^True InSync/);
  expect(mutating((await another.pass(serviceKey)).calls)).toEqual([]);
  another.close();
});

/** Network and database. */
function others() {
  return [...life.controller.objects.all].flatMap(([key, record]) => (key === serviceKey ? [] : [record]));
}

test('what holds data stays where the manifest no longer has it, and can be taken back', async () => {
  const [before, values] = [await state(), await valuesOf(life.clients)];
  const without = {
    ...spec,
    ...withPart('ingress', { accessLogs: false }),
    secrets: [{ name: 'fintech/api-keys', value: 'External' }],
  };
  await life.change(without);
  expect(life.condition('Ready')).toMatch(/^True InSync/);
  expect(markedIn(await state())).toEqual([
    'buckets production-fintech-api-access-logs-123456789012-us-east-1',
    'secrets fintech/encryption-key',
  ]);
  expect(writesIn([await life.pass()])).toEqual([]);

  const back = writesIn(await life.change(spec));
  expect(back.filter((write) => /^(Create|Delete|Restore|PutSecretValue)/.test(write))).toEqual([]);
  expect(await valuesOf(life.clients)).toEqual(values);
  expect(changesBetween(before, await state())).toEqual([]);
});

test('a service that is deployed when its manifest goes is left with its deployment', async () => {
  await life.emulator.setLifecycles({ 'ecs/service': { starting: 'held' } });
  await life.apply({ ...spec, image: { repository: 'fintech-api', tag: '2.0.0' } });
  await life.untilQuiet();
  await life.remove();
  expect(writesIn(await life.untilQuiet()).filter((write) => !tagged.test(write))).toEqual([]);
  expect(life.isGone).toBe(true);
  await life.emulator.release();
  await life.emulator.setLifecycles({ 'ecs/service': { starting: 0 } });
  const back = writesIn(await life.change({ ...spec, image: { repository: 'fintech-api', tag: '2.0.0' } }));
  expect(back.filter((write) => !tagged.test(write))).toEqual([]);
  expect(JSON.stringify((await state())['taskDefinitions'])).toContain('fintech-api:2.0.0');
});
