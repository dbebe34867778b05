import { testDrift } from '../drift-suite.ts';
import { oneObject } from '../drifting-object.ts';
import { cacheDrift } from './cache-drift.ts';
import { driftingLedger } from './drifting-ledger.ts';
import { instanceDrift } from './instance-drift.ts';
import { keyDrift, roleDrift } from './key-and-role-drift.ts';
import { named } from './names-in-aws.ts';
import { scalingDrift } from './scaling-drift.ts';
import { secretDrift } from './secret-drift.ts';
import { oneInstance } from './small-ledgers.ts';
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

const object = oneObject(driftingLedger({ ...oneInstance, tables }));

testDrift(object, [
  ...instanceDrift,
  ...cacheDrift,
  ...tableDrift,
  ...readDrift,
  ...indexDrift,
  ...secretDrift,
  ...keyDrift,
  ...roleDrift,
]);
