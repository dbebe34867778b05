import { afterAll, beforeEach, expect, test } from 'vitest';
import { InTurns } from '../../../reconcilers/aws/in-turns.ts';
import { connectTo } from './connect.ts';

type Settings = { readonly colour: string; readonly size: number; readonly owner: string | undefined };

// Nothing is called: a cloud is only what readings are remembered for.
const connections = [connectTo('http://127.0.0.1:9'), connectTo('http://127.0.0.1:9')] as const;
const [{ aws }, { aws: other }] = connections;

let turns: InTurns<Settings>;
let actual: Settings;
let asked: string[];

beforeEach(() => {
  turns = new InTurns(1);
  actual = { colour: 'red', size: 1, owner: undefined };
  asked = [];
});
afterAll(() => {
  for (const connection of connections) connection.close();
});

const reads = {
  colour: () => tell('colour'),
  size: () => tell('size'),
  owner: () => tell('owner'),
};

async function tell<Name extends keyof Settings>(name: Name): Promise<Settings[Name]> {
  asked.push(name);
  return actual[name];
}

/** What a list shows, and what it asked for. */
async function list(cloud = aws, group = 'one'): Promise<readonly [Settings, readonly string[]]> {
  asked = [];
  const found = await turns.of(cloud, group, reads);
  return [found, asked];
}

test('what was never read is read, and then one after the other', async () => {
  const all = ['colour', 'size', 'owner'];
  for (const expected of [all, ['colour'], ['size'], ['owner'], ['colour']])
    expect(await list()).toEqual([actual, expected]);
});

test('a change is seen when its turn comes, and until then what was read last', async () => {
  await list();
  const before = actual;
  actual = { colour: 'blue', size: 2, owner: 'somebody' };
  expect((await list())[0]).toEqual({ ...before, colour: 'blue' });
  expect((await list())[0]).toEqual({ ...actual, owner: undefined });
  expect((await list())[0]).toEqual(actual);
});

test('as many are read anew as a list may, those never read among them', async () => {
  turns = new InTurns(2);
  await list();
  expect((await list())[1]).toEqual(['colour', 'size']);
  expect((await list())[1]).toEqual(['owner', 'colour']);
  turns.forget(aws, 'one', 'owner');
  expect((await list())[1]).toEqual(['owner', 'size']);
});

test('what was forgotten is read anew: one setting, or all of a group', async () => {
  await list();
  turns.forget(aws, 'one', 'owner');
  expect((await list())[1]).toEqual(['owner']);
  turns.forget(aws, 'one');
  expect((await list())[1]).toEqual(['colour', 'size', 'owner']);
});

test('groups and clouds have turns of their own', async () => {
  await list();
  expect((await list(aws, 'two'))[1]).toHaveLength(3);
  expect((await list(other))[1]).toHaveLength(3);
  turns.forget(aws, 'two');
  expect((await list())[1]).toEqual(['colour']);
  expect((await list(other))[1]).toEqual(['colour']);
});

test('what could not be read is not remembered, and read by the next list', async () => {
  await list();
  const failing = { ...reads, colour: () => Promise.reject(new Error('not now')) };
  await expect(turns.of(aws, 'one', failing)).rejects.toThrow('not now');
  actual = { ...actual, colour: 'blue' };
  expect(await list()).toEqual([actual, ['colour']]);
});

test('nor is anything that a first list could read only in part', async () => {
  const failing = { ...reads, size: () => Promise.reject(new Error('not now')) };
  await expect(turns.of(aws, 'one', failing)).rejects.toThrow('not now');
  expect((await list())[1]).toEqual(['colour', 'size', 'owner']);
});

test('an answer to a question from before a write is not remembered', async () => {
  const late = Promise.withResolvers<string>();
  const first = turns.of(aws, 'one', { ...reads, colour: () => late.promise });
  actual = { ...actual, colour: 'blue' };
  turns.forget(aws, 'one', 'colour');
  late.resolve('red');
  expect((await first).colour).toBe('red');
  expect(await list()).toEqual([actual, ['colour']]);
});

test('nor is one from before all of its group was forgotten', async () => {
  const late = Promise.withResolvers<string>();
  const first = turns.of(aws, 'one', { ...reads, colour: () => late.promise });
  turns.forget(aws, 'one');
  late.resolve('red');
  await first;
  expect((await list())[1]).toEqual(['colour', 'size', 'owner']);
});

test('of two lists at the same time each tells what it read, and the one that asked later is remembered', async () => {
  const late = Promise.withResolvers<string>();
  const first = turns.of(aws, 'one', { ...reads, colour: () => late.promise });
  actual = { ...actual, colour: 'blue' };
  expect(await list()).toEqual([actual, ['colour', 'size', 'owner']]);
  late.resolve('red');
  expect((await first).colour).toBe('red');
  turns.forget(aws, 'one', 'size');
  expect(await list()).toEqual([actual, ['size']]);
});
