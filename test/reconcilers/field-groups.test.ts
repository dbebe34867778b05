import { expect, test } from 'vitest';
import type { Changed } from './field-cases.ts';
import { groupsOf, together } from './field-groups.ts';

const spec = { size: 1, name: 'a', alarms: { high: 1, low: 2 }, tables: [{ name: 'a', keys: ['b'] }] };

/** The names of the cases, by groups. */
function grouped(cases: Readonly<Record<string, Changed>>): readonly (readonly string[])[] {
  return groupsOf(spec, cases).map(([, group]) => Object.keys(group));
}

function changing(change: Changed['change'], ...changes: readonly string[]): Changed {
  return { change, changes };
}

test('every case is in one group, and at most eight are in one', () => {
  const names = Array.from({ length: 20 }, (_, number) => `field${number}`);
  const cases = names.map((name) => [name, changing({ [name]: 1 }, `things.${name}: 1 → 2`)] as const);
  const groups = grouped(Object.fromEntries(cases));
  expect(groups.flat().toSorted()).toEqual(names.toSorted());
  expect(groups.map(({ length }) => length)).toEqual([4, 8, 8]);
});

test.each<readonly [string, Changed, Changed]>([
  ['the same field', changing({ size: 2 }), changing({ size: 3 })],
  ['a field and what it is in', changing({ alarms: undefined }), changing({ alarms: { high: 9, low: 2 } })],
  ['the length of a list and an item', changing({ tables: [] }), changing({ tables: [{ name: 'b' }] })],
  ['the same in AWS', changing({ size: 2 }, 'a.b: 1 → 2'), changing({ name: 'b' }, 'a.b: 1 → 3')],
  ['a resource and what is in it', changing({ size: 2 }, 'a: * → nothing'), changing({}, 'a.b: 1 → 2')],
  ['what may be the same', changing({ size: 2 }, 'a.*.c: 1 → 2'), changing({ name: 'b' }, 'a.b.c: 2 → 1')],
  [
    'a resource that is retained',
    changing({ size: 2 }, 'a.Tags: [] → *fintech.global/retained*'),
    changing({ name: 'b' }, 'a.b: 1 → 2'),
  ],
  [
    'what would be deleted rather than retained',
    changing({ size: 2 }, 'a.Tags: [] → *fintech.global/retained*'),
    changing({ deletionPolicy: 'Delete' }),
  ],
  [
    'what the other depends on',
    { ...changing({ size: 2 }, 'a.b: 1 → 2'), touches: ['c.d'] },
    changing({ name: 'b' }, 'c.d: 1 → 2'),
  ],
  ['what is not changed back', { ...changing({ size: 2 }), isFinal: true }, changing({ name: 'b' })],
])('two cases are not in one group that change %s', (_what, one, other) => {
  expect(grouped({ one, other })).toHaveLength(2);
});

test('cases are in one group that change different fields of a mapping or of an item, and different resources', () => {
  const cases = {
    high: changing({ alarms: { high: 9, low: 2 } }, 'alarms.high: 1 → 9'),
    low: changing({ alarms: { high: 1, low: 9 } }, 'alarms.low: 2 → 9'),
    name: changing({ tables: [{ name: 'c', keys: ['b'] }] }, 'tables.a: * → nothing'),
    keys: changing({ tables: [{ name: 'a', keys: ['b', 'c'] }] }, 'tables.ab.keys: * → *'),
  };
  expect(grouped(cases)).toHaveLength(1);
  expect(together(spec, cases)).toEqual({
    ...spec,
    alarms: { high: 9, low: 9 },
    tables: [{ name: 'c', keys: ['b', 'c'] }],
  });
});

test('what leaves something behind is in as few groups as can be, and they come last', () => {
  const cases = Object.fromEntries(
    Array.from({ length: 12 }, (_, number) => {
      const one = changing({ [`field${number}`]: 1 }, `things.${number}: 1 → 2`);
      return [`field${number}`, number % 4 === 0 ? { ...one, leaves: one.changes } : one];
    }),
  );
  expect(grouped(cases).at(-1)).toEqual(expect.arrayContaining(['field0', 'field4', 'field8']));
});

test('what is no more is left out of a spec', () => {
  expect(JSON.stringify(together(spec, { alarms: changing({ alarms: { high: 1 }, name: undefined }) }))).toBe(
    JSON.stringify({ size: 1, alarms: { high: 1 }, tables: spec.tables }),
  );
});
