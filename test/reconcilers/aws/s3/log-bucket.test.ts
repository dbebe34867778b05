import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  PutBucketEncryptionCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { EMPTY_ON_DELETION_TAG } from '../../../../reconcilers/aws/s3/bucket-tags.ts';
import type { LogBucketSpec } from '../../../../reconcilers/aws/s3/log-bucket-spec.ts';
import { LogBucket } from '../../../../reconcilers/aws/s3/log-bucket.ts';
import { logLifecycle } from '../../../../reconcilers/aws/s3/log-lifecycle.ts';
import { toSdkTags } from '../../../../reconcilers/aws/tags.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { sampleLogBucket } from './log-bucket-samples.ts';

const node = 'access-logs';
const owner = 'ApiService/test/api';
const name = 'sample';
const spec = sampleLogBucket(name);
const creation: Creation = { owner, node, tags: { [ownerTag]: owner, [nodeTag]: node } };
const query: OwnerQuery = { owner, names: new Map([[node, name]]), known: new Map(), unconfirmed: new Set() };

const always = ['GetResources', 'GetPublicAccessBlock', 'GetBucketPolicy'];
const inTurns = [
  'GetBucketOwnershipControls',
  'GetBucketEncryption',
  'GetBucketVersioning',
  'GetBucketLifecycleConfiguration',
];

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;

beforeAll(async () => {
  emulator = await startEmulator();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});
afterAll(async () => {
  connection.close();
  await emulator.stop();
});
beforeEach(() => emulator.reset());

async function current() {
  const [bucket] = await LogBucket.list(aws, [query]);
  if (bucket === undefined) throw new Error('the bucket is gone');
  return bucket;
}

async function create(wanted: LogBucketSpec = spec) {
  await LogBucket.create(aws, wanted, creation);
  return current();
}

const differencesFrom = async (wanted: LogBucketSpec) =>
  differences(LogBucket, wanted, (await current()).spec);

async function update(wanted: LogBucketSpec): Promise<void> {
  const found = await current();
  await LogBucket.update(aws, found, wanted, differences(LogBucket, wanted, found.spec));
}

async function operations(action: () => Promise<unknown> = current): Promise<readonly string[]> {
  const calls = await connection.during(action);
  return calls.map(({ operation }) => operation).toSorted();
}

function createByHand(client: Aws = aws) {
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  return client.s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration }));
}

const tagByHand = (tags: Readonly<Record<string, string>>) =>
  aws.s3.send(new PutBucketTaggingCommand({ Bucket: name, Tagging: { TagSet: toSdkTags(tags) } }));
const put = (Key: string) => aws.s3.send(new PutObjectCommand({ Bucket: name, Key, Body: 'content' }));

describe('the calls of a list', () => {
  test('are the search, two for each bucket, and one for one of four other settings in turn', async () => {
    await LogBucket.create(aws, spec, creation);
    expect(await operations()).toEqual([...always, ...inTurns].toSorted());
    for (const setting of [...inTurns, ...inTurns])
      expect(await operations()).toEqual([...always, setting].toSorted());
  });

  test('are one more while the search does not show the tags yet', async () => {
    await emulator.setStaleness({ tagging: 3_600_000 });
    await create();
    expect(await operations()).toContain('GetBucketTagging');
    await emulator.setStaleness({ tagging: 0 });
    expect(await operations()).not.toContain('GetBucketTagging');
  });

  test('tell all settings anew of what we wrote', async () => {
    await create();
    const lifecycle = logLifecycle('expire-logs', 30);
    await update({ ...spec, lifecycle });
    expect(await operations()).toEqual([...always, ...inTurns].toSorted());
    expect(await differencesFrom({ ...spec, lifecycle })).toEqual([]);
  });

  test('are the search and one for a bucket that is not there', async () => {
    const calls = await operations(() => LogBucket.list(aws, [query]));
    expect(calls).toEqual(['GetBucketTagging', 'GetResources']);
  });
});

test('a creation writes what differs from a new bucket only, and what protects first', async () => {
  const calls = await connection.during(() => LogBucket.create(aws, spec, creation));
  expect(calls.filter(({ mutating }) => mutating).map(({ operation }) => operation)).toEqual([
    'CreateBucket',
    'PutBucketEncryption',
    'PutBucketVersioning',
    'PutBucketPolicy',
    'PutBucketLifecycleConfiguration',
  ]);
});

test('logs expire after their days, and what was deleted or overwritten a week later', async () => {
  await create();
  const { Rules } = await aws.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: name }));
  expect(Rules).toMatchObject([
    { Expiration: { Days: 365 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
    { Expiration: { ExpiredObjectDeleteMarker: true }, NoncurrentVersionExpiration: { NoncurrentDays: 7 } },
  ]);
});

