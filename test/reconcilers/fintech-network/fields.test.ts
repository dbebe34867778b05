import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import { mutating, rules } from '../../product.ts';
import { unmatched } from '../data-lake/drift-rows.ts';
import { fieldsOfSpec } from '../schema-leaves.ts';
import { ChangingNetwork, writesIn } from './changing-network.ts';
import { base, changedFields, otherBases, refusedFields, transitGateways } from './field-cases.ts';
import { networkKey } from './network.ts';

let network: ChangingNetwork;
let converged: Awaited<ReturnType<ChangingNetwork['state']>>;
/** Their ids, by what stands for them. */
let gateways: Readonly<Record<string, string>>;
/** What is applied and converged, so that a case need not begin from nothing. */
let applied: JsonObject | undefined;

beforeAll(async () => {
  network = await ChangingNetwork.start();
});

afterAll(() => network.stop());

/** From nothing, unless the case before has left it as it is to be. */
async function begin(given: JsonObject): Promise<void> {
  if (applied === given) return;
  applied = undefined;
  await network.clear();
  const ids = await Promise.all(
    transitGateways.map(async (name) => [name, await network.makeTransitGateway()] as const),
  );
  gateways = Object.fromEntries(ids);
  await network.change(specOf(given));
  converged = await network.state();
}

function specOf(...changes: readonly JsonObject[]): JsonObject {
  let written = JSON.stringify(Object.assign({}, base, ...changes));
  for (const [name, id] of Object.entries(gateways)) written = written.replaceAll(name, id);
  const spec: unknown = JSON.parse(written);
  if (!isJsonObject(spec)) throw new Error('a spec is a mapping');
  return spec;
}

async function changesSince(): Promise<readonly string[]> {
  return changesBetween(converged, await network.state());
}

/** A change of the manifest is no drift, neither there nor back. */
async function changeBack(given: JsonObject): Promise<void> {
  await network.change(specOf(given));
  const { events } = network.controller.record(networkKey);
  expect(events.map(({ reason }) => reason)).not.toContain('DriftDetected');
}

test('there is a case for every field of the schema, and for no other', () => {
  const schema = rules.schemas.get('FintechNetwork')?.manifestSchema;
  expect(new Set(Object.keys({ ...changedFields, ...refusedFields }))).toEqual(new Set(fieldsOfSpec(schema)));
  const bases = new Set<unknown>([undefined, ...otherBases]);
  const cases = [...Object.values(changedFields), ...Object.values(refusedFields)];
  expect(cases.filter(({ given }) => !bases.has(given))).toEqual([]);
});

// Cases that need the same network one after the other: it is made once for all of them.
describe.each([base, ...otherBases])('in a network with %j', (given) => {
  const isHere = ([, one]: readonly [string, { readonly given?: JsonObject }]) =>
    (one.given ?? base) === given;
  const refused = Object.entries(refusedFields).filter(isHere);
  const changed = Object.entries(changedFields).filter(isHere);

  test.each(refused)(
    '%s is refused with the reason and what would let it through, and nothing is written',
    async (_path, { change, because }) => {
      await begin(given);
      applied = undefined;
      await network.apply(specOf(given, change));
      const pass = await network.pass();
      expect(writesIn([pass])).toEqual([]);
      const { says, hash } = network.refusal;
      expect(says).toContain(
        `True ApprovalRequired: ${because} cannot be changed in place; if that is meant, set the annotation fintech.global/approve: "${hash}"`,
      );
      expect(hash).toMatch(/^[0-9a-f]{12}$/);
      expect(network.conditions['Ready']).toMatch(/^False ApprovalRequired/);
      expect(await changesSince()).toEqual([]);
      await changeBack(given);
      applied = given;
    },
  );

  test.each(changed)(
    '%s changes AWS where it should and nowhere else, and then nothing is left to do',
    async (_path, { change, changes, leaves = [] }) => {
      await begin(given);
      applied = undefined;
      const passes = await network.change(specOf(given, change));
      expect(unmatched(changes, await changesSince())).toEqual({ missing: [], unexpected: [] });
      const last = passes.at(-1);
      expect(mutating(last?.calls ?? [])).toEqual([]);
      expect(last?.verdict.drift).toEqual([]);
      expect(network.conditions['Ready']).toMatch(/^True InSync/);
      await changeBack(given);
      expect(unmatched(leaves, await changesSince())).toEqual({ missing: [], unexpected: [] });
      if (leaves.length === 0) applied = given;
    },
  );
});
