import { testFields } from '../changed-fields.ts';
import { testEveryField } from '../every-field.ts';
import { allOf } from '../field-cases.ts';
import { cacheFields } from './cache-fields.ts';
import { changingLedger } from './changing-ledger.ts';
import { instanceFields, instanceSettings } from './instance-fields.ts';
import { tableFields } from './table-fields.ts';

// Caches and tables are the same with both engines: they are changed in fields.test.ts.
testEveryField('LedgerDatabase', allOf(instanceFields, cacheFields, tableFields));
testFields(changingLedger(instanceSettings), instanceFields);
