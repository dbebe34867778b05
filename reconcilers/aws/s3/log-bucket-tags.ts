import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { IndexedTags } from '../indexed-tags.ts';
import { accessTo, bucketNameIn, outputsOf } from './bucket-access.ts';
import { changeBucketTags, readBucketTags } from './bucket-tags.ts';

/** S3 tells the tags of one bucket per call. */
export const logBucketTags = new IndexedTags((aws, arn) =>
  readBucketTags(accessTo(aws, bucketNameIn(arn) ?? '')),
);

export async function changeLogBucketTags(
  aws: Aws,
  name: string,
  change: (tags: Tags) => Tags,
): Promise<void> {
  await changeBucketTags(accessTo(aws, name), (actual) => {
    const tags = change(actual);
    logBucketTags.remember(aws, outputsOf(aws, name).arn, tags);
    return tags;
  });
}
