import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListBackupsCommand,
  ListTagsOfResourceCommand,
  RestoreTableToPointInTimeCommand,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type CreateTableCommandInput,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let dynamodb: DynamoDBClient;
let kms: KMSClient;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  dynamodb = new DynamoDBClient(options);
  kms = new KMSClient(options);
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

const TableName = 'sessions';
const units = (number: number) => ({ ReadCapacityUnits: number, WriteCapacityUnits: number });

function create(more: Partial<CreateTableCommandInput> = {}) {
  return dynamodb.send(
    new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      ...more,
    }),
  );
}

function update(wanted: Partial<UpdateTableCommandInput>) {
  return dynamodb.send(new UpdateTableCommand({ TableName, ...wanted }));
}

const describe = async () => (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table;

function addIndex(IndexName: string) {
  return update({
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'user', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName,
          KeySchema: [{ AttributeName: 'user', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      },
    ],
  });
}

const removeIndex = (IndexName: string) =>
  update({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });

test('A table is made, changed and deleted in states that last', async () => {
  await emulator.setLifecycles({
    'dynamodb/table': { creating: 'held', updating: 'held', deleting: 'held' },
  });
  const busy = { name: 'ResourceInUseException' };
  expect((await create()).TableDescription?.TableStatus).toBe('CREATING');
  await expect(create()).rejects.toMatchObject(busy);
  await expect(update({ DeletionProtectionEnabled: true })).rejects.toMatchObject(busy);
  await expect(dynamodb.send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject(busy);
  await expect(
    dynamodb.send(new CreateBackupCommand({ TableName, BackupName: 'early' })),
  ).rejects.toMatchObject({ name: 'ContinuousBackupsUnavailableException' });
  await emulator.release();
  expect(await describe()).toMatchObject({ TableStatus: 'ACTIVE', TableId: expect.any(String) });
  await update({ TableClass: 'STANDARD_INFREQUENT_ACCESS' });
  expect(await describe()).toMatchObject({
    TableStatus: 'UPDATING',
    TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
  });
  await emulator.release();
  await dynamodb.send(new DeleteTableCommand({ TableName }));
  await dynamodb.send(new DeleteTableCommand({ TableName }));
  expect((await describe())?.TableStatus).toBe('DELETING');
  await emulator.release();
  await expect(describe()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('A name has at least three of the characters that are allowed', async () => {
  for (const name of ['ab', 'a/b/c', 'x'.repeat(256)])
    await expect(create({ TableName: name })).rejects.toMatchObject({ name: 'ValidationException' });
});

test('What is protected is not deleted', async () => {
  await create({ DeletionProtectionEnabled: true });
  await expect(dynamodb.send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('protected against deletion'),
  });
});

test('One index is made or removed at a time', async () => {
  await emulator.setLifecycles({ 'dynamodb/index': { creating: 'held', deleting: 'held' } });
  await create();
  await addIndex('one');
  expect((await describe())?.GlobalSecondaryIndexes).toMatchObject([{ IndexStatus: 'CREATING' }]);
  await expect(addIndex('two')).rejects.toMatchObject({ name: 'LimitExceededException' });
  await emulator.release();
  await removeIndex('one');
  expect((await describe())?.GlobalSecondaryIndexes).toMatchObject([{ IndexStatus: 'DELETING' }]);
  await emulator.release();
  expect((await describe())?.GlobalSecondaryIndexes ?? []).toEqual([]);
  await expect(removeIndex('one')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('Only one sort of change is made by a call', async () => {
  await create();
  await expect(
    update({ DeletionProtectionEnabled: true, StreamSpecification: { StreamEnabled: false } }),
  ).rejects.toMatchObject({ name: 'ValidationException' });
});

test('A table that becomes provisioned needs the numbers of all its indexes', async () => {
  await create();
  await addIndex('one');
  const becomesProvisioned = { BillingMode: 'PROVISIONED', ProvisionedThroughput: units(5) } as const;
  await expect(update(becomesProvisioned)).rejects.toMatchObject({ name: 'ValidationException' });
  await update({
    ...becomesProvisioned,
    GlobalSecondaryIndexUpdates: [{ Update: { IndexName: 'one', ProvisionedThroughput: units(5) } }],
  });
  await expect(update({ ProvisionedThroughput: units(5) })).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await update({ BillingMode: 'PAY_PER_REQUEST' });
  expect((await describe())?.ProvisionedThroughput).toMatchObject(units(0));
});

test('A stream is switched off before another is switched on', async () => {
  await create({ StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } });
  const other = { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } } as const;
  await expect(update(other)).rejects.toMatchObject({ name: 'ValidationException' });
  await update({ StreamSpecification: { StreamEnabled: false } });
  await update(other);
  expect(await describe()).toMatchObject(other);
});

test('Encryption with a key is switched on and off', async () => {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  await create();
  const KMSMasterKeyId = KeyMetadata?.Arn ?? '';
  await update({ SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId } });
  expect((await describe())?.SSEDescription).toMatchObject({ KMSMasterKeyArn: KMSMasterKeyId });
  await update({ SSESpecification: { Enabled: false } });
  expect((await describe())?.SSEDescription).toBeUndefined();
});

test('Time to live is on one attribute, and is not what it is already', async () => {
  await create();
  const write = (AttributeName: string, Enabled: boolean) =>
    dynamodb.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }),
    );
  const refused = { name: 'ValidationException' };
  await expect(write('one', false)).rejects.toMatchObject(refused);
  await write('one', true);
  await expect(write('one', true)).rejects.toMatchObject(refused);
  await expect(write('two', true)).rejects.toMatchObject(refused);
  await write('one', false);
  const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'DISABLED' });
});

