import {
  AddTagsToResourceCommand,
  ListTagsForResourceCommand,
  RemoveTagsFromResourceCommand,
} from '@aws-sdk/client-elasticache';
import { same } from '../../../controller/engine/compare.ts';
import { NotReady } from '../../../controller/engine/errors.ts';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { fromSdkTags, tagWrites, toSdkTags, withoutAwsTags } from '../tags.ts';

/** What was written, by ARN, as long as the index of tags was not seen to show it. */
const written = new WeakMap<Aws, Map<string, Tags>>();

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
  const wrote = written.get(aws)?.get(arn);
  if (inIndex !== undefined && (wrote === undefined || same(wrote, inIndex))) {
    forgetTags(aws, arn);
    return inIndex;
  }
  if (!isReadable) return wrote ?? inIndex;
  try {
    return await readTags(aws, arn);
  } catch (error) {
    if (error instanceof NotReady) return wrote ?? inIndex;
    throw error;
  }
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
  rememberTags(aws, arn, { ...others, ...wanted });
  const Tags = toSdkTags(changes.written);
  if (Tags.length > 0) await aws.elasticache.send(new AddTagsToResourceCommand({ ResourceName: arn, Tags }));
  if (changes.removed.length > 0)
    await aws.elasticache.send(
      new RemoveTagsFromResourceCommand({ ResourceName: arn, TagKeys: changes.removed }),
    );
}

export function rememberTags(aws: Aws, arn: string, tags: Tags): void {
  const ofCloud = written.get(aws) ?? new Map<string, Tags>();
  written.set(aws, ofCloud);
  ofCloud.set(arn, tags);
}

export function forgetTags(aws: Aws, arn: string): void {
  written.get(aws)?.delete(arn);
}
