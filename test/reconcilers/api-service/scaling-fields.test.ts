import { testFields } from './changed-fields.ts';
import { scalingFields } from './scaling-fields.ts';

testFields(scalingFields);
