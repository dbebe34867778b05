import { testFields } from '../changed-fields.ts';
import { testEveryField } from '../every-field.ts';
import { allOf } from '../field-cases.ts';
import { cacheFields, cacheSettings } from './cache-fields.ts';
import { changingLedger } from './changing-ledger.ts';
import { auroraSettings, clusterFields } from './cluster-fields.ts';
import { tableFields, tableSettings } from './table-fields.ts';

const fields = allOf(clusterFields, cacheFields, tableFields);

testEveryField('LedgerDatabase', fields);
testFields(changingLedger({ ...auroraSettings, ...cacheSettings, ...tableSettings }), fields);
