import { describe } from 'vitest';
import { testFields } from '../changed-fields.ts';
import { testEveryField } from '../every-field.ts';
import { allOf } from '../field-cases.ts';
import { changingLake } from './changing-lake.ts';
import { lakeFields, unlocked, unlockedFields } from './field-cases.ts';

testEveryField('DataLake', allOf(lakeFields, unlockedFields));
describe('in the lake of the contract,', () => {
  testFields(changingLake(), lakeFields);
});

describe('in a lake without a lock,', () => {
  testFields(changingLake(unlocked), unlockedFields);
});
