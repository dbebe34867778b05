import { expect, test } from 'vitest';
import { Engine } from '../../../controller/engine/engine.ts';
import { AccessDenied, Throttled } from '../../../controller/engine/errors.ts';
import { SharedLists } from '../../../controller/engine/shared-lists.ts';
import { FakeClock } from '../../fake-clock.ts';
import { FakeCloud, type FakeProcess } from '../../fake-cloud.ts';
import { fakeType, type FakeType } from '../../fake-types.ts';
import { everySort, whole } from './scenarios.ts';
import { Simulation } from './simulation.ts';

test('twenty objects that are looked at at the same time cost one list per type, in every pass anew', async () => {
  const simulation = new Simulation(everySort);
  const engine = new Engine(new SharedLists<FakeProcess>(1), simulation.clock);
  const passOfAll = () =>
    Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const object = { kind: 'Thing', namespace: 'test', name: `number-${index}` };
        return engine.pass(simulation.request(whole, { object, goal: 'observe' }));
      }),
    );
  await passOfAll();
  expect(simulation.cloud.reads).toBe(everySort.length);
  expect(simulation.cloud.calls.every(({ owners }) => owners === 20)).toBe(true);
  await passOfAll();
  expect(simulation.cloud.reads).toBe(2 * everySort.length);
});

const queryOf = (owner: string) => ({
  owner,
  names: new Map<string, string>(),
  known: new Map<string, string>(),
  unconfirmed: new Set<string>(),
});

test('more owners than one list takes are spread over several, and each gets its own resources only', async () => {
  const cloud = new FakeCloud(new FakeClock());
  const process = cloud.connect();
  const type = fakeType('subnet', { ownersPerList: 3 });
  const lists = new SharedLists<FakeProcess>(0);
  const owners = Array.from({ length: 7 }, (_, index) => `Thing/test/${index}`);
  for (const owner of owners) await type.create(process, { name: owner }, { owner, node: 'sub', tags: {} });
  const found = await Promise.all(owners.map((owner) => lists.list(process, type, queryOf(owner))));
  expect(found.map((resources) => resources.map(({ owner }) => owner))).toEqual(
    owners.map((owner) => [owner]),
  );
  const reads = cloud.calls.filter(({ operation }) => operation === 'list');
  expect(reads.map((call) => call.owners)).toEqual([3, 3, 1]);
});

test('the trouble of one owner does not keep the others from being looked at', async () => {
  const cloud = new FakeCloud(new FakeClock());
  const process = cloud.connect();
  const healthy = fakeType('subnet');
  const type: FakeType = {
    ...healthy,
    list: async (session, queries) => {
      if (queries.some(({ owner }) => owner === 'b')) throw new AccessDenied('shuts us out');
      return healthy.list(session, queries);
    },
  };
  const lists = new SharedLists<FakeProcess>(0);
  const found = await Promise.allSettled(
    ['a', 'b', 'c'].map((owner) => lists.list(process, type, queryOf(owner))),
  );
  expect(found.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a list that is throttled is not asked for again owner by owner, but by the next pass', async () => {
  const cloud = new FakeCloud(new FakeClock());
  const process = cloud.connect();
  const type = fakeType('subnet');
  const lists = new SharedLists<FakeProcess>(0);
  cloud.fault = () => ({ when: 'before', what: new Throttled('too many calls') });
  const both = await Promise.allSettled(['a', 'b'].map((owner) => lists.list(process, type, queryOf(owner))));
  expect([both.map(({ status }) => status), cloud.reads]).toEqual([['rejected', 'rejected'], 1]);
  cloud.fault = () => undefined;
  expect(await lists.list(process, type, queryOf('a'))).toEqual([]);
});

test('different accounts share nothing', async () => {
  const cloud = new FakeCloud(new FakeClock());
  const type = fakeType('subnet');
  const lists = new SharedLists<FakeProcess>(0);
  const [one, two] = [cloud.connect(), cloud.connect()];
  await Promise.all([lists.list(one, type, queryOf('a')), lists.list(two, type, queryOf('a'))]);
  expect(cloud.reads).toBe(2);
});
