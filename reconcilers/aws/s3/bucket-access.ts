import type { Aws } from '../cloud.ts';
import { partitionOf } from '../partition.ts';
import type { BucketOutputs } from './bucket-spec.ts';
import { bucketArn } from './private-bucket.ts';
import type { BucketAccess } from './setting.ts';

export function accessTo(aws: Aws, name: string): BucketAccess {
  return { s3: aws.s3, request: { Bucket: name, ExpectedBucketOwner: aws.account } };
}

export function outputsOf({ region }: Aws, name: string): BucketOutputs {
  return {
    name,
    arn: bucketArn(region, name),
    regionalDomainName: `${name}.s3.${region}.${partitionOf(region).domain}`,
  };
}

/** Undefined for access points and the like, which are found under `s3` too; the ARN of a bucket ends with its name. */
export function bucketNameIn(arn: string): string | undefined {
  return /^arn:[^:]+:s3:::([^/:]+)$/.exec(arn)?.[1];
}
