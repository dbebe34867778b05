import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import { mutating, type Pass } from '../../product.ts';
import { readServiceState, type ServiceState } from '../../service-state/state.ts';
import { unmatched } from '../data-lake/drift-rows.ts';
import { together, type FieldCases } from './field-cases.ts';
import { service, serviceKey } from './service.ts';
import { ServiceLife, writesIn } from './service-life.ts';

const nothingElse: JsonObject = {};
const approval = '; if that is meant, set the annotation fintech.global/approve: <hash>';
const matched = { missing: [], unexpected: [] };

export type Surroundings = {
  /** Manifests that are there beside it, and are converged before, in this order. */
  readonly others: readonly { readonly key: string; readonly manifest: JsonObject }[];
};

/** Changes one field after the other of a service that runs, and changes it back. */
export function testFields(cases: FieldCases, { others }: Surroundings = { others: [] }): void {
  const { changed, refused = {}, faulty = {} } = cases;
  const beside = { others: others.map(({ manifest }) => manifest) };
  let life: ServiceLife;
  let converged: ServiceState;
  /** What runs, so that a case need not begin from nothing. */
  let running: JsonObject | undefined;

  beforeAll(async () => {
    life = await ServiceLife.start();
    await life.remove(beside);
    for (const { key } of others) await life.controller.converge(key);
    if (others.length > 0) await life.keep();
  });

  afterAll(() => life.stop());

  function change(...changes: readonly JsonObject[]): Promise<readonly Pass[]> {
    return life.change(Object.assign({}, ...changes), beside);
  }

  /** From nothing, unless the case before has left it as it is to be. */
  async function begin(given: JsonObject): Promise<void> {
    if (running === given) return;
    if (converged !== undefined) await life.clear();
    await change(given);
    converged = await readServiceState(life.clients);
  }

  /** How many revisions there have been is of no interest. */
  async function changesSince(): Promise<readonly string[]> {
    const changes = changesBetween(converged, await readServiceState(life.clients));
    return changes.filter((text) => !text.includes('.activeRevisions: '));
  }

  /** Nothing is left to do. */
  async function isQuiet(): Promise<void> {
    const next = await life.pass();
    expect(mutating(next.calls)).toEqual([]);
    expect(life.condition('Ready')).toMatch(/^True InSync/);
    expectNoDrift();
  }

  /** It was the manifest that changed. */
  function expectNoDrift(): void {
    const { events } = life.controller.record(serviceKey);
    expect(events.map(({ reason }) => reason)).not.toContain('DriftDetected');
  }

  const all = [changed, refused].flatMap((some) => Object.values(some));
  const bases = new Set(all.map(({ given = nothingElse }) => given));

  // Cases that need the same service one after the other: it is made once for all of them.
  describe.each([...bases])('in a service with %j', (here) => {
    function inIt<Case extends { readonly given?: JsonObject }>(some: Readonly<Record<string, Case>>) {
      return Object.entries(some).filter(([, { given = nothingElse }]) => given === here);
    }

    test.each(inIt(refused))(
      '%s is refused with the reason and with what would let it through, and nothing is written',
      async (_path, { change: another, because, reason = 'ApprovalRequired' }) => {
        await begin(here);
        running = undefined;
        await life.apply({ ...here, ...another }, beside);
        expect(writesIn([await life.pass()])).toEqual([]);
        const way = reason === 'ApprovalRequired' ? approval : '';
        const stalled = life.condition('Stalled')?.replace(/"[0-9a-f]{12}"/, '<hash>') ?? '';
        expect(unmatched([`True ${reason}: ${because}${way}`], [stalled])).toEqual(matched);
        expect(life.condition('Ready')).toMatch(new RegExp(`^False ${reason}`));
        await change(here);
        expect(await changesSince()).toEqual([]);
        running = here;
      },
    );

    test.each(inIt(changed))(
      '%s changes AWS where it should and nowhere else, by the calls that are needed, and then nothing is left to do',
      async (_path, { change: another, writes, changes, leaves = [], isFinal = false }) => {
        await begin(here);
        running = undefined;
        const made = writesIn(await change(here, another)).filter((write) => !isOldRevision(write));
        expect(unmatched(changes, await changesSince())).toEqual(matched);
        expect(made.toSorted()).toEqual(writes.toSorted());
        await isQuiet();
        if (isFinal) return;
        await change(here);
        expect(unmatched(leaves, await changesSince())).toEqual(matched);
        expectNoDrift();
        if (leaves.length === 0) running = here;
      },
    );
  });

  test('all of these changed at once make of a service what a fresh one would be', async () => {
    running = undefined;
    await begin(nothingElse);
    const changes = together(cases);
    await change(changes);
    const afterwards = await readServiceState(life.clients);
    expect(changesBetween(converged, afterwards).length).toBeGreaterThan(0);
    await life.clear();
    await change(changes);
    const fresh = await readServiceState(life.clients);
    const differences = changesBetween(afterwards, fresh).filter(
      (text) => !text.includes('.activeRevisions: '),
    );
    expect(differences).toEqual([]);
  });

  test.each(Object.entries(faulty))(
    '%s is told when the manifest is read',
    (_path, { given = {}, change: another, says }) => {
      expect(() => service({ spec: { ...given, ...another }, ...beside })).toThrow(says);
    },
  );
}

/** The last ten stay: how many there were before is a matter of the cases before. */
function isOldRevision(write: string): boolean {
  return /^(DeregisterTaskDefinition|UntagResource) task-definition$/.test(write);
}
