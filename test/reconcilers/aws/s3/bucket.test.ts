import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AccessDenied, NotFound } from '../../../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, Observed, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { Bucket } from '../../../../reconcilers/aws/s3/bucket.ts';
import type { BucketOutputs, BucketSpec } from '../../../../reconcilers/aws/s3/bucket-spec.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { createTargets, sampleBucket } from './bucket-samples.ts';

const owner = 'DataLake/test/lake';
const creation: Creation = { owner, node: 'data', tags: { [ownerTag]: owner, [nodeTag]: 'data' } };
const name = 'sample';
const query: OwnerQuery = {
  owner,
  names: new Map([['data', name]]),
  known: new Map(),
  unconfirmed: new Set(),
};

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
beforeEach(async () => {
  await emulator.reset();
  await createTargets(aws);
});

async function create(spec: Partial<BucketSpec> = {}): Promise<Observed<BucketSpec, BucketOutputs>> {
  await Bucket.create(aws, { ...sampleBucket(name), ...spec }, creation);
  const [bucket] = await Bucket.list(aws, [query]);
  if (bucket === undefined) throw new Error('the bucket was not created');
  return bucket;
}

/** A bucket that was made by hand. */
async function createByHand(client: Aws = aws): Promise<void> {
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await client.s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration }));
}

const put = (Key: string) => aws.s3.send(new PutObjectCommand({ Bucket: name, Key, Body: 'content' }));
const exists = () =>
  aws.s3.send(new HeadBucketCommand({ Bucket: name })).then(
    () => true,
    (error: unknown) => {
      if (error instanceof NotFound) return false;
      throw error;
    },
  );

describe('a bucket of the wanted name that is not ours', () => {
  test('is not listed, and its creation says how to hand it over', async () => {
    await createByHand();
    expect(await Bucket.list(aws, [query])).toEqual([]);
    await expect(Bucket.create(aws, sampleBucket(name), creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`${ownerTag}=${owner} and ${nodeTag}=data`),
    });
  });

  test('is ours as soon as it has the tags', async () => {
    await createByHand();
    const TagSet = Object.entries(creation.tags).map(([Key, Value]) => ({ Key, Value }));
    await aws.s3.send(new PutBucketTaggingCommand({ Bucket: name, Tagging: { TagSet } }));
    expect(await Bucket.list(aws, [query])).toMatchObject([{ id: name, node: 'data' }]);
  });

  test('of another object is left to that', async () => {
    await create();
    const other = { ...creation, owner: 'DataLake/test/other' };
    expect(await Bucket.list(aws, [{ ...query, owner: other.owner }])).toEqual([]);
    await expect(Bucket.create(aws, sampleBucket(name), other)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`is owned by ${owner} (data)`),
    });
  });

  test('of another account is left alone, however it is known', async () => {
    const accountId = '111111111111';
    const assumeRole = { roleArn: `arn:aws:iam::${accountId}:role/somebody` };
    const foreign = connectTo(emulator.endpoint, { accountId, assumeRole });
    await createByHand(foreign.aws);
    foreign.close();
    expect(await Bucket.list(aws, [query])).toEqual([]);
    await expect(Bucket.create(aws, sampleBucket(name), creation)).rejects.toMatchObject({
      reason: 'NotOwned',
    });
  });
});

describe('deleting a bucket', () => {
  test('removes the prefix markers that were put, with all their versions', async () => {
    const bucket = await create({ prefixMarkers: ['raw/', 'archive/'] });
    await aws.s3.send(new DeleteObjectCommand({ Bucket: name, Key: 'raw/' }));
    await Bucket.delete(aws, bucket);
    expect(await exists()).toBe(false);
  });

  test('is refused while objects are in it, and none is lost', async () => {
    const bucket = await create();
    await put('raw/one');
    await put('raw/two');
    await expect(Bucket.delete(aws, bucket)).rejects.toMatchObject({
      reason: 'NotEmpty',
      message: expect.stringMatching(/holds 2 object versions, raw\/one among them.*emptyOnDeletion/),
    });
    expect(await Bucket.list(aws, [query])).toMatchObject([{ spec: { prefixMarkers: ['raw/'] } }]);
  });

  test('is refused while only old versions are in it', async () => {
    const bucket = await create();
    await put('raw/one');
    await aws.s3.send(new DeleteObjectCommand({ Bucket: name, Key: 'raw/one' }));
    await expect(Bucket.delete(aws, bucket)).rejects.toMatchObject({ reason: 'NotEmpty' });
  });

  test('empties it a page at a time where that was said before', { timeout: 60_000 }, async () => {
    const bucket = await create({ emptyOnDeletion: true, versioning: 'Suspended' });
    for (let start = 0; start < 1_010; start += 101)
      await Promise.all(Array.from({ length: 101 }, (_, index) => put(`raw/${start + index}`)));
    await aws.s3.send(new CreateMultipartUploadCommand({ Bucket: name, Key: 'unfinished' }));
    await expect(Bucket.delete(aws, bucket)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('still holds objects'),
    });
    const uploads = await aws.s3.send(new ListMultipartUploadsCommand({ Bucket: name }));
    expect(uploads.Uploads ?? []).toEqual([]);
    await Bucket.delete(aws, bucket);
    expect(await exists()).toBe(false);
  });

  test('says that object lock keeps objects', async () => {
    const bucket = await create({
      emptyOnDeletion: true,
      objectLockEnabled: true,
      objectLock: { mode: 'COMPLIANCE', days: 1 },
    });
    await put('raw/kept');
    const deletion = Bucket.delete(aws, bucket);
    await expect(deletion).rejects.toBeInstanceOf(AccessDenied);
    await expect(deletion).rejects.toThrow('object lock keeps them');
  });
});

describe('the calls', () => {
  test('of a list are fifteen for a bucket, one for each prefix marker, and one search for all', async () => {
    await create({ prefixMarkers: ['raw/', 'archive/'] });
    const calls = await connection.during(() => Bucket.list(aws, [query]));
    expect(calls.filter(({ service }) => service === 'tagging')).toHaveLength(1);
    expect(calls.filter(({ operation }) => operation === 'HeadObject')).toHaveLength(2);
    expect(calls).toHaveLength(1 + 15 + 2);
  });

  test('of a creation write what differs from a new bucket only', async () => {
    const calls = await connection.during(() => create({ logging: undefined, policy: undefined }));
    expect(calls.filter(({ mutating }) => mutating).map(({ operation }) => operation)).toEqual([
      'CreateBucket',
      'PutBucketEncryption',
      'PutBucketVersioning',
      'PutObject',
      'PutBucketLifecycleConfiguration',
    ]);
  });
});

test('a bucket in us-east-1 is created without naming the region, and is not taken twice', async () => {
  const east = connectTo(emulator.endpoint, { region: 'us-east-1' });
  const spec = sampleBucket('eastern');
  await Bucket.create(east.aws, { ...spec, logging: undefined }, creation);
  const other = { ...creation, owner: 'DataLake/test/other' };
  await expect(Bucket.create(east.aws, spec, other)).rejects.toMatchObject({ reason: 'NotOwned' });
  east.close();
});
