import { named } from './drift-rows.ts';
import { testDrift } from './drift-suite.ts';
import { scalingDrift } from './scaling-drift.ts';
import { oneInstance, onlyDatabase } from './small-ledgers.ts';
import { tableDrift } from './table-drift.ts';

const [userId, sessionId] = [
  { name: 'userId', type: 'S' },
  { name: 'sessionId', type: 'S' },
];
const range = { min: 5, max: 100, targetPercent: 70 };

const tables = [
  {
    name: 'sessions',
    partitionKey: userId,
    sortKey: sessionId,
    globalIndexes: [{ name: 'sessionId', partitionKey: sessionId }],
    capacity: { mode: 'Provisioned', read: range, write: range },
    stream: 'NEW_AND_OLD_IMAGES',
    timeToLive: 'expiresAt',
    pointInTimeRecovery: true,
  },
  {
    name: 'transactions',
    partitionKey: { name: 'transactionId', type: 'S' },
    globalIndexes: [
      { name: 'userId-timestamp', partitionKey: userId, sortKey: { name: 'timestamp', type: 'N' } },
    ],
    capacity: { mode: 'OnDemand' },
    pointInTimeRecovery: true,
  },
];

const scaled = { min: 5, max: 100 };
const indexDrift = scalingDrift({
  ...scaled,
  node: 'scale-write-sessions/sessionId',
  target: {
    ServiceNamespace: 'dynamodb',
    ResourceId: `table/${named('table-sessions')}/index/sessionId`,
    ScalableDimension: 'dynamodb:index:WriteCapacityUnits',
  },
  policy: { name: 'write-utilization', metric: 'DynamoDBWriteCapacityUtilization', scaleInCooldown: 60 },
});
const readDrift = scalingDrift({
  ...scaled,
  node: 'scale-read-sessions',
  target: {
    ServiceNamespace: 'dynamodb',
    ResourceId: `table/${named('table-sessions')}`,
    ScalableDimension: 'dynamodb:table:ReadCapacityUnits',
  },
  policy: { name: 'read-utilization', metric: 'DynamoDBReadCapacityUtilization', scaleInCooldown: 60 },
});

testDrift({ ...oneInstance, ...onlyDatabase, tables }, [...tableDrift, ...readDrift, ...indexDrift]);
