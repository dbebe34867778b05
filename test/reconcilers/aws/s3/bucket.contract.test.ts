import {
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketReplicationCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  PutBucketAccelerateConfigurationCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketIntelligentTieringConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketRequestPaymentCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectLockConfigurationCommand,
} from '@aws-sdk/client-s3';
import { Bucket } from '../../../../reconcilers/aws/s3/bucket.ts';
import type { BucketOutputs, BucketSpec } from '../../../../reconcilers/aws/s3/bucket-spec.ts';
import { EMPTY_ON_DELETION_TAG } from '../../../../reconcilers/aws/s3/bucket-tags.ts';
import { toSdkTags } from '../../../../reconcilers/aws/tags.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import {
  createTargets,
  everyLifecycleRule,
  sampleBucket,
  sampleReplication,
  sampleTiering,
} from './bucket-samples.ts';

describeResourceType(Bucket, async (aws): Promise<Fixture<BucketSpec, BucketOutputs>> => {
  await createTargets(aws);
  const { s3 } = aws;
  return {
    spec: (number) => sampleBucket(`contract-${number}`),
    removeTags: ({ id }) => s3.send(new DeleteBucketTaggingCommand({ Bucket: id })),
    fields: {
      name: 'immutable',
      objectLockEnabled: 'immutable',
      publicAccessBlock: {
        another: {
          blockPublicAcls: false,
          ignorePublicAcls: true,
          blockPublicPolicy: true,
          restrictPublicBuckets: false,
        },
        changeFromOutside: ({ id }) => s3.send(new DeletePublicAccessBlockCommand({ Bucket: id })),
      },
      ownership: {
        another: 'BucketOwnerPreferred',
        changeFromOutside({ id }) {
          const rule = { ObjectOwnership: 'ObjectWriter' } as const;
          return s3.send(
            new PutBucketOwnershipControlsCommand({ Bucket: id, OwnershipControls: { Rules: [rule] } }),
          );
        },
      },
      encryption: {
        another: { algorithm: 'AES256' },
        changeFromOutside({ id }) {
          const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } as const;
          return s3.send(
            new PutBucketEncryptionCommand({
              Bucket: id,
              ServerSideEncryptionConfiguration: { Rules: [rule] },
            }),
          );
        },
      },
      versioning: {
        another: 'Suspended',
        changeFromOutside({ id }) {
          const VersioningConfiguration = { Status: 'Suspended' } as const;
          return s3.send(new PutBucketVersioningCommand({ Bucket: id, VersioningConfiguration }));
        },
      },
      objectLock: {
        given: { objectLockEnabled: true, objectLock: { mode: 'COMPLIANCE', years: 7 }, prefixMarkers: [] },
        another: { mode: 'GOVERNANCE', days: 10 },
        changeFromOutside: ({ id }) =>
          s3.send(
            new PutObjectLockConfigurationCommand({
              Bucket: id,
              ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
            }),
          ),
      },
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
        another: everyLifecycleRule,
        changeFromOutside: ({ id }) => s3.send(new DeleteBucketLifecycleCommand({ Bucket: id })),
      },
      replication: {
        given: { replication: sampleReplication },
        another: undefined,
        changeFromOutside: ({ id }) => s3.send(new DeleteBucketReplicationCommand({ Bucket: id })),
      },
      intelligentTiering: {
        given: { intelligentTiering: sampleTiering },
        another: sampleTiering.slice(1),
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
      website: {
        another: { indexDocument: 'index.html', errorDocument: 'error.html' },
        changeFromOutside({ id }) {
          const WebsiteConfiguration = { RedirectAllRequestsTo: { HostName: 'example.com' } };
          return s3.send(new PutBucketWebsiteCommand({ Bucket: id, WebsiteConfiguration }));
        },
      },
      cors: {
        another: [
          {
            id: 'app',
            allowedOrigins: ['https://b.example.com', 'https://a.example.com'],
            allowedMethods: ['GET', 'PUT'],
            allowedHeaders: ['*'],
            exposeHeaders: ['ETag'],
            maxAgeSeconds: 600,
          },
        ],
        changeFromOutside({ id }) {
          const CORSConfiguration = { CORSRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }] };
          return s3.send(new PutBucketCorsCommand({ Bucket: id, CORSConfiguration }));
        },
      },
      requestPayment: {
        another: 'Requester',
        changeFromOutside({ id }) {
          const RequestPaymentConfiguration = { Payer: 'Requester' } as const;
          return s3.send(new PutBucketRequestPaymentCommand({ Bucket: id, RequestPaymentConfiguration }));
        },
      },
      acceleration: {
        another: 'Enabled',
        changeFromOutside({ id }) {
          const AccelerateConfiguration = { Status: 'Enabled' } as const;
          return s3.send(
            new PutBucketAccelerateConfigurationCommand({ Bucket: id, AccelerateConfiguration }),
          );
        },
      },
      prefixMarkers: {
        another: ['archive/ä=b:c d/', 'deep/'.repeat(100)],
        changeFromOutside: ({ id }) => s3.send(new DeleteObjectCommand({ Bucket: id, Key: 'raw/' })),
      },
      emptyOnDeletion: {
        another: true,
        changeFromOutside: ({ id, tags }) =>
          s3.send(
            new PutBucketTaggingCommand({
              Bucket: id,
              Tagging: {
                TagSet: toSdkTags({
                  ...tags,
                  [EMPTY_ON_DELETION_TAG]: 'true',
                  'fintech.global/prefix-markers': 'raw/',
                }),
              },
            }),
          ),
      },
    },
  };
});
