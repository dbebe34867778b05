import { testFields } from './changed-fields.ts';
import { instanceFields } from './instance-fields.ts';

testFields(instanceFields);
