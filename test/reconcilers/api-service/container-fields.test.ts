import { testFields } from './changed-fields.ts';
import { containerFields } from './container-fields.ts';

testFields(containerFields);
