import { expect, test } from 'vitest';
import { rules } from '../../product.ts';
import { fieldsOfSpec } from '../schema-leaves.ts';
import { cacheFields } from './cache-fields.ts';
import { clusterFields } from './cluster-fields.ts';
import { fieldsIn } from './field-cases.ts';
import { instanceFields } from './instance-fields.ts';
import { tableFields } from './table-fields.ts';

const schema = rules.schemas.get('LedgerDatabase')?.manifestSchema;
const ofBoth = [...fieldsIn(cacheFields), ...fieldsIn(tableFields)];

test.each([
  ['aurora-postgresql', clusterFields],
  ['postgres', instanceFields],
])('there is a case for every field of the schema with the engine %s', (_engine, cases) => {
  const fields = new Set([...fieldsIn(cases), ...ofBoth]);
  expect(fieldsOfSpec(schema).filter((field) => !fields.has(field))).toEqual([]);
});

test('there is a case for no other field', () => {
  const fields = fieldsOfSpec(schema);
  const named = [...fieldsIn(clusterFields), ...fieldsIn(instanceFields), ...ofBoth];
  // Of a list or an object as a whole: that there is one, or none.
  expect(named.filter((name) => !fields.some((field) => field.startsWith(name)))).toEqual([]);
});
