import { CreateBucketCommand, PutBucketPolicyCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { PolicyDocument } from '../../../../reconcilers/aws/policy-document.ts';
import type { BucketSpec } from '../../../../reconcilers/aws/s3/bucket-spec.ts';
import type { Replication } from '../../../../reconcilers/aws/s3/settings/replication.ts';
import { account } from '../connect.ts';

export const logBucket = 'sample-logs';
export const replicaBucket = 'sample-replica';
const keyArn = `arn:aws:kms:eu-west-1:${account}:key/11111111-2222-3333-4444-555555555555`;

/** The buckets that the samples refer to, made without the product. */
export async function createTargets({ s3, region }: Aws): Promise<void> {
  for (const Bucket of [logBucket, replicaBucket]) {
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: region === 'eu-west-1' ? { LocationConstraint: region } : {},
      }),
    );
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  }
  const delivery: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${logBucket}/*`,
      },
    ],
  };
  await s3.send(new PutBucketPolicyCommand({ Bucket: logBucket, Policy: JSON.stringify(delivery) }));
}

/** A bucket as a data lake has it. */
export function sampleBucket(name: string): BucketSpec {
  return {
    name,
    objectLockEnabled: false,
    publicAccessBlock: {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    },
    ownership: 'BucketOwnerEnforced',
    encryption: { algorithm: 'aws:kms', keyArn, bucketKey: true },
    versioning: 'Enabled',
    objectLock: undefined,
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'TlsOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
    logging: { targetBucket: logBucket, targetPrefix: 'access-logs/' },
    lifecycle: {
      rules: [
        {
          id: 'archive',
          status: 'Enabled',
          filter: { prefix: 'archive/' },
          transitions: [
            { days: 90, storageClass: 'STANDARD_IA' },
            { days: 180, storageClass: 'GLACIER' },
          ],
        },
        {
          id: 'old-versions',
          status: 'Enabled',
          noncurrentVersionExpiration: { days: 90 },
          abortIncompleteMultipartUploadDays: 7,
        },
      ],
      transitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
    },
    replication: undefined,
    intelligentTiering: [],
    website: undefined,
    cors: [],
    requestPayment: 'BucketOwner',
    acceleration: 'Suspended',
    prefixMarkers: ['raw/'],
    emptyOnDeletion: false,
  };
}

export const sampleReplication: Replication = {
  role: `arn:aws:iam::${account}:role/replication`,
  rules: [
    {
      id: 'all',
      priority: 1,
      status: 'Enabled',
      deleteMarkerReplication: 'Enabled',
      sseKmsEncryptedObjects: 'Enabled',
      destination: { bucketArn: `arn:aws:s3:::${replicaBucket}`, replicaKmsKeyArn: keyArn },
    },
    {
      id: 'tagged',
      priority: 2,
      status: 'Disabled',
      filter: { prefix: 'raw/', tags: { replicate: 'yes' } },
      deleteMarkerReplication: 'Disabled',
      destination: {
        bucketArn: `arn:aws:s3:::${replicaBucket}`,
        storageClass: 'STANDARD_IA',
        replicationTimeMinutes: 15,
      },
    },
  ],
};

/** One of everything that a lifecycle rule can say. */
export const everyLifecycleRule: BucketSpec['lifecycle'] = {
  rules: [
    {
      id: 'noncurrent',
      status: 'Enabled',
      filter: { prefix: 'raw/', tags: { tier: 'cold' }, objectSizeGreaterThan: 1_000_000 },
      noncurrentVersionTransitions: [{ days: 30, storageClass: 'STANDARD_IA', newerVersions: 2 }],
      noncurrentVersionExpiration: { days: 60, newerVersions: 3 },
    },
    {
      id: 'by-day',
      status: 'Disabled',
      filter: { tags: { tier: 'hot' } },
      transitions: [{ date: '2030-01-31', storageClass: 'DEEP_ARCHIVE' }],
      expiration: { date: '2031-01-31' },
    },
    { id: 'markers', status: 'Enabled', expiration: { expiredObjectDeleteMarker: true } },
  ],
  transitionDefaultMinimumObjectSize: 'varies_by_storage_class',
};

export const sampleTiering: BucketSpec['intelligentTiering'] = [
  { id: 'all', status: 'Enabled', tierings: [{ accessTier: 'ARCHIVE_ACCESS', days: 90 }] },
  {
    id: 'raw',
    status: 'Disabled',
    filter: { prefix: 'raw/', tags: { tier: 'cold' } },
    tierings: [
      { accessTier: 'DEEP_ARCHIVE_ACCESS', days: 180 },
      { accessTier: 'ARCHIVE_ACCESS', days: 100 },
    ],
  },
];
