import { testFields } from './changed-fields.ts';
import { operationFields } from './operation-fields.ts';

testFields(operationFields);
