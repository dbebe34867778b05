import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { Changed, FieldCases, Refused } from '../field-cases.ts';

const units = { min: 5, max: 100, targetPercent: 70 };
const provisioned = { mode: 'Provisioned', read: units, write: units };
const index = {
  name: 'by-device',
  partitionKey: { name: 'device', type: 'S' },
  sortKey: { name: 'seen', type: 'N' },
  projection: { type: 'INCLUDE', attributes: ['address'] },
};
const sessions = {
  name: 'sessions',
  partitionKey: { name: 'userId', type: 'S' },
  sortKey: { name: 'sessionId', type: 'S' },
  globalIndexes: [index],
  capacity: provisioned,
  stream: 'NEW_AND_OLD_IMAGES',
  timeToLive: 'expiresAt',
};
const accounts = {
  name: 'accounts',
  partitionKey: { name: 'accountId', type: 'S' },
  capacity: { mode: 'OnDemand' },
};

function to(change: JsonObject): JsonObject {
  return { tables: [{ ...sessions, ...change }, accounts] };
}

function toIndex(change: JsonObject): JsonObject {
  return to({ globalIndexes: [{ ...index, ...change }] });
}

const table = 'tables.production-ledger-table-sessions';
// One that is made anew begins with the capacity that is wanted then.
const indexes = ['AttributeDefinitions', 'GlobalSecondaryIndexes'].map((part) => `${table}.${part}`);
const otherTable = 'tables.production-ledger-table-accounts';
const target = (part: string) => `scalableTargets.dynamodb:${part} table/production-ledger-table`;
const scaledOf = (name: string) =>
  ['Read', 'Write'].map((direction) => `${target(`index:${direction}CapacityUnits`)}-sessions/index/${name}`);

const retained = 'Tags.fintech.global/retained: nothing → "<time>"';

/** What changes one thing of the index, or of the table. */
function ofTable(change: JsonObject, ...changes: readonly string[]): Changed {
  return { change, changes: changes.map((line) => `${table}.${line}`) };
}

/** What changes one thing of how the table and its index are scaled. */
function ofScaling(direction: 'Read' | 'Write', change: JsonObject, line: string): Changed {
  return {
    change: to({ capacity: { ...provisioned, [direction.toLowerCase()]: { ...units, ...change } } }),
    changes: [
      `${target(`table:${direction}CapacityUnits`)}-sessions.${line}`,
      `${target(`index:${direction}CapacityUnits`)}-sessions/index/by-device.${line}`,
    ],
    touches: indexes,
  };
}

const tracked = 'Policies.0.TargetTrackingScalingPolicyConfiguration.TargetValue: 70 → 50';

function ofKeys(change: JsonObject, part: string): Refused {
  return {
    change: to(change),
    because: `dynamodb/table table-sessions (production-ledger-table-sessions) would be replaced and its data lost: keys.${part} cannot be changed in place`,
  };
}

export const tableSettings: JsonObject = { tables: [sessions, accounts] };

