import { afterAll, beforeAll, expect, test } from 'vitest';
import { Terminal } from '../../controller/engine/errors.ts';
import { lakeKey, production } from '../reconcilers/data-lake/lake.ts';
import { readAccount, type Account } from './account.ts';
import { callNamed, Fault } from './fault.ts';
import { LifeLane } from './life-lane.ts';
import { endsAs } from './sweep.ts';

// CreateKey takes neither name nor token, so that only what is remembered or found keeps a key from being made
// twice. What is remembered is the intent, in the state. What is found are tags: in an index that lags behind, and
// before a key is made on every key that KMS lists. Lost state and a late list of KMS together leave nothing to go by.

/** The calls that make a key, each of which leaves behind another half-made one. */
const calls = ['CreateKey', 'EnableKeyRotation', 'CreateAlias'] as const;

/** In seconds: the first look of the next life and the one after it do not see what the killed one has made. */
const lag = 25;

let lane: LifeLane;
let wanted: Account;

beforeAll(async () => {
  lane = await LifeLane.open(lakeKey, { isEnd: isDuplicate });
  lane.write(production());
  await lane.converge();
  wanted = await readAccount(lane);
});

afterAll(() => lane[Symbol.asyncDispose]());

test.each(calls)(
  'killed after %s, the key is made once though neither the index of tags nor KMS lists it yet',
  async (operation) => {
    await lane.returnToCheckpoint();
    await lane.emulator.setStaleness({ tagging: lag, kms: lag });
    expect(await endsAs(wanted, lane, killedAfter(operation), true)).toEqual([]);
  },
);

test.each(calls)(
  'killed after %s and the state lost with it, the key is made once though the index of tags does not know it yet',
  async (operation) => {
    await lane.returnToCheckpoint();
    await lane.emulator.setStaleness({ tagging: lag });
    expect(await endsAs(wanted, lane, killedAfter(operation), true, async () => lane.loseState())).toEqual(
      [],
    );
  },
);

test('with the state lost and both lists late, waiting for them is enough, as the runbook says', async () => {
  await lane.returnToCheckpoint();
  await lane.emulator.setStaleness({ tagging: lag, kms: lag });
  const waitForLists = async (): Promise<void> => {
    lane.loseState();
    await lane.skip(lag);
  };
  expect(await endsAs(wanted, lane, killedAfter('CreateKey'), true, waitForLists)).toEqual([]);
});

test('with the state lost, both lists late and nobody waiting, a second key is made, and a person is told of both', async () => {
  await lane.returnToCheckpoint();
  await lane.emulator.setStaleness({ tagging: lag, kms: lag });
  await lane.run(killedAfter('CreateKey'));
  lane.loseState();
  const told = await lane.run();
  expect(told.said).toMatch(
    /DuplicateResources: kms\/key key exists twice: \S+ and \S+; delete the wrong one/,
  );
  expect(told.code).toBe(1);
  const again = await lane.run();
  expect(again).toMatchObject({ code: 1, writes: [] });
  // Who looks afterwards sees all there is.
  await lane.emulator.setStaleness({ tagging: 0, kms: 0 });
  const { keys } = await readAccount(lane);
  expect(Object.keys(keys)).toHaveLength(2);
});

function killedAfter(operation: string): Fault {
  return new Fault('killed-after', callNamed(operation));
}

function isDuplicate(error: unknown): boolean {
  return error instanceof Terminal && error.reason === 'DuplicateResources';
}
