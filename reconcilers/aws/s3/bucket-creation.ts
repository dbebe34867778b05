import {
  CreateBucketCommand,
  type BucketLocationConstraint,
  type CreateBucketCommandInput,
} from '@aws-sdk/client-s3';
import type { Creation, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { toSdkTags } from '../tags.ts';
import { accessTo } from './bucket-access.ts';
import { isOursAlready } from './bucket-ownership.ts';
import type { BucketSpec } from './bucket-spec.ts';

/** What a bucket is from its first moment on. */
type NewBucket = Pick<BucketSpec, 'name' | 'ownership' | 'objectLockEnabled'> & { readonly tags: Tags };

/** False if it was there already, made by a call whose answer was lost: what is missing on it, the next pass writes. */
export async function createBucket(aws: Aws, bucket: NewBucket, creation: Creation): Promise<boolean> {
  if (await isOursAlready(accessTo(aws, bucket.name), creation)) return false;
  await aws.s3.send(new CreateBucketCommand(creationInput(aws, bucket)));
  return true;
}

/** The tags come with the creation, so that a bucket is never there without saying whose it is. */
function creationInput(aws: Aws, bucket: NewBucket): CreateBucketCommandInput {
  const LocationConstraint = isLocationConstraint(aws.region) ? aws.region : undefined;
  return {
    Bucket: bucket.name,
    ObjectOwnership: bucket.ownership,
    ObjectLockEnabledForBucket: bucket.objectLockEnabled,
    CreateBucketConfiguration: { LocationConstraint, Tags: toSdkTags(bucket.tags) },
  };
}

/** us-east-1 is the one region that must not be named. The SDK's own list lacks those newer than itself. */
function isLocationConstraint(region: string): region is BucketLocationConstraint {
  return region !== 'us-east-1';
}
