import { expect, test } from 'vitest';
import { rules } from '../../product.ts';
import { fieldsOfSpec } from '../schema-leaves.ts';
import { containerFields } from './container-fields.ts';
import { fieldsIn } from './field-cases.ts';
import { ingressFields } from './ingress-fields.ts';
import { operationFields } from './operation-fields.ts';
import { referenceFields } from './reference-fields.ts';
import { scalingFields } from './scaling-fields.ts';

const fields = fieldsOfSpec(rules.schemas.get('ApiService')?.manifestSchema);
const named = [containerFields, ingressFields, operationFields, referenceFields, scalingFields].flatMap(
  (cases) => fieldsIn(cases),
);

test('there is a case for every field of the schema', () => {
  expect(fields.filter((field) => !named.includes(field))).toEqual([]);
});

test('there is a case for no other field', () => {
  // Of a list or an object as a whole: that there is one, or none.
  expect(named.filter((name) => !fields.some((field) => field.startsWith(name)))).toEqual([]);
});
