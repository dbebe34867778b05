import {
  CreateBucketCommand,
  DeleteBucketEncryptionCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  S3Client,
  type LifecycleRule,
  type ReplicationConfiguration,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let s3: S3Client;

beforeAll(async () => {
  emulator = await startEmulator();
  s3 = client('us-east-1');
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

function client(region: string): S3Client {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return new S3Client({ endpoint: emulator.endpoint, region, credentials, maxAttempts: 1 });
}

const Bucket = 'ledger';

describe('a new bucket', () => {
  test('has the tags that its creation asked for', async () => {
    const tags = [{ Key: 'owner', Value: 'payments' }];
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { Tags: tags } }));
    expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(tags);
  });

  test('is private, encrypted and owned by its account, as on AWS', async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    const [encryption, block, ownership] = await Promise.all([
      s3.send(new GetBucketEncryptionCommand({ Bucket })),
      s3.send(new GetPublicAccessBlockCommand({ Bucket })),
      s3.send(new GetBucketOwnershipControlsCommand({ Bucket })),
    ]);
    expect(encryption.ServerSideEncryptionConfiguration?.Rules).toEqual([
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
        BucketKeyEnabled: false,
        BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
      },
    ]);
    expect(block.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    expect(ownership.OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  });

  test('goes back to its encryption by default, and to no public access block, when they are deleted', async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    const rule = {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' },
      BucketKeyEnabled: true,
    } as const;
    const configuration = { Rules: [rule] };
    await s3.send(
      new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: configuration }),
    );
    await s3.send(new DeleteBucketEncryptionCommand({ Bucket }));
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));

    const encryption = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(encryption.ServerSideEncryptionConfiguration?.Rules?.[0]).toMatchObject({
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
    });
    await expect(s3.send(new GetPublicAccessBlockCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchPublicAccessBlockConfiguration',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('can be created again by its owner in us-east-1 only', async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new CreateBucketCommand({ Bucket }));

    const frankfurt = client('eu-central-1');
    const elsewhere = new CreateBucketCommand({
      Bucket: 'elsewhere',
      CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
    });
    await frankfurt.send(elsewhere);
    await expect(frankfurt.send(elsewhere)).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
  });
});

describe('a setting of a bucket', () => {
  test('is returned with every field of a lifecycle rule', async () => {
    const rules: LifecycleRule[] = [
      {
        ID: 'archive',
        Status: 'Enabled',
        Filter: { And: { Prefix: 'raw/', Tags: [{ Key: 'a', Value: 'b' }], ObjectSizeGreaterThan: 1024 } },
        Transitions: [
          { Days: 30, StorageClass: 'STANDARD_IA' },
          { Days: 90, StorageClass: 'GLACIER' },
        ],
        NoncurrentVersionTransitions: [
          { NoncurrentDays: 30, StorageClass: 'STANDARD_IA', NewerNoncurrentVersions: 2 },
        ],
        NoncurrentVersionExpiration: { NoncurrentDays: 365, NewerNoncurrentVersions: 3 },
      },
      {
        ID: 'clean',
        Status: 'Enabled',
        Filter: {},
        Expiration: { ExpiredObjectDeleteMarker: true },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ];
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: rules } }),
    );
    expect(await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).toMatchObject({
      Rules: rules,
      TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
    });
  });

  test('is refused when objects would become infrequently accessed before 30 days', async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    const rule: LifecycleRule = {
      Status: 'Enabled',
      Filter: {},
      Transitions: [{ Days: 7, StorageClass: 'STANDARD_IA' }],
    };
    const put = new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: { Rules: [rule] },
    });
    await expect(s3.send(put)).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  test('replicates between versioned buckets only, which then stay versioned', async () => {
    const configuration: ReplicationConfiguration = {
      Role: 'arn:aws:iam::123456789012:role/replication',
      Rules: [
        {
          ID: 'all',
          Priority: 1,
          Status: 'Enabled',
          Filter: { Prefix: 'raw/' },
          DeleteMarkerReplication: { Status: 'Enabled' },
          SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
          Destination: {
            Bucket: 'arn:aws:s3:::replica',
            EncryptionConfiguration: { ReplicaKmsKeyID: 'arn:aws:kms:us-east-1:123456789012:key/a' },
          },
        },
      ],
    };
    const put = new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration: configuration });
    const versioned = (name: string, Status: 'Enabled' | 'Suspended') =>
      s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status } }));

    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new CreateBucketCommand({ Bucket: 'replica' }));
    await versioned(Bucket, 'Enabled');
    await expect(s3.send(put)).rejects.toMatchObject({ name: 'InvalidRequest' });
    await versioned('replica', 'Enabled');
    await s3.send(put);

    const answer = await s3.send(new GetBucketReplicationCommand({ Bucket }));
    expect(answer.ReplicationConfiguration).toEqual(configuration);
    await expect(versioned(Bucket, 'Suspended')).rejects.toMatchObject({ name: 'InvalidBucketState' });
  });

  test('is refused when it is a malformed policy', async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    const put = new PutBucketPolicyCommand({ Bucket, Policy: '{"Version":"2012-10-17"}' });
    await expect(s3.send(put)).rejects.toMatchObject({ name: 'MalformedPolicy' });
  });
});