test('a bucket whose policy S3 refuses exists all the same, is not usable yet, and says why', async () => {
  const [statement] = sampleLogBucket('other').policy?.Statement ?? [];
  if (statement === undefined) throw new Error('the sample has no policy');
  const impossible = { ...spec, policy: { Version: '2012-10-17', Statement: [statement] } } as const;
  expect(await LogBucket.create(aws, impossible, creation)).toEqual({ id: name });
  expect((await current()).spec.policy).toBeUndefined();
  await expect(update(impossible)).rejects.toMatchObject({ reason: 'InvalidSpec' });
});

test('a bucket that was deleted by hand and made anew is read anew', async () => {
  await create();
  await aws.s3.send(new DeleteBucketCommand({ Bucket: name }));
  expect(await LogBucket.list(aws, [query])).toEqual([]);
  await createByHand();
  await tagByHand(creation.tags);
  expect((await current()).spec).toMatchObject({ versioning: 'Suspended', lifecycle: { rules: [] } });
});

test('another encryption by hand is found within four lists', async () => {
  await create();
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } } as const;
  const ServerSideEncryptionConfiguration = { Rules: [rule] };
  await aws.s3.send(new PutBucketEncryptionCommand({ Bucket: name, ServerSideEncryptionConfiguration }));
  const found: string[] = [];
  for (let list = 0; list < 4; list += 1) found.push((await current()).spec.encryption.algorithm);
  expect(found).toEqual(['AES256', 'aws:kms', 'aws:kms', 'aws:kms']);
});

describe('a bucket of the wanted name that is not ours', () => {
  test('is not listed, and its creation says how to hand it over', async () => {
    await createByHand();
    expect(await LogBucket.list(aws, [query])).toEqual([]);
    await expect(LogBucket.create(aws, spec, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`${ownerTag}=${owner} and ${nodeTag}=${node}`),
    });
    await tagByHand(creation.tags);
    expect(await LogBucket.create(aws, spec, creation)).toEqual({ id: name });
    await update(spec);
    expect(await differencesFrom(spec)).toEqual([]);
  });

  test('of another account is left alone', async () => {
    const accountId = '111111111111';
    const assumeRole = { roleArn: `arn:aws:iam::${accountId}:role/somebody` };
    const foreign = connectTo(emulator.endpoint, { accountId, assumeRole });
    await createByHand(foreign.aws);
    foreign.close();
    expect(await LogBucket.list(aws, [query])).toEqual([]);
    await expect(LogBucket.create(aws, spec, creation)).rejects.toMatchObject({ reason: 'NotOwned' });
  });

  test('but was, says so to who remembers it', async () => {
    await create();
    const other = 'ApiService/other/api';
    await tagByHand({ [ownerTag]: other, [nodeTag]: node });
    const remembered = { ...query, known: new Map([[node, name]]) };
    expect(await LogBucket.list(aws, [remembered])).toMatchObject([{ owner, node, ownedBy: other }]);
  });
});

describe('deleting a bucket', () => {
  test('is refused while logs are in it, and none is lost', async () => {
    const bucket = await create();
    await put('AWSLogs/one');
    await aws.s3.send(new DeleteObjectCommand({ Bucket: name, Key: 'AWSLogs/one' }));
    await expect(LogBucket.delete(aws, bucket)).rejects.toMatchObject({
      reason: 'NotEmpty',
      message: expect.stringContaining('emptyOnDeletion'),
    });
    expect(await current()).toMatchObject({ id: name });
  });

  test('takes logs along where that was said before', async () => {
    await create();
    await put('AWSLogs/one');
    await update({ ...spec, emptyOnDeletion: true });
    await LogBucket.delete(aws, await current());
    expect(await LogBucket.list(aws, [query])).toEqual([]);
  });

  test('keeps them if somebody took that back after it was looked at', async () => {
    const bucket = await create({ ...spec, emptyOnDeletion: true });
    await put('AWSLogs/one');
    expect(bucket.spec.emptyOnDeletion).toBe(true);
    await tagByHand(creation.tags);
    await expect(LogBucket.delete(aws, bucket)).rejects.toMatchObject({ reason: 'NotEmpty' });
  });

  test('is not allowed by new tags, nor forgotten with them', async () => {
    await emulator.setStaleness({ tagging: 3_600_000 });
    const bucket = await create({ ...spec, emptyOnDeletion: true });
    const tags = { ...creation.tags, team: 'payments' };
    await LogBucket.setTags?.(aws, bucket, tags);
    expect(await current()).toMatchObject({ tags, spec: { emptyOnDeletion: true } });
    await emulator.setStaleness({ tagging: 0 });
    expect(await current()).toMatchObject({ tags, spec: { emptyOnDeletion: true } });
    await tagByHand({ ...tags, [EMPTY_ON_DELETION_TAG]: 'false' });
    expect(await current()).toMatchObject({ tags, spec: { emptyOnDeletion: false } });
  });
});
