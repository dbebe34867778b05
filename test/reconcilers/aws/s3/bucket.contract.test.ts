import {
  CreateBucketCommand,
  DeleteBucketCorsCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketReplicationCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  PutBucketAccelerateConfigurationCommand,
  PutBucketEncryptionCommand,
  PutBucketIntelligentTieringConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketRequestPaymentCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectLockConfigurationCommand,
} from '@aws-sdk/client-s3';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { Bucket } from '../../../../reconcilers/aws/s3/bucket.ts';
import type { BucketOutputs, BucketSpec } from '../../../../reconcilers/aws/s3/bucket-spec.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import {
  aes256,
  blockAll,
  cors,
  fullLifecycle,
  logDelivery,
  replicationTo,
  specOf,
  tiering,
  tlsOnly,
} from './bucket-samples.ts';

describeResourceType<BucketSpec, BucketOutputs>(Bucket, async (aws) => {
  await createTargets(aws);
  const { s3 } = aws;
  return {
    spec: (number) => specOf(`contract-${number}`),
    removeTags: ({ id }) => s3.send(new DeleteBucketTaggingCommand({ Bucket: id })),
    fields: {
      name: 'immutable',
      objectLockEnabled: 'immutable',
      publicAccessBlock: {
        another: { ...blockAll, restrictPublicBuckets: false },
        changeFromOutside: ({ id }) => s3.send(new DeletePublicAccessBlockCommand({ Bucket: id })),
      },
      ownership: {
        another: 'BucketOwnerPreferred',
        changeFromOutside: ({ id }) =>
          s3.send(
            new PutBucketOwnershipControlsCommand({
              Bucket: id,
              OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
            }),
          ),
      },
      encryption: {
        another: aes256,
        changeFromOutside: ({ id }) =>
          s3.send(
            new PutBucketEncryptionCommand({
              Bucket: id,
              ServerSideEncryptionConfiguration: {
                Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
              },
            }),
          ),
      },
      versioning: {
        another: 'Suspended',
        changeFromOutside: ({ id }) =>
          s3.send(
            new PutBucketVersioningCommand({
              Bucket: id,
              VersioningConfiguration: { Status: 'Suspended' },
            }),
          ),
      },
      ...lockFields(aws),
      policy: {
        another: undefined,
        changeFromOutside: ({ id }) => s3.send(new DeleteBucketPolicyCommand({ Bucket: id })),
      },
      logging: {
        another: undefined,
        changeFromOutside: ({ id }) =>
          s3.send(new PutBucketLoggingCommand({ Bucket: id, BucketLoggingStatus: {} })),
      },
      lifecycle: {
        another: fullLifecycle,
        changeFromOutside: ({ id }) => s3.send(new DeleteBucketLifecycleCommand({ Bucket: id })),
      },
      replication: {
        another: replicationTo('contract-replica'),
        changeFromOutside: ({ id }) => s3.send(new DeleteBucketReplicationCommand({ Bucket: id })),
      },
      intelligentTiering: {
        another: tiering,
        changeFromOutside: ({ id }) =>
          s3.send(
            new PutBucketIntelligentTieringConfigurationCommand({
              Bucket: id,
              Id: 'somebody',
              IntelligentTieringConfiguration: {
                Id: 'somebody',
                Status: 'Enabled',
                Tierings: [{ AccessTier: 'ARCHIVE_ACCESS', Days: 90 }],
              },
            }),
          ),
      },
      ...webFields(aws),
      prefixMarkers: {
        another: ['raw/', 'archive/ä=b:c d/'],
        changeFromOutside: ({ id }) => s3.send(new DeleteObjectCommand({ Bucket: id, Key: 'raw/' })),
      },
    },
  };
});
