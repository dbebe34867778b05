import { testFields } from '../changed-fields.ts';
import { archiveOf, otherNetwork, otherNetworkKey } from '../ledger-database/neighbours.ts';
import { changingService } from './changing-service.ts';
import { referenceFields, unprotected } from './reference-fields.ts';

const archive = archiveOf({ readers: 0, readerAutoscaling: undefined, tables: [] });

const others = [
  { key: otherNetworkKey, manifest: otherNetwork },
  { key: 'LedgerDatabase/production/archive', manifest: archive },
];

testFields(changingService(unprotected, others), referenceFields, { comparesWithFresh: true });
