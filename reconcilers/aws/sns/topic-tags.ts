import { ListTagsForResourceCommand, TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-sns';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { IndexedTags } from '../indexed-tags.ts';
import { fromSdkTags, tagWrites, toSdkTags, withoutAwsTags } from '../tags.ts';

/** SNS tells the tags of one topic per call. */
export const topicTags = new IndexedTags(readTopicTags);

export async function readTopicTags({ sns }: Aws, ResourceArn: string): Promise<Tags> {
  const { Tags } = await sns.send(new ListTagsForResourceCommand({ ResourceArn }));
  return withoutAwsTags(fromSdkTags(Tags));
}

export async function changeTopicTags(
  aws: Aws,
  ResourceArn: string,
  wanted: Tags,
  actual: Tags = {},
): Promise<void> {
  const { written, removed } = tagWrites(wanted, actual);
  topicTags.remember(aws, ResourceArn, wanted);
  if (Object.keys(written).length > 0)
    await aws.sns.send(new TagResourceCommand({ ResourceArn, Tags: toSdkTags(written) }));
  if (removed.length > 0) await aws.sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: removed }));
}
