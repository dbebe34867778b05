import { archiveOf, otherNetwork, otherNetworkKey } from '../ledger-database/neighbours.ts';
import { testFields } from './changed-fields.ts';
import { referenceFields } from './reference-fields.ts';

const archive = archiveOf({ readers: 0, readerAutoscaling: undefined, tables: [] });

testFields(referenceFields, {
  others: [
    { key: otherNetworkKey, manifest: otherNetwork },
    { key: 'LedgerDatabase/production/archive', manifest: archive },
  ],
});
