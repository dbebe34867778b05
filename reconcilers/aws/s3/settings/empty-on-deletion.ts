import { changeBucketTags, EMPTY_ON_DELETION_TAG, withEmptyOnDeletion } from '../bucket-tags.ts';
import type { BucketSetting } from '../setting.ts';

/** Kept in a tag, so that it counts only if it was there before the bucket had to go. */
export const emptyOnDeletion: BucketSetting<boolean> = {
  severity: 'cosmetic',
  whenNew: false,

  read: async (_bucket, tags) => tags[EMPTY_ON_DELETION_TAG] === 'true',

  async write(bucket, value) {
    await changeBucketTags(bucket, (tags) => withEmptyOnDeletion(tags, value));
  },
};
