import {
  CreateBucketCommand,
  type BucketLocationConstraint,
  type CreateBucketCommandInput,
} from '@aws-sdk/client-s3';
import { differences } from '../../../controller/engine/compare.ts';
import type { Creation, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { omitTags, toSdkTags } from '../tags.ts';
import { deleteBucket } from './bucket-deletion.ts';
import { accessTo, listBuckets, outputsOf } from './bucket-list.ts';
import { isOursAlready } from './bucket-ownership.ts';
import type { BucketOutputs, BucketSpec } from './bucket-spec.ts';
import { changeBucketTags, emptyOnDeletionTags, isSettingTag, prefixMarkersTags } from './bucket-tags.ts';
import { newBucketSettings, settings, writeSettings } from './settings.ts';

/** A general purpose bucket with everything that can be set on it. */
export const Bucket: ResourceType<BucketSpec, BucketOutputs, Aws> = {
  name: 's3/bucket',
  fields: {
    name: { severity: 'availability', immutable: true },
    objectLockEnabled: { severity: 'security', immutable: true },
    ...settings,
  },
  absence: 'availability',
  holdsData: true,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: 100,
  // Bucket configurations are eventually consistent, without a number: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel
  // Writing the same setting again is harmless, so a short time does.
  settleTime: 10_000,

  list: listBuckets,

  async create(aws, spec, creation) {
    const bucket = accessTo(aws, spec.name);
    // What is missing on it, the next pass sees and writes.
    if (await isOursAlready(bucket, creation)) return { id: spec.name };
    await aws.s3.send(new CreateBucketCommand(creationInput(aws, spec, creation)));
    const created = { ...newBucketSettings, ownership: spec.ownership };
    const different = differences({ fields: settings }, spec, created);
    await writeSettings(bucket, spec, new Set(different.map(({ field }) => field)));
    return { id: spec.name, outputs: outputsOf(aws, spec.name) };
  },

  async update(aws, current, spec, changes) {
    const changed = new Set(changes.map(({ field }) => field));
    await writeSettings(accessTo(aws, current.id), spec, changed);
  },

  async delete(aws, current) {
    await deleteBucket(accessTo(aws, current.id));
  },

  async setTags(aws, current, tags) {
    await changeBucketTags(accessTo(aws, current.id), (actual) => ({
      ...tags,
      ...omitTags(actual, (key) => !isSettingTag(key)),
    }));
  },
};

/** The tags come with the creation, so that a bucket is never there without saying whose it is. */
function creationInput(aws: Aws, spec: BucketSpec, { tags }: Creation): CreateBucketCommandInput {
  const Tags = toSdkTags({
    ...tags,
    ...emptyOnDeletionTags(spec.emptyOnDeletion),
    ...prefixMarkersTags(spec.prefixMarkers),
  });
  const LocationConstraint = isLocationConstraint(aws.region) ? aws.region : undefined;
  return {
    Bucket: spec.name,
    ObjectOwnership: spec.ownership,
    ObjectLockEnabledForBucket: spec.objectLockEnabled,
    CreateBucketConfiguration: { LocationConstraint, Tags },
  };
}

/** us-east-1 is the one region that must not be named. The SDK's own list lacks those newer than itself. */
function isLocationConstraint(region: string): region is BucketLocationConstraint {
  return region !== 'us-east-1';
}
