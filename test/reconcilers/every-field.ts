import { expect, test } from 'vitest';
import { rules } from '../product.ts';
import { fieldsIn, type FieldCases } from './field-cases.ts';
import { fieldsOfSpec } from './schema-leaves.ts';

/** No field of the schema is without a case, and no case without a field. */
export function testEveryField(kind: string, cases: FieldCases): void {
  const fields = fieldsOfSpec(rules.schemas.get(kind)?.manifestSchema);
  const named = fieldsIn(cases);

  test('there is a case for every field of the schema', () => {
    expect(fields.filter((field) => !named.includes(field))).toEqual([]);
  });

  test('there is a case for no other field', () => {
    // Of a list or an object as a whole: that there is one, or none.
    expect(named.filter((name) => !fields.some((field) => field.startsWith(name)))).toEqual([]);
  });
}
