import {
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  GetBucketTaggingCommand,
} from '@aws-sdk/client-s3';
import type { DriftRow } from '../drift-row.ts';
import { policyOf } from './names-in-aws.ts';

const Bucket = 'production-fintech-api-access-logs-123456789012-us-east-1';
const node = 's3/log-bucket access-logs';
/** Ownership, encryption, versioning and lifecycle are read in turns. */
const looks = 4;

/** Of the access logs. */
export const logBucketDrift: readonly DriftRow[] = [
  {
    what: 'takes the public access block from the log bucket',
    change: ({ s3 }) => s3.send(new DeletePublicAccessBlockCommand({ Bucket })),
    says: [
      `${node}: publicAccessBlock.blockPublicAcls is false, should be true (security)`,
      `${node}: publicAccessBlock.ignorePublicAcls is false, should be true (security)`,
      `${node}: publicAccessBlock.blockPublicPolicy is false, should be true (security)`,
      `${node}: publicAccessBlock.restrictPublicBuckets is false, should be true (security)`,
    ],
  },
  {
    what: 'deletes the policy of the log bucket',
    change: ({ s3 }) => s3.send(new DeleteBucketPolicyCommand({ Bucket })),
    says: [`${node}: policy is absent, should be {"Version":* (security)`],
  },
  {
    what: 'lets another account read the access logs',
    change: ({ s3 }) => {
      const Principal = { AWS: 'arn:aws:iam::999999999999:root' };
      const Resource = `arn:aws:s3:::${Bucket}/*`;
      const Policy = policyOf({ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource });
      return s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    },
    says: [`${node}: policy.Statement is [*999999999999:root*, should be [* (security)`],
    batch: 1,
  },
  {
    what: 'keeps no versions of access logs',
    change: ({ s3 }) => {
      const VersioningConfiguration = { Status: 'Suspended' } as const;
      return s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    },
    says: [`${node}: versioning is Suspended, should be Enabled (availability)`],
    looks,
  },
  {
    what: 'keeps access logs for ever',
    change: ({ s3 }) => s3.send(new DeleteBucketLifecycleCommand({ Bucket })),
    says: [`${node}: lifecycle.rules is [], should be [{"id":"expire-logs",* (cost)`],
    looks,
  },
  {
    what: 'keeps access logs for a day',
    change: ({ s3 }) => {
      const rule = {
        ID: 'soon',
        Status: 'Enabled',
        Filter: { Prefix: '' },
        Expiration: { Days: 1 },
      } as const;
      const LifecycleConfiguration = { Rules: [rule] };
      return s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
    },
    says: [`${node}: lifecycle.rules is [{"id":"soon",*, should be [{"id":"expire-logs",* (cost)`],
    looks,
    batch: 1,
  },
  {
    what: 'encrypts access logs with a key of AWS',
    change: ({ s3 }) => {
      const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms' } as const;
      const Rules = [{ ApplyServerSideEncryptionByDefault }];
      const ServerSideEncryptionConfiguration = { Rules };
      return s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
    },
    says: [
      `${node}: encryption.algorithm is aws:kms, should be AES256 (security)`,
      `${node}: encryption.keyArn is "", should be absent (security)`,
      `${node}: encryption.bucketKey is false, should be absent (security)`,
    ],
    looks,
  },
  {
    what: 'lets those who deliver own what they deliver',
    change: ({ s3 }) => {
      const OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] };
      return s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
    },
    says: [`${node}: ownership is ObjectWriter, should be BucketOwnerEnforced (security)`],
    looks,
  },
  {
    what: 'takes a tag from the log bucket',
    change: async ({ s3 }) => {
      const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
      const Tagging = { TagSet: TagSet.filter(({ Key }) => Key !== 'Environment') };
      return s3.send(new PutBucketTaggingCommand({ Bucket, Tagging }));
    },
    says: [`${node}: tags.Environment is absent, should be Production (cost)`],
  },
];
