import { testFields } from './changed-fields.ts';
import { tableFields } from './table-fields.ts';

testFields(tableFields);
