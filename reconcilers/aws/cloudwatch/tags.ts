import {
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { IndexedTags } from '../indexed-tags.ts';
import { fromSdkTags, tagWrites, toSdkTags, withoutAwsTags } from '../tags.ts';

/** CloudWatch tells the tags of one resource per call. */
export const alarmTags = new IndexedTags(readTags);

export async function readTags({ cloudwatch }: Aws, ResourceARN: string): Promise<Tags> {
  const { Tags } = await cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN }));
  return withoutAwsTags(fromSdkTags(Tags));
}

export async function changeTags(
  { cloudwatch }: Aws,
  ResourceARN: string,
  wanted: Tags,
  actual: Tags = {},
): Promise<void> {
  const { written, removed } = tagWrites(wanted, actual);
  if (Object.keys(written).length > 0)
    await cloudwatch.send(new TagResourceCommand({ ResourceARN, Tags: toSdkTags(written) }));
  if (removed.length > 0) await cloudwatch.send(new UntagResourceCommand({ ResourceARN, TagKeys: removed }));
}
