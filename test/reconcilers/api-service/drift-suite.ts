import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeDrift } from '../../../controller/drift.ts';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import { mutating, type Pass } from '../../product.ts';
import { readServiceState, type ServiceState } from '../../service-state/state.ts';
import { unmatched } from '../data-lake/drift-rows.ts';
import type { DriftRow } from './drift-rows.ts';
import { serviceKey } from './service.ts';
import { ServiceLife } from './service-life.ts';

const nothing = { missing: [], unexpected: [] };

/** Has somebody else do each of these things to the service of the contract with another spec. */
export function testDrift(spec: JsonObject, rows: readonly DriftRow[]): void {
  const batches = [...Map.groupBy(rows, ({ batch = 0 }) => batch)].map(([batch, together]) => ({
    batch,
    together,
  }));
  let life: ServiceLife;
  let converged: ServiceState;
  /** Set while everything is as it was converged, so that a test need not go back. */
  let isUntouched = true;

  beforeAll(async () => {
    life = await ServiceLife.start();
    await life.change(spec);
    converged = await readServiceState(life.clients);
    await life.keep();
  });

  beforeEach(async () => {
    if (!isUntouched) {
      await life.clear();
      // A process that starts reads everything, and takes turns afterwards.
      await life.pass();
    }
    isUntouched = false;
  });

  afterAll(() => life.stop());

  const applyIn = (mode: 'Enforce' | 'Observe') =>
    life.apply(spec, { annotations: { 'fintech.global/mode': mode } });
  const changesSince = async () => changesBetween(converged, await readServiceState(life.clients));
  const eventsOf = (reason: string) =>
    life.controller
      .record(serviceKey)
      .events.filter((event) => event.reason === reason)
      .map(({ message }) => message);

  /** Passes until so much is told, or until it has to have been seen. */
  async function look(rowsMade: readonly DriftRow[]): Promise<readonly Pass[]> {
    const looks = Math.max(...rowsMade.map((row) => row.looks ?? 1));
    const expected = rowsMade.flatMap(({ says }) => says).length;
    const passes: Pass[] = [];
    while (passes.length < looks && passes.flatMap(told).length < expected) passes.push(await life.pass());
    return passes;
  }

  describe('in Enforce', () => {
    test.each(rows)(
      'what somebody does who $what is told and corrected, and the account is as before',
      async (row) => {
        const { says, later = [], leaves = [], writes = 1 } = row;
        await row.change(life.clients);
        const first = await look([row]);
        const others = await life.controller.converge(serviceKey);
        const passes = [...first, ...others];

        expect(unmatched(says, first.flatMap(told))).toEqual(nothing);
        expect(eventsOf('DriftDetected')).toEqual(expect.arrayContaining(first.flatMap(told)));
        expect(unmatched(later, others.flatMap(told))).toEqual(nothing);
        const corrected = passes.flatMap(({ verdict }) => verdict.corrected.map(describeDrift));
        expect(unmatched([...says, ...later], corrected)).toEqual(nothing);
        expect(eventsOf('DriftCorrected').at(-1)).toMatch(/^corrected /);
        expect(passes.filter(({ verdict }) => verdict.wrote)).toHaveLength(writes);
        expect(passes.at(-1)?.verdict.wrote).toBe(false);
        expect(life.condition('Ready')).toMatch(/^True InSync: \d+ resources are as the manifest says$/);
        expect(life.condition('Drifted')).toBe('False NoDrift: AWS is as it was left');
        expect(unmatched(leaves, await changesSince())).toEqual(nothing);
        isUntouched = leaves.length === 0;
      },
    );
  });

  describe('in Observe', () => {
    test.each(batches)('batch $batch of all this is told, and not one call writes', async ({ together }) => {
      await applyIn('Observe');
      for (const { change } of together) await change(life.clients);
      const changed = await readServiceState(life.clients);
      const passes = await look(together);

      const says = together.flatMap((row) => row.says);
      expect(unmatched(says, passes.flatMap(told))).toEqual(nothing);
      expect(mutating(passes.flatMap(({ calls }) => calls))).toEqual([]);
      expect(changesBetween(changed, await readServiceState(life.clients))).toEqual([]);
      expect(life.condition('Ready')).toMatch(
        /^False DriftDetected: mode Observe: AWS is not as the manifest says/,
      );
      expect(life.condition('Drifted')).toMatch(/^True DriftDetected: /);
      expect(told(await life.pass())).toEqual([]);

      await applyIn('Enforce');
      await life.controller.converge(serviceKey);
      const leaves = together.flatMap((row) => row.leaves ?? []);
      expect(unmatched(leaves, await changesSince())).toEqual(nothing);
      isUntouched = leaves.length === 0;
    });
  });
}

function told({ verdict }: Pass): readonly string[] {
  return verdict.appeared.map(describeDrift);
}
