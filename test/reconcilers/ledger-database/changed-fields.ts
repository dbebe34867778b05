import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { ManifestSet } from '../../../controller/manifests/manifest.ts';
import { changesBetween } from '../../aws-state.ts';
import type { DataState } from '../../data-state/resources.ts';
import { mutating, type Pass } from '../../product.ts';
import { unmatched } from '../data-lake/drift-rows.ts';
import type { FieldCases } from './field-cases.ts';
import { ledger, ledgerKey } from './ledger.ts';
import { LedgerLife, writesIn } from './ledger-life.ts';
import { archiveOf, otherNetwork, otherNetworkKey } from './neighbours.ts';

const nothingElse: JsonObject = {};

/** Changes one field after the other of a ledger that is there already, and changes it back. */
export function testFields({ base, changed, refused, impossible, faulty }: FieldCases): void {
  let life: LedgerLife;
  let converged: DataState;
  /** What is applied and converged, so that a case need not begin from nothing. */
  let applied: JsonObject | undefined;

  beforeAll(async () => {
    life = await LedgerLife.start();
  });

  afterAll(() => life.stop());

  function manifests(...changes: readonly JsonObject[]): ManifestSet {
    return ledger({
      spec: Object.assign({}, base, ...changes),
      others: [otherNetwork, archiveOf(base)],
    });
  }

  async function apply(...changes: readonly JsonObject[]): Promise<void> {
    await life.controller.apply(manifests(...changes));
  }

  async function converge(...changes: readonly JsonObject[]): Promise<readonly Pass[]> {
    await apply(...changes);
    return life.controller.converge(ledgerKey, 30);
  }

  /** From nothing, unless the case before has left it as it is to be. */
  async function begin(given: JsonObject): Promise<void> {
    if (applied === given) return;
    if (converged !== undefined) await life.clear();
    await apply(given);
    await life.controller.converge(otherNetworkKey);
    await converge(given);
    converged = await life.state();
  }

  async function changesSince(): Promise<readonly string[]> {
    return changesBetween(converged, await life.state());
  }

  /** A change of the manifest is no drift, neither there nor back. */
  async function changeBack(given: JsonObject): Promise<void> {
    await converge(given);
    const { events } = life.controller.record(ledgerKey);
    expect(events.map(({ reason }) => reason)).not.toContain('DriftDetected');
  }

  const all = [changed, refused, impossible].flatMap((cases) => Object.values(cases));
  const bases = new Set(all.map(({ given = nothingElse }) => given));

  // Cases that need the same ledger one after the other: it is made once for all of them.
  describe.each([...bases])('in a ledger with %j', (here) => {
    function inIt<Case extends { readonly given?: JsonObject }>(cases: Readonly<Record<string, Case>>) {
      return Object.entries(cases).filter(([, { given = nothingElse }]) => given === here);
    }

    test.each(inIt(refused))(
      '%s is refused with the reason and what would let it through, and nothing is written',
      async (_path, { change, because }) => {
        await begin(here);
        applied = undefined;
        await apply(here, change);
        expect(writesIn([await life.pass()])).toEqual([]);
        const { says, hash } = life.refusal;
        const allowed = `; if that is meant, set the annotation fintech.global/approve: "${hash}"`;
        expect(unmatched([`True ApprovalRequired: ${because}${allowed}*`], [says]).missing).toEqual([]);
        expect(hash).toMatch(/^[0-9a-f]{12}$/);
        expect(life.condition('Ready')).toMatch(/^False ApprovalRequired/);
        expect(await changesSince()).toEqual([]);
        await changeBack(here);
        applied = here;
      },
    );

    test.each(inIt(impossible))(
      '%s is told to be what AWS does in no way, and the databases stay as they are',
      async (_path, { change, because, changes = [] }) => {
        await begin(here);
        applied = undefined;
        await apply(here, change);
        await life.untilQuiet();
        expect(
          unmatched([`True InvalidSpec: ${because}`], [life.condition('Stalled') ?? '']).missing,
        ).toEqual([]);
        expect(life.condition('Ready')).toMatch(/^False InvalidSpec/);
        expect(unmatched(changes, await changesSince())).toEqual({ missing: [], unexpected: [] });
        await changeBack(here);
        expect(await changesSince()).toEqual([]);
        applied = here;
      },
    );

    test.each(inIt(changed))(
      '%s changes AWS where it should and nowhere else, and then nothing is left to do',
      async (_path, { change, changes, leaves = [] }) => {
        await begin(here);
        applied = undefined;
        await converge(here, change);
        expect(unmatched(changes, await changesSince())).toEqual({ missing: [], unexpected: [] });
        const next = await life.pass();
        expect(mutating(next.calls)).toEqual([]);
        expect(next.verdict.drift).toEqual([]);
        expect(life.condition('Ready')).toMatch(/^True InSync/);
        await changeBack(here);
        expect(unmatched(leaves, await changesSince())).toEqual({ missing: [], unexpected: [] });
        if (leaves.length === 0) applied = here;
      },
    );
  });

  test.each(Object.entries(faulty))('%s is told when the manifest is read', (_path, { change, says }) => {
    expect(() => manifests(change)).toThrow(says);
  });
}
