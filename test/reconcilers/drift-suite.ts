import { describe, expect, test } from 'vitest';
import { describeDrift } from '../../controller/drift.ts';
import { changesBetween } from '../aws-state.ts';
import { mutating, type Pass } from '../product.ts';
import { unmatched } from '../unmatched.ts';
import { isWholeSweep } from '../whole-sweep.ts';
import type { DriftRow } from './drift-row.ts';
import type { DriftingObject } from './drifting-object.ts';

const matched = { missing: [], unexpected: [] };
const isReady = /^True InSync: \d+ resources are as the manifest says$/;
const isLeft = /^DriftDetected: mode Observe: AWS is not as the manifest says and is left as it is: /;
/** An object keeps its newest fifty events, of which some tell of the correction. */
const eventsKept = 40;
/** As many as a condition lists. */
const listed = 5;
const timeout = 120_000;

/** Has somebody else do each of these things to the object: by batches, and in the whole sweep each by itself. */
export function testDrift<Account>(
  object: () => DriftingObject<Account>,
  rows: readonly DriftRow<Account>[],
): void {
  const batches = batchesOf(rows);
  const alone = rows.map((row) => ({ what: row.what, together: [row] }));

  describe('in Enforce', () => {
    test.each(isWholeSweep ? alone : batches)(
      'what somebody does who $what is told and corrected, and the account is as before',
      { timeout },
      async ({ together }) => {
        const it = object();
        const { account, namer: named } = it;
        const ready = it.conditions['Ready'];
        for (const { change } of together) await change(account);
        const first = await look(it, together);
        const passes = [...first, ...(await it.converge())];

        const says = all(together, (row) => row.says);
        const saysEver = [...says, ...all(together, (row) => row.later)];
        expect(unmatched(says, told(first).map(named)).missing).toEqual([]);
        expect(unmatched(saysEver, told(passes).map(named))).toEqual(matched);
        expect(it.eventsOf('DriftDetected')).toEqual(expect.arrayContaining(told(passes).slice(-eventsKept)));
        expect(unmatched(saysEver, corrected(passes).map(named))).toEqual(matched);
        expect(it.eventsOf('DriftCorrected').at(-1)).toMatch(/^corrected /);
        const wrote = passes.filter(({ verdict }) => verdict.wrote).length;
        expect(wrote).toBeGreaterThanOrEqual(fewestWrites(together));
        expect(wrote).toBeLessThanOrEqual(mostWrites(it, together));
        expect(passes.at(-1)?.verdict.wrote).toBe(false);
        expect(ready).toMatch(isReady);
        expect(it.conditions).toMatchObject({
          Ready: ready,
          Drifted: 'False NoDrift: AWS is as it was left',
        });
        await expectAsBefore(it, together, account);
      },
    );
  });

  describe('in Observe', () => {
    test.each(batches)(
      'what somebody does who $what is told, and not one call writes',
      { timeout },
      async ({ together }) => {
        const it = object();
        const { account, namer: named } = it;
        await it.apply('Observe');
        for (const { change } of together) await change(account);
        const changed = await it.read();
        const passes = await look(it, together);

        const says = all(together, (row) => row.says);
        expect(unmatched(says, told(passes).map(named))).toEqual(matched);
        expect(mutating(passes.flatMap(({ calls }) => calls))).toEqual([]);
        expect(changesBetween(changed, await it.read())).toEqual([]);
        const { Ready = '', Stalled = '', Drifted } = it.conditions;
        expect(Ready.replace(/^False /, '')).toMatch(isLeft);
        expect(Stalled.replace(/^True /, '')).toMatch(isLeft);
        const rest = says.length > listed ? `; and ${says.length - listed} more` : '';
        expect(unmatched([`True DriftDetected: *${rest}`], [Drifted ?? ''])).toEqual(matched);
        expect(told([await it.pass()])).toEqual([]);

        await it.apply('Enforce');
        await it.converge();
        await expectAsBefore(it, together, account);
      },
    );
  });
}

/** What is told as drift, as far as it is new. */
export function told(passes: readonly Pass[]): readonly string[] {
  return passes.flatMap(({ verdict }) => verdict.appeared.map(describeDrift));
}

function corrected(passes: readonly Pass[]): readonly string[] {
  return passes.flatMap(({ verdict }) => verdict.corrected.map(describeDrift));
}

function batchesOf<Account>(rows: readonly DriftRow<Account>[]) {
  const batches = Map.groupBy(rows, ({ batch = 0 }) => batch);
  return [...batches].map(([batch, together]) => {
    const [row] = together;
    const what = `makes the ${together.length} changes of batch ${batch}`;
    return { what: row !== undefined && together.length === 1 ? row.what : what, together };
  });
}

function all<Account>(
  rows: readonly DriftRow<Account>[],
  textsOf: (row: DriftRow<Account>) => readonly string[] | undefined,
): readonly string[] {
  return rows.flatMap((row) => textsOf(row) ?? []);
}

/** Passes until so much is told, or until it has to have been seen. */
async function look<Account>(
  object: DriftingObject<Account>,
  rows: readonly DriftRow<Account>[],
): Promise<readonly Pass[]> {
  const looks = Math.max(...rows.map((row) => row.looks ?? 1));
  const expected = all(rows, ({ says }) => says).length;
  const passes: Pass[] = [];
  while (passes.length < looks && told(passes).length < expected) passes.push(await object.pass());
  return passes;
}

/** Of a row by itself it is known. */
function fewestWrites<Account>(rows: readonly DriftRow<Account>[]): number {
  const [row] = rows;
  return rows.length > 1 || row === undefined || row.orFewer === true ? 1 : (row.writes ?? 1);
}

function mostWrites<Account>({ kind }: DriftingObject<Account>, rows: readonly DriftRow<Account>[]): number {
  const writes = rows.map((row) => row.writes ?? 1);
  if (rows.length === 1) return Math.max(...writes);
  if (kind.oneByOne === true) return writes.reduce((sum, count) => sum + count, 0);
  return Math.max(...writes) + Math.max(...rows.map((row) => row.looks ?? 1)) - 1;
}

async function expectAsBefore<Account>(
  object: DriftingObject<Account>,
  rows: readonly DriftRow<Account>[],
  account: Account,
): Promise<void> {
  for (const { cleanUp } of rows) await cleanUp?.(account);
  const leaves = all(rows, (row) => row.leaves);
  expect(unmatched(leaves, await object.changes())).toEqual(matched);
  object.isUntouched = leaves.length === 0 && rows.every((row) => row.isLimited !== true);
}
