import { testFields } from './changed-fields.ts';
import { cacheFields } from './cache-fields.ts';

testFields(cacheFields);