/** The fields of the tables. */
export const tableFields: FieldCases = {
  changed: {
    'tables[].globalIndexes[].name': {
      change: toIndex({ name: 'by-machine' }),
      changes: [
        `${table}.GlobalSecondaryIndexes.0.IndexArn: *by-device" → *by-machine"`,
        `${table}.GlobalSecondaryIndexes.0.IndexName: "by-device" → "by-machine"`,
        ...scaledOf('by-device').map((one) => `${one}: * → nothing`),
        ...scaledOf('by-machine').map((one) => `${one}: nothing → *`),
      ],
    },
    'tables[].globalIndexes[].partitionKey.name': ofTable(
      toIndex({ partitionKey: { name: 'machine', type: 'S' } }),
      'AttributeDefinitions.0.AttributeName: "device" → "machine"',
      'GlobalSecondaryIndexes.0.KeySchema.0.AttributeName: "device" → "machine"',
    ),
    'tables[].globalIndexes[].partitionKey.type': ofTable(
      toIndex({ partitionKey: { name: 'device', type: 'B' } }),
      'AttributeDefinitions.0.AttributeType: "S" → "B"',
    ),
    'tables[].globalIndexes[].sortKey.name': ofTable(
      toIndex({ sortKey: { name: 'met', type: 'N' } }),
      'AttributeDefinitions.1.AttributeName: "seen" → "met"',
      'GlobalSecondaryIndexes.0.KeySchema.1.AttributeName: "seen" → "met"',
    ),
    'tables[].globalIndexes[].sortKey.type': ofTable(
      toIndex({ sortKey: { name: 'seen', type: 'S' } }),
      'AttributeDefinitions.1.AttributeType: "N" → "S"',
    ),
    'tables[].globalIndexes[].projection.type': ofTable(
      toIndex({ projection: { type: 'ALL' } }),
      'GlobalSecondaryIndexes.0.Projection.NonKeyAttributes: ["address"] → nothing',
      'GlobalSecondaryIndexes.0.Projection.ProjectionType: "INCLUDE" → "ALL"',
    ),
    'tables[].globalIndexes[].projection.attributes': ofTable(
      toIndex({ projection: { type: 'INCLUDE', attributes: ['address', 'agent'] } }),
      'GlobalSecondaryIndexes.0.Projection.NonKeyAttributes: ["address"] → ["address","agent"]',
    ),
    'tables[].capacity.mode': {
      change: to({ capacity: { mode: 'OnDemand' } }),
      changes: [
        `${table}.BillingModeSummary.BillingMode: "PROVISIONED" → "PAY_PER_REQUEST"`,
        ...['ProvisionedThroughput', 'GlobalSecondaryIndexes.0.ProvisionedThroughput'].flatMap((part) =>
          ['Read', 'Write'].map((direction) => `${table}.${part}.${direction}CapacityUnits: 5 → 0`),
        ),
        ...['Read', 'Write'].flatMap((direction) => [
          `${target(`table:${direction}CapacityUnits`)}-sessions: * → nothing`,
          `${target(`index:${direction}CapacityUnits`)}-sessions/index/by-device: * → nothing`,
        ]),
      ],
      touches: indexes,
    },
    'tables[].capacity.mode, the other way': {
      change: { tables: [sessions, { ...accounts, capacity: provisioned }] },
      changes: [
        `${otherTable}.BillingModeSummary.BillingMode: "PAY_PER_REQUEST" → "PROVISIONED"`,
        ...['Read', 'Write'].flatMap((direction) => [
          `${otherTable}.ProvisionedThroughput.${direction}CapacityUnits: 0 → 5`,
          `${target(`table:${direction}CapacityUnits`)}-accounts: nothing → *`,
        ]),
      ],
    },
    'tables[].capacity.read.min': ofScaling('Read', { min: 10 }, 'MinCapacity: 5 → 10'),
    'tables[].capacity.read.max': ofScaling('Read', { max: 200 }, 'MaxCapacity: 100 → 200'),
    'tables[].capacity.read.targetPercent': ofScaling('Read', { targetPercent: 50 }, tracked),
    'tables[].capacity.write.min': ofScaling('Write', { min: 10 }, 'MinCapacity: 5 → 10'),
    'tables[].capacity.write.max': ofScaling('Write', { max: 200 }, 'MaxCapacity: 100 → 200'),
    'tables[].capacity.write.targetPercent': ofScaling('Write', { targetPercent: 50 }, tracked),
    'tables[].stream': ofTable(
      to({ stream: 'KEYS_ONLY' }),
      'StreamSpecification.StreamViewType: "NEW_AND_OLD_IMAGES" → "KEYS_ONLY"',
    ),
    'tables[].stream, none any more': ofTable(
      to({ stream: undefined }),
      'StreamSpecification: {"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"} → nothing',
    ),
    'tables[].timeToLive': ofTable(
      to({ timeToLive: 'endsAt' }),
      'TimeToLiveDescription.AttributeName: "expiresAt" → "endsAt"',
    ),
    'tables[].timeToLive, none any more': ofTable(
      to({ timeToLive: undefined }),
      'TimeToLiveDescription.AttributeName: "expiresAt" → nothing',
      'TimeToLiveDescription.TimeToLiveStatus: "ENABLED" → "DISABLED"',
    ),
    'tables[].pointInTimeRecovery': ofTable(
      to({ pointInTimeRecovery: false }),
      ...[
        'EarliestRestorableDateTime: "<time>" → nothing',
        'PointInTimeRecoveryStatus: "ENABLED" → "DISABLED"',
        'RecoveryPeriodInDays: 35 → nothing',
      ].map((line) => `ContinuousBackupsDescription.PointInTimeRecoveryDescription.${line}`),
    ),
    'tables[].tableClass': ofTable(
      to({ tableClass: 'STANDARD_INFREQUENT_ACCESS' }),
      'TableClassSummary.TableClass: "STANDARD" → "STANDARD_INFREQUENT_ACCESS"',
    ),
    deletionProtection: {
      change: { deletionProtection: false },
      changes: [
        'clusters.production-ledger-cluster.DeletionProtection: true → false',
        `${table}.DeletionProtectionEnabled: true → false`,
        `${otherTable}.DeletionProtectionEnabled: true → false`,
      ],
    },
    'tables[], one more': {
      change: { tables: [sessions, accounts, { ...accounts, name: 'devices' }] },
      changes: ['tables.production-ledger-table-devices: nothing → *'],
      leaves: ['tables.production-ledger-table-devices: nothing → *"fintech.global/retained"*'],
    },
    // Another name is another table, and the one before stays with its data.
    'tables[].name': {
      change: to({ name: 'logins' }),
      changes: [
        `${table}.Tags: * → *"fintech.global/retained"*`,
        ...scaledOf('by-device').map((one) => `${one}.${retained}`),
        'tables.production-ledger-table-logins: nothing → *',
        ...['Read', 'Write'].flatMap((direction) => [
          `${target(`table:${direction}CapacityUnits`)}-sessions.${retained}`,
          `${target(`table:${direction}CapacityUnits`)}-logins: nothing → *`,
          `${target(`index:${direction}CapacityUnits`)}-logins/index/by-device: nothing → *`,
        ]),
      ],
      leaves: [
        'tables.production-ledger-table-logins: nothing → *"fintech.global/retained"*',
        ...['Read', 'Write'].flatMap((direction) => [
          `${target(`table:${direction}CapacityUnits`)}-logins: nothing → *"fintech.global/retained"*`,
          `${target(`index:${direction}CapacityUnits`)}-logins/index/by-device: nothing → *"fintech.global/retained"*`,
        ]),
      ],
    },
  },
  refused: {
    'tables[].partitionKey.name': ofKeys({ partitionKey: { name: 'user', type: 'S' } }, 'partitionKey.name'),
    'tables[].partitionKey.type': ofKeys(
      { partitionKey: { name: 'userId', type: 'N' } },
      'partitionKey.type',
    ),
    'tables[].sortKey.name': ofKeys({ sortKey: { name: 'session', type: 'S' } }, 'sortKey.name'),
    'tables[].sortKey.type': ofKeys({ sortKey: { name: 'sessionId', type: 'N' } }, 'sortKey.type'),
    'tables[].sortKey, none any more': ofKeys({ sortKey: undefined }, 'sortKey'),
    'tables[].name, where the one before would be deleted': {
      change: { ...to({ name: 'logins' }), deletionPolicy: 'Delete' },
      because:
        'dynamodb/table table-sessions (production-ledger-table-sessions) would be deleted with its data',
    },
  },
  faulty: {
    'tables[].timeToLive, a key of another type': {
      change: to({ timeToLive: 'sessionId' }),
      says: 'sessionId is a key of type S; items expire by a number (N) only',
    },
  },
};
