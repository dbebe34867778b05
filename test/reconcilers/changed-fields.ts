import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../controller/manifests/json.ts';
import { changesBetween } from '../aws-state.ts';
import { oneObject, type ChangingKind } from './changing-object.ts';
import type { ByField, Changed, FieldCases } from './field-cases.ts';
import { together } from './field-groups.ts';
import { testChanged, testImpossible, testRefused } from './field-tests.ts';

const nothingElse: JsonObject = {};

type Options = {
  /** Also tests that all of them changed at once make what a fresh object would be. */
  readonly comparesWithFresh?: true;
};

/**
 * Changes the fields of an object that is there already, and changes them back: by groups, in the whole sweep each by
 * itself.
 */
export function testFields(
  kind: ChangingKind,
  { changed, refused = {}, impossible = {}, faulty = {} }: FieldCases,
  { comparesWithFresh }: Options = {},
): void {
  const all = comparesWithFresh && together(kind.spec, notAlone(changed));
  const object = oneObject(kind, all);

  const cases = [changed, refused, impossible].flatMap((some) => Object.values(some));
  const bases = new Set(cases.map(({ given = nothingElse }) => given));

  // Cases that need the same spec one after the other: it is made once for all of them.
  describe.each([...bases])('with %j', (given) => {
    const spec = given === nothingElse ? kind.spec : { ...kind.spec, ...given };

    function inIt<Case extends { readonly given?: JsonObject }>(some: ByField<Case>): ByField<Case> {
      const fitting = Object.entries(some).filter(([, one]) => (one.given ?? nothingElse) === given);
      return Object.fromEntries(fitting);
    }

    testRefused(object, spec, inIt(refused));
    testImpossible(object, spec, inIt(impossible));
    testChanged(object, spec, inIt(changed));
  });

  test.each(all === undefined ? [] : [all])(
    'all of these changed at once make what a fresh object would be',
    async (changes) => {
      await object().begin(kind.spec);
      await object().change(changes);
      expect((await object().changes()).length).toBeGreaterThan(0);
      expect(changesBetween(await object().read(), object().fresh)).toEqual([]);
    },
  );

  test.each(Object.entries(faulty))(
    'changing %s is told when the manifest is read',
    (_field, { given, change, says }) => {
      expect(() => kind.manifests({ ...kind.spec, ...given, ...change })).toThrow(says);
    },
  );
}

function notAlone(changed: ByField<Changed>): ByField<Changed> {
  const some = Object.entries(changed).filter(([, { given, alone }]) => given === undefined && !alone);
  return Object.fromEntries(some);
}
