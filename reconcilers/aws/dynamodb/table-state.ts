import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { Observed } from '../../../controller/engine/resource-type.ts';

type State = Pick<Observed, 'state' | 'message'>;

/**
 * Items are read and written while a table is UPDATING, as it is whenever an autoscaler moves its capacity: that
 * is ready. What is not there yet, an index or a new key, is waited for.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
 */
export function stateOf(table: TableDescription): State {
  switch (table.TableStatus) {
    case 'DELETING':
      return { state: 'deleting' };
    case 'ACTIVE':
    case 'UPDATING':
      return stateOfParts(table);
    case 'INACCESSIBLE_ENCRYPTION_CREDENTIALS':
      return {
        state: 'pending',
        message: `cannot use its key ${keyOf(table)}: enable it, and let its policy allow DynamoDB, within seven days`,
      };
    case 'ARCHIVING':
    case 'ARCHIVED':
      return { state: 'pending', message: `is ${table.TableStatus}: ${archivalReason(table)}` };
    case 'CREATING':
      return { state: 'pending', message: creationOf(table) };
    case 'REPLICATION_NOT_AUTHORIZED':
    case undefined:
      return { state: 'pending', message: `is ${table.TableStatus ?? 'CREATING'}` };
  }
}

function stateOfParts({ GlobalSecondaryIndexes = [], SSEDescription }: TableDescription): State {
  const moving = GlobalSecondaryIndexes.filter(
    ({ IndexStatus }) => IndexStatus === 'CREATING' || IndexStatus === 'DELETING',
  );
  const parts = moving.map(({ IndexName, IndexStatus }) => `index ${IndexName} is ${IndexStatus}`);
  if (SSEDescription?.Status === 'UPDATING') parts.push('its encryption is UPDATING');
  if (parts.length === 0) return { state: 'ready' };
  return { state: 'pending', message: `is not complete: ${parts.join(', ')}` };
}

function creationOf({ RestoreSummary: restore }: TableDescription): string {
  if (restore?.RestoreInProgress !== true) return 'is CREATING';
  return `is being restored from ${restore.SourceTableArn ?? restore.SourceBackupArn ?? 'another table'}`;
}

function keyOf({ SSEDescription }: TableDescription): string {
  return SSEDescription?.KMSMasterKeyArn ?? '(of AWS)';
}

function archivalReason({ ArchivalSummary }: TableDescription): string {
  return ArchivalSummary?.ArchivalReason ?? 'no reason given';
}
