import {
  AddTagsToResourceCommand,
  ListTagsForResourceCommand,
  RemoveTagsFromResourceCommand,
} from '@aws-sdk/client-rds';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { fromSdkTags, tagWrites, toSdkTags, withoutAwsTags } from '../tags.ts';

export async function readTags({ rds }: Aws, ResourceName: string): Promise<Tags> {
  const { TagList } = await rds.send(new ListTagsForResourceCommand({ ResourceName }));
  return withoutAwsTags(fromSdkTags(TagList));
}

export async function changeTags(
  { rds }: Aws,
  ResourceName: string,
  wanted: Tags,
  actual: Tags,
): Promise<void> {
  const { written, removed } = tagWrites(wanted, actual);
  if (Object.keys(written).length > 0)
    await rds.send(new AddTagsToResourceCommand({ ResourceName, Tags: toSdkTags(written) }));
  if (removed.length > 0)
    await rds.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys: removed }));
}
