import {
  AddTagsToResourceCommand,
  ListTagsForResourceCommand,
  RemoveTagsFromResourceCommand,
} from '@aws-sdk/client-elasticache';
import { NotReady } from '../../../controller/engine/errors.ts';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { IndexedTags } from '../indexed-tags.ts';
import { fromSdkTags, tagWrites, toSdkTags, withoutAwsTags } from '../tags.ts';

export const cacheTags = new IndexedTags(readTags);

/**
 * ElastiCache tells the tags of one resource per call, and those of a replication group only while it is
 * available; the index, which shows those of all at any time, lags behind. Undefined if nothing tells them now.
 */
export async function tagsOf(
  aws: Aws,
  arn: string,
  inIndex: Tags | undefined,
  isReadable: boolean,
): Promise<Tags | undefined> {
  const lastKnown = cacheTags.written(aws, arn) ?? inIndex;
  try {
    if (isReadable) return await cacheTags.of(aws, arn, inIndex);
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    return lastKnown;
  }
  return cacheTags.shown(aws, arn, inIndex) ?? lastKnown;
}

export async function readTags({ elasticache }: Aws, arn: string): Promise<Tags> {
  const { TagList } = await elasticache.send(new ListTagsForResourceCommand({ ResourceName: arn }));
  return withoutAwsTags(fromSdkTags(TagList));
}

/** Makes those of the tags that are meant be exactly `wanted`, and leaves the others. */
export async function changeTags(
  aws: Aws,
  arn: string,
  wanted: Tags,
  isMeant: (key: string) => boolean = () => true,
): Promise<void> {
  const actual = await readTags(aws, arn);
  const others = Object.fromEntries(Object.entries(actual).filter(([key]) => !isMeant(key)));
  const changes = tagWrites({ ...others, ...wanted }, actual);
  cacheTags.remember(aws, arn, { ...others, ...wanted });
  const Tags = toSdkTags(changes.written);
  if (Tags.length > 0) await aws.elasticache.send(new AddTagsToResourceCommand({ ResourceName: arn, Tags }));
  if (changes.removed.length > 0)
    await aws.elasticache.send(
      new RemoveTagsFromResourceCommand({ ResourceName: arn, TagKeys: changes.removed }),
    );
}
