import type { GlobalIndex, TableSpec } from '../../../../reconcilers/aws/dynamodb/table-spec.ts';

export const byUser: GlobalIndex = {
  partitionKey: { name: 'userId', type: 'S' },
  sortKey: { name: 'timestamp', type: 'N' },
  projection: { type: 'ALL', attributes: [] },
};

export const byAccount: GlobalIndex = {
  partitionKey: { name: 'accountId', type: 'S' },
  sortKey: undefined,
  projection: { type: 'INCLUDE', attributes: ['amount', 'currency'] },
};

export function sampleTable(name: string): TableSpec {
  return {
    name,
    keys: { partitionKey: { name: 'transactionId', type: 'S' }, sortKey: { name: 'part', type: 'N' } },
    globalIndexes: { 'by-user': byUser },
    localIndexes: {
      'by-date': { sortKey: { name: 'date', type: 'S' }, projection: { type: 'KEYS_ONLY', attributes: [] } },
    },
    capacity: { mode: 'PAY_PER_REQUEST' },
    stream: undefined,
    timeToLive: undefined,
    kmsKeyArn: undefined,
    recoveryPeriodDays: undefined,
    deletionProtection: false,
    tableClass: 'STANDARD',
    backupBeforeDeletion: false,
    restoreFrom: undefined,
  };
}
