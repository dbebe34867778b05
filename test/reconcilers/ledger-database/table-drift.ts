import {
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Clients } from '../../clients.ts';
import type { DriftRow } from '../drift-row.ts';
import { named } from './names-in-aws.ts';

const sessions = 'table-sessions';
const transactions = 'table-transactions';
const arn = `arn:aws:dynamodb:us-east-1:123456789012:table/${named(sessions)}`;
const index = 'userId-timestamp';

/** Tables: `sessions` is provisioned and forgets, `transactions` has an index and is on demand. */
export const tableDrift: readonly DriftRow[] = [
  {
    what: 'ends the point-in-time recovery of a table',
    change: (clients) => recover(clients, { PointInTimeRecoveryEnabled: false }),
    says: [says(sessions, 'recoveryPeriodDays is absent, should be 35 (security)')],
  },
  {
    what: 'can go back a week only',
    change: (clients) => recover(clients, { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 }),
    says: [says(sessions, 'recoveryPeriodDays is 7, should be 35 (security)')],
    batch: 1,
  },
  {
    what: 'lets sessions live for ever',
    change: (clients) => expire(clients, sessions, 'expiresAt', false),
    says: [says(sessions, 'timeToLive is absent, should be expiresAt (cost)')],
  },
  {
    what: 'lets sessions expire otherwise',
    change: async (clients) => {
      await expire(clients, sessions, 'expiresAt', false);
      await expire(clients, sessions, 'createdAt', true);
    },
    says: [says(sessions, 'timeToLive is createdAt, should be expiresAt (cost)')],
    batch: 1,
  },
  {
    what: 'lets transactions expire',
    change: (clients) => expire(clients, transactions, 'timestamp', true),
    says: [says(transactions, 'timeToLive is timestamp, should be absent (cost)')],
  },
  tableRow('ends the stream of a table', sessions, { StreamSpecification: { StreamEnabled: false } }, [
    'stream is absent, should be NEW_AND_OLD_IMAGES (availability)',
  ]),
  {
    what: 'leaves the items out of the stream',
    change: async (clients) => {
      await update(clients, sessions, { StreamSpecification: { StreamEnabled: false } });
      await update(clients, sessions, {
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      });
    },
    says: [says(sessions, 'stream is KEYS_ONLY, should be NEW_AND_OLD_IMAGES (availability)')],
    batch: 1,
  },
  tableRow('takes the protection of a table away', sessions, { DeletionProtectionEnabled: false }, [
    'deletionProtection is false, should be true (security)',
  ]),
  tableRow('encrypts a table with a key of AWS', sessions, { SSESpecification: { Enabled: false } }, [
    'kmsKeyArn is absent, should be arn:aws:kms:us-east-1:123456789012:key/* (security)',
  ]),
  {
    ...tableRow(
      'stores a table where it is read seldom',
      sessions,
      { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
      ['tableClass is STANDARD_INFREQUENT_ACCESS, should be STANDARD (cost)'],
    ),
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.tableclasses.html
    isLimited: true,
  },
  tableRow('pays for a table on demand', sessions, { BillingMode: 'PAY_PER_REQUEST' }, [
    'capacity.mode is PAY_PER_REQUEST, should be PROVISIONED (availability)',
    'capacity.table is absent, should be {"read":{"autoscaledFrom":5},"write":{"autoscaledFrom":5}} (availability)',
    'capacity.indexes is absent, should be {"sessionId":* (availability)',
  ]),
  tableRow(
    'pays for a table by capacity',
    transactions,
    {
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      GlobalSecondaryIndexUpdates: [
        {
          Update: {
            IndexName: index,
            ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
          },
        },
      ],
    },
    [
      'capacity.mode is PROVISIONED, should be PAY_PER_REQUEST (availability)',
      'capacity.table is {"read":1,"write":1}, should be absent (availability)',
      `capacity.indexes is {"${index}":{"read":1,"write":1}}, should be absent (availability)`,
    ],
  ),
  {
    ...tableRow(
      'deletes an index',
      transactions,
      { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: index } }] },
      [
        `globalIndexes.${index} is absent, should be {"partitionKey":{"name":"userId","type":"S"},* (availability)`,
      ],
    ),
    batch: 1,
  },
  {
    ...tableRow(
      'adds an index',
      transactions,
      {
        AttributeDefinitions: [
          { AttributeName: 'transactionId', AttributeType: 'S' },
          { AttributeName: 'userId', AttributeType: 'S' },
          { AttributeName: 'timestamp', AttributeType: 'N' },
          { AttributeName: 'amount', AttributeType: 'N' },
        ],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: 'amounts',
              KeySchema: [{ AttributeName: 'amount', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          },
        ],
      },
      [
        'globalIndexes.amounts is {"partitionKey":{"name":"amount","type":"N"},*"KEYS_ONLY"*, should be absent (availability)',
      ],
    ),
    batch: 2,
  },
  {
    what: 'takes a tag from a table, and forbids the last backup',
    change: async ({ dynamodb }) => {
      await dynamodb.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: ['Environment'] }));
      const Tags = [{ Key: 'fintech.global/backup-before-deletion', Value: 'false' }];
      return dynamodb.send(new TagResourceCommand({ ResourceArn: arn, Tags }));
    },
    says: [
      says(sessions, 'tags.Environment is absent, should be Production (cost)'),
      says(sessions, 'backupBeforeDeletion is false, should be true (availability)'),
    ],
  },
];

function tableRow(
  what: string,
  node: string,
  change: Partial<UpdateTableCommandInput>,
  texts: readonly string[],
): DriftRow {
  return {
    what,
    change: (clients) => update(clients, node, change),
    says: texts.map((text) => says(node, text)),
  };
}

function says(node: string, text: string): string {
  return `dynamodb/table ${node}: ${text}`;
}

async function update(
  { dynamodb }: Clients,
  node: string,
  change: Partial<UpdateTableCommandInput>,
): Promise<void> {
  await dynamodb.send(new UpdateTableCommand({ TableName: named(node), ...change }));
}

async function expire(
  { dynamodb }: Clients,
  node: string,
  AttributeName: string,
  Enabled: boolean,
): Promise<void> {
  const TimeToLiveSpecification = { AttributeName, Enabled };
  await dynamodb.send(new UpdateTimeToLiveCommand({ TableName: named(node), TimeToLiveSpecification }));
}

async function recover(
  { dynamodb }: Clients,
  PointInTimeRecoverySpecification: {
    readonly PointInTimeRecoveryEnabled: boolean;
    readonly RecoveryPeriodInDays?: number;
  },
): Promise<void> {
  await dynamodb.send(
    new UpdateContinuousBackupsCommand({ TableName: named(sessions), PointInTimeRecoverySpecification }),
  );
}
