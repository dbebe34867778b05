import type { S3Client } from '@aws-sdk/client-s3';
import type { FieldRule, Tags } from '../../../controller/engine/resource-type.ts';
import { NoConfiguration } from '../outcome.ts';

/** One bucket as its settings see it. */
export type BucketAccess = {
  readonly s3: S3Client;
  /**
   * Part of every request. S3 refuses it when somebody else owns the bucket by now: bucket names are
   * global, and a deleted bucket's name can be taken by anybody.
   */
  readonly request: { readonly Bucket: string; readonly ExpectedBucketOwner: string };
};

/** One setting of a bucket that is read and written on its own. */
export interface BucketSetting<Value> extends FieldRule<Value> {
  /** What a new bucket has, so that creation writes only what differs from it. */
  readonly whenNew: Value;
  /** `tags` are all tags of the bucket: some settings are kept there because S3 has no place for them. */
  read(bucket: BucketAccess, tags: Tags): Promise<Value>;
  /** Replaces what is there; the same call again changes nothing. */
  write(bucket: BucketAccess, value: Value): Promise<void>;
}

/** S3 answers with an error where a bucket has no such configuration. */
export async function orWhenAbsent<Found, Otherwise>(
  reading: Promise<Found>,
  otherwise: Otherwise,
): Promise<Found | Otherwise> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NoConfiguration) return otherwise;
    throw error;
  }
}
