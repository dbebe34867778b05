import { differences } from '../../../controller/engine/compare.ts';
import type { ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { omitTags } from '../tags.ts';
import { accessTo, outputsOf } from './bucket-access.ts';
import { createBucket } from './bucket-creation.ts';
import { deleteBucket } from './bucket-deletion.ts';
import { listBuckets } from './bucket-list.ts';
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
    const { name, ownership, objectLockEnabled } = spec;
    const tags = {
      ...creation.tags,
      ...emptyOnDeletionTags(spec.emptyOnDeletion),
      ...prefixMarkersTags(spec.prefixMarkers),
    };
    if (!(await createBucket(aws, { name, ownership, objectLockEnabled, tags }, creation)))
      return { id: name };
    const created = { ...newBucketSettings, ownership };
    const different = differences({ fields: settings }, spec, created);
    await writeSettings(accessTo(aws, name), spec, new Set(different.map(({ field }) => field)));
    return { id: name, outputs: outputsOf(aws, name) };
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