test('Recovery reaches back at most 35 days', async () => {
  await create();
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 36 };
  await expect(
    dynamodb.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification })),
  ).rejects.toMatchObject({ name: 'ValidationException' });
});

test('A backup takes its time, outlives its table, and is found by it', async () => {
  await emulator.setLifecycles({ 'dynamodb/backup': { CREATING: 'held' } });
  await create();
  await dynamodb.send(new CreateBackupCommand({ TableName, BackupName: 'last' }));
  const list = async (more = {}) =>
    (await dynamodb.send(new ListBackupsCommand({ TableName, ...more }))).BackupSummaries ?? [];
  expect(await list()).toMatchObject([{ BackupStatus: 'CREATING' }]);
  await emulator.release();
  await dynamodb.send(new DeleteTableCommand({ TableName }));
  expect(await list()).toMatchObject([{ BackupStatus: 'AVAILABLE', BackupName: 'last' }]);
  expect(await list({ TimeRangeUpperBound: new Date(0) })).toEqual([]);
});

test('A tag that is written again has the new value', async () => {
  const { TableDescription } = await create({ Tags: [{ Key: 'owner', Value: 'one' }] });
  const ResourceArn = TableDescription?.TableArn ?? '';
  const Tags = [{ Key: 'owner', Value: 'two' }];
  await dynamodb.send(new TagResourceCommand({ ResourceArn, Tags }));
  expect((await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags).toEqual(Tags);
});

test('A table is restored from one with recovery, to a new name, without what is not restored', async () => {
  const { TableDescription } = await create({
    DeletionProtectionEnabled: true,
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    Tags: [{ Key: 'owner', Value: 'one' }],
  });
  const restore = (TargetTableName: string, more = {}) =>
    dynamodb.send(
      new RestoreTableToPointInTimeCommand({
        SourceTableName: TableName,
        TargetTableName,
        UseLatestRestorableTime: true,
        ...more,
      }),
    );
  await expect(restore('later')).rejects.toMatchObject({ name: 'PointInTimeRecoveryUnavailableException' });
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await dynamodb.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
  const long = { UseLatestRestorableTime: false, RestoreDateTime: new Date(0) };
  await expect(restore('later', long)).rejects.toMatchObject({ name: 'InvalidRestoreTimeException' });
  await expect(restore('later', { SourceTableName: 'none' })).rejects.toMatchObject({
    name: 'TableNotFoundException',
  });
  await expect(restore(TableName)).rejects.toMatchObject({ name: 'TableAlreadyExistsException' });
  await emulator.setLifecycles({ 'dynamodb/table': { creating: 'held' } });
  await restore('later');
  const later = async () =>
    (await dynamodb.send(new DescribeTableCommand({ TableName: 'later' }))).Table ?? {};
  const SourceTableArn = TableDescription?.TableArn;
  expect(await later()).toMatchObject({
    TableStatus: 'CREATING',
    RestoreSummary: { SourceTableArn, RestoreInProgress: true },
  });
  await expect(restore('later')).rejects.toMatchObject({ name: 'TableInUseException' });
  await emulator.release();
  const restored = await later();
  expect(restored).toMatchObject({
    TableStatus: 'ACTIVE',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    DeletionProtectionEnabled: false,
    RestoreSummary: { RestoreInProgress: false },
  });
  expect(restored.StreamSpecification).toBeUndefined();
  const tags = new ListTagsOfResourceCommand({ ResourceArn: restored.TableArn });
  expect((await dynamodb.send(tags)).Tags).toEqual([]);
});
