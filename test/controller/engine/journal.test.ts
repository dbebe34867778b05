import { expect, test } from 'vitest';
import { Journal } from '../../../controller/engine/journal.ts';
import { emptyMemory, type Memory } from '../../../controller/engine/memory.ts';
import type { Observed } from '../../../controller/engine/resource-type.ts';
import { FakeClock } from '../../fake-clock.ts';

const vpc = (node: string) => ({ type: 'ec2/vpc', node });
const settleTimes = new Map([['ec2/vpc', 10_000]]);
const listed = (node: string, id: string): readonly [Observed, string] => [
  { owner: 'Thing/test/one', node, id, state: 'ready', spec: {}, outputs: {} },
  'ec2/vpc',
];

function newJournal(memory: Memory = emptyMemory) {
  const clock = new FakeClock();
  const written: Memory[] = [];
  const persist = async (state: Memory): Promise<void> => {
    await clock.settle();
    written.push(state);
  };
  return { clock, written, persist, journal: new Journal(memory, persist, clock, settleTimes) };
}

test('an intent is durable before the call that it announces', async () => {
  const { journal, written, clock } = newJournal();
  await journal.intend(vpc('a'));
  expect(written).toEqual([
    { resources: {}, intents: { 'ec2/vpc a': { type: 'ec2/vpc', at: clock.now() } }, tagKeys: [] },
  ]);
});

test('many nodes at once are recorded in few writes, one after the other, and none is forgotten', async () => {
  const { journal, written } = newJournal();
  const nodes = Array.from({ length: 12 }, (_, index) => vpc(`n${index}`));
  await Promise.all(
    nodes.map(async (name) => {
      await journal.intend(name);
      await journal.created(name, `id-${name.node}`);
    }),
  );
  expect(written.length).toBeLessThanOrEqual(3);
  expect(Object.keys(written.at(-1)?.resources ?? {})).toHaveLength(12);
  expect(written.at(-1)?.intents).toEqual({});
});

test('a write that fails fails for those who waited for it, and the next one is tried', async () => {
  const { clock } = newJournal();
  let broken = true;
  const persist = async (): Promise<void> => {
    await clock.settle();
    if (broken) throw new Error('disk full');
  };
  const journal = new Journal(emptyMemory, persist, clock, settleTimes);
  await expect(journal.intend(vpc('a'))).rejects.toThrow('disk full');
  broken = false;
  await expect(journal.intend(vpc('b'))).resolves.toBeUndefined();
});

test('what was just created stays known until its settle time is over, whatever the lists show', async () => {
  const { journal, clock } = newJournal();
  await journal.created(vpc('a'), 'vpc-2');
  for (const list of [[listed('a', 'vpc-2')], [], [listed('a', 'vpc-1')]]) {
    await clock.advance(3_000);
    journal.observed(list);
    expect(journal.isJustCreated(vpc('a'))).toBe(true);
    expect(journal.knownOf('ec2/vpc')).toEqual(new Map([['a', 'vpc-2']]));
  }
  await clock.advance(1_000);
  expect(journal.unsettled).toEqual([]);
  journal.observed([]);
  expect(journal.knownOf('ec2/vpc')).toEqual(new Map());
});

test('an intent is over when its settle time is', async () => {
  const { journal, clock } = newJournal();
  await journal.intend(vpc('a'));
  expect([journal.isPerhapsCreated(vpc('a')), journal.unsettled]).toEqual([true, [vpc('a')]]);
  expect(journal.unconfirmedOf('ec2/vpc')).toEqual(new Set(['a']));
  await clock.advance(10_000);
  journal.observed([]);
  expect([journal.isPerhapsCreated(vpc('a')), journal.unsettled, journal.memory.intents]).toEqual([
    false,
    [],
    {},
  ]);
});

test('what was deleted by us is not waited for, however new it was', async () => {
  const { journal } = newJournal();
  await journal.created(vpc('a'), 'vpc-1');
  journal.deleted(vpc('a'), 'vpc-0');
  expect(journal.isJustCreated(vpc('a'))).toBe(true);
  journal.deleted(vpc('a'), 'vpc-1');
  expect(journal.isJustCreated(vpc('a'))).toBe(false);
});

test('the memory is as it was where nothing happened', () => {
  const memory: Memory = {
    appliedHash: 'abc',
    resources: { 'ec2/vpc a': { type: 'ec2/vpc', id: 'vpc-1' } },
    intents: {},
    tagKeys: ['team'],
  };
  const { journal } = newJournal(memory);
  journal.observed([listed('a', 'vpc-1')]);
  journal.puttingOn(['team']);
  expect(journal.memory).toEqual(memory);
});
