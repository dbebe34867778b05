import {
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  DeletePublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { EMPTY_ON_DELETION_TAG } from '../../../../reconcilers/aws/s3/bucket-tags.ts';
import type { LogBucketOutputs, LogBucketSpec } from '../../../../reconcilers/aws/s3/log-bucket-spec.ts';
import { LogBucket } from '../../../../reconcilers/aws/s3/log-bucket.ts';
import { logLifecycle } from '../../../../reconcilers/aws/s3/log-lifecycle.ts';
import { toSdkTags } from '../../../../reconcilers/aws/tags.ts';
import { account } from '../connect.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { sampleLogBucket } from './log-bucket-samples.ts';

const keyArn = `arn:aws:kms:eu-west-1:${account}:key/11111111-2222-3333-4444-555555555555`;

describeResourceType(LogBucket, async ({ s3 }): Promise<Fixture<LogBucketSpec, LogBucketOutputs>> => ({
  spec: (number) => sampleLogBucket(`contract-${number}`),
  turns: 4,
  removeTags: ({ id }) => s3.send(new DeleteBucketTaggingCommand({ Bucket: id })),
  fields: {
    name: 'immutable',
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
        const OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] };
        return s3.send(new PutBucketOwnershipControlsCommand({ Bucket: id, OwnershipControls }));
      },
    },
    encryption: {
      another: { algorithm: 'aws:kms', keyArn, bucketKey: true },
      changeFromOutside({ id }) {
        const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } } as const;
        const ServerSideEncryptionConfiguration = { Rules: [rule] };
        return s3.send(new PutBucketEncryptionCommand({ Bucket: id, ServerSideEncryptionConfiguration }));
      },
    },
    versioning: {
      another: 'Suspended',
      changeFromOutside({ id }) {
        const VersioningConfiguration = { Status: 'Suspended' } as const;
        return s3.send(new PutBucketVersioningCommand({ Bucket: id, VersioningConfiguration }));
      },
    },
    policy: {
      another: undefined,
      changeFromOutside: ({ id }) => s3.send(new DeleteBucketPolicyCommand({ Bucket: id })),
    },
    lifecycle: {
      another: logLifecycle('expire-logs', 30),
      changeFromOutside: ({ id }) => s3.send(new DeleteBucketLifecycleCommand({ Bucket: id })),
    },
    emptyOnDeletion: {
      another: true,
      changeFromOutside: ({ id, tags }) =>
        s3.send(
          new PutBucketTaggingCommand({
            Bucket: id,
            Tagging: { TagSet: toSdkTags({ ...tags, [EMPTY_ON_DELETION_TAG]: 'true' }) },
          }),
        ),
    },
  },
}));
