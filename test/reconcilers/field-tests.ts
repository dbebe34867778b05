import { expect, test } from 'vitest';
import type { JsonObject } from '../../controller/manifests/json.ts';
import { mutating, type Pass } from '../product.ts';
import { unmatched } from '../unmatched.ts';
import { isWholeSweep } from '../whole-sweep.ts';
import type { ChangingObject } from './changing-object.ts';
import type { ByField, Changed, Impossible, Refused } from './field-cases.ts';
import { eachOf, groupsOf, inOne, together } from './field-groups.ts';

const approval = '; if that is meant, set the annotation fintech.global/approve: <hash>';
const matched = { missing: [], unexpected: [] };
const mostPasses = 40;

/** One right after the other, as nothing is written meanwhile. */
export function testRefused(object: () => ChangingObject, spec: JsonObject, cases: ByField<Refused>): void {
  test.each(isWholeSweep ? eachOf(cases) : inOne(cases))(
    'changing %s is refused with the reason and what would let it through, and nothing is written',
    async (_fields, group) => {
      const it = object();
      await it.begin(spec);
      for (const [field, { change, because, reason = 'ApprovalRequired' }] of Object.entries(group)) {
        await it.apply({ ...spec, ...change });
        const { calls } = await it.pass();
        const stalled = it.condition('Stalled').replaceAll(/"[0-9a-f]{12}"/g, '<hash>');
        expect({
          field,
          writes: mutating(calls),
          says: unmatched([`True ${reason}: ${because}`], [stalled.replaceAll(approval, '')]),
          saysHow: stalled.includes(approval),
          ready: it.condition('Ready').split(':')[0],
        }).toEqual({
          field,
          writes: [],
          says: matched,
          saysHow: reason === 'ApprovalRequired',
          ready: `False ${reason}`,
        });
      }
      await it.change(spec);
      expect(await it.changes()).toEqual([]);
      expect(it.reasons).not.toContain('DriftDetected');
      it.leave();
    },
  );
}

export function testImpossible(
  object: () => ChangingObject,
  spec: JsonObject,
  cases: ByField<Impossible>,
): void {
  test.each(Object.entries(cases))(
    'changing %s is told to be what AWS does in no way, and what is there stays as it is',
    async (_field, { change, because, changes = [] }) => {
      const it = object();
      await it.begin(spec);
      await it.apply({ ...spec, ...change });
      await untilQuiet(it);
      expect(unmatched([`True InvalidSpec: ${because}`], [it.condition('Stalled')])).toEqual(matched);
      expect(it.condition('Ready')).toMatch(/^False InvalidSpec/);
      expect(unmatched(changes, await it.changes())).toEqual(matched);
      await it.change(spec);
      expect(await it.changes()).toEqual([]);
      expect(it.reasons).not.toContain('DriftDetected');
      it.leave();
    },
  );
}

/** All of a group at once, and back. */
export function testChanged(object: () => ChangingObject, spec: JsonObject, cases: ByField<Changed>): void {
  test.each(isWholeSweep ? eachOf(cases) : groupsOf(spec, cases))(
    'changing %s changes AWS where it should and nowhere else, and then nothing is left to do',
    async (_fields, group) => {
      const it = object();
      const all = Object.values(group);
      const changes = all.flatMap((one) => one.changes);
      const leaves = all.flatMap((one) => one.leaves ?? []);
      const writes = all.flatMap((one) => one.writes ?? []);
      await it.begin(spec);
      const passes = await it.change(together(spec, group));
      expect(unmatched(changes, await it.changes())).toEqual(matched);
      // What several of them ask for may be one call.
      const made = it.kind.writesIn?.(passes) ?? [];
      expect(new Set(made)).toEqual(new Set(writes));
      expect(unmatched(writes, made).unexpected).toEqual([]);
      expect(mutating(passes.at(-1)?.calls ?? [])).toEqual([]);
      expect(it.condition('Ready')).toMatch(/^True InSync/);
      // It was the manifest that changed.
      expect(it.reasons).not.toContain('DriftDetected');
      if (all.some(({ isFinal }) => isFinal)) return;
      await it.change(spec);
      expect(unmatched(leaves, await it.changes())).toEqual(matched);
      expect(it.reasons).not.toContain('DriftDetected');
      if (leaves.length === 0) it.leave();
    },
  );
}

/** Passes until one wrote nothing, because all that is left waits for something. */
async function untilQuiet(object: ChangingObject): Promise<void> {
  const passes: Pass[] = [];
  while (passes.length < mostPasses) {
    const pass = await object.pass();
    if (mutating(pass.calls).length === 0) return;
    passes.push(pass);
  }
  throw new Error(`${object.kind.key} still writes after ${mostPasses} passes`);
}
