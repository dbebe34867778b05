import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences, same } from '../../../controller/engine/compare.ts';
import { Unknown } from '../../../controller/engine/ref.ts';
import type { Fields } from '../../../controller/engine/resource-type.ts';
import { fakeType } from '../../fake-types.ts';

const type = fakeType('any');
const pathsOf = (wanted: Fields, actual: Fields): readonly string[] =>
  differences(type, wanted, actual).map(({ path, from, to }) => `${path}: ${String(from)} -> ${String(to)}`);

describe('the differences between a wanted and an actual spec', () => {
  test('name the smallest part that differs', () => {
    const wanted = { name: 'a', settings: { mode: 'strict', limits: { low: 1, high: 9 } } };
    const actual = { name: 'a', settings: { mode: 'lax', limits: { low: 1, high: 8 } } };
    expect(pathsOf(wanted, actual)).toEqual(['settings.mode: lax -> strict', 'settings.limits.high: 8 -> 9']);
  });

  test('carry the field and how bad it is', () => {
    expect(differences(type, { settings: { mode: 'a' } }, { settings: {} })).toEqual([
      { field: 'settings', path: 'settings.mode', from: undefined, to: 'a', severity: 'security' },
    ]);
  });

  test('follow the rule of the field: the order of a set does not count', () => {
    expect(pathsOf({ members: ['a', 'b'] }, { members: ['b', 'a'] })).toEqual([]);
    expect(pathsOf({ members: ['a'] }, { members: ['b', 'a'] })).toEqual(['members: b,a -> a']);
  });

  test('do not tell a missing field from an undefined one', () => {
    expect(pathsOf({ size: undefined, settings: {} }, { settings: { mode: undefined } })).toEqual([]);
    expect(pathsOf({}, { size: 3 })).toEqual(['size: 3 -> undefined']);
    expect(pathsOf({ members: ['a'] }, {})).toEqual(['members: undefined -> a']);
  });

  test('leave out what counts only at creation', () => {
    expect(pathsOf({ initialCount: 1 }, { initialCount: 7 })).toEqual([]);
  });

  test('take for there what is so by default and not shown', () => {
    const defaults: Fields = { small: { limit: '5' }, large: { limit: '50' } };
    const withDefaults = (_: unknown, shown: unknown, { size }: Fields) => ({
      ...toFields(defaults[String(size)]),
      ...toFields(shown),
    });
    const sized = { fields: { settings: { severity: 'security', withDefaults } } } as const;
    const of = (size: string, settings: Fields) =>
      differences(sized, { settings: { limit: '5' } }, { size, settings });
    expect(of('small', {})).toEqual([]);
    expect(of('large', { limit: '5' })).toEqual([]);
    expect(of('large', {})).toMatchObject([{ path: 'settings.limit', from: '50', to: '5' }]);
  });

  test('include what is not known yet', () => {
    const wanted = { peers: ['x', new Unknown('role.arn')], parent: new Unknown('net.id') };
    expect(pathsOf(wanted, { peers: ['x', 'y'], parent: 'net-1' })).toEqual([
      'parent: net-1 -> (known after net.id)',
      'peers: x,y -> x,(known after role.arn)',
    ]);
  });

  test('of a thing and itself are none', () => {
    fc.assert(
      fc.property(aSpec, (spec) => {
        expect(differences(type, spec, structuredClone(spec))).toEqual([]);
      }),
    );
  });

  test('are none once all of them are applied', () => {
    fc.assert(
      fc.property(aSpec, aSpec, (wanted, actual) => {
        const applied = structuredClone(actual);
        for (const { path, to } of differences(type, wanted, actual)) put(applied, path.split('.'), to);
        expect(differences(type, wanted, applied)).toEqual([]);
      }),
    );
  });
});

test('equality is that of plain data', () => {
  expect(same([1, [2, { a: null }]], [1, [2, { a: null }]])).toBe(true);
  for (const [one, other] of [
    [[1], { 0: 1 }],
    [[1, 2], [1]],
    [null, {}],
    ['1', 1],
    [{ a: 1 }, { b: 1 }],
    [{ a: undefined, b: 1 }, { a: 1 }],
  ])
    expect(same(one, other)).toBe(false);
});

function toFields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

const aSpec: fc.Arbitrary<Fields> = fc.record(
  {
    size: fc.nat(2),
    zone: fc.constantFrom('a', 'b'),
    members: fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
    settings: fc.record(
      {
        mode: fc.constantFrom('strict', 'lax'),
        limits: fc.record({ low: fc.nat(2), high: fc.nat(2) }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
    initialCount: fc.nat(2),
  },
  { requiredKeys: [] },
);

function put(into: Fields, [first = '', ...rest]: readonly string[], value: unknown): void {
  const inner = into[first];
  if (rest.length === 0) into[first] = value;
  else if (isFields(inner)) put(inner, rest, value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
