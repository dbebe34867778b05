import { ListTagsForResourceCommand, TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-ecr';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { IndexedTags } from '../indexed-tags.ts';
import { fromSdkTags, omitTags, tagWrites, toSdkTags, withoutAwsTags } from '../tags.ts';
import { arnOf } from './repository-arn.ts';

/** A repository is deleted when its spec may be gone already, so it says itself whether its images go with it. */
const EMPTY_ON_DELETION_TAG = 'fintech.global/empty-on-deletion';

/** ECR tells the tags of one repository per call. */
export const repositoryTags = new IndexedTags(readTags);

export function readRepositoryTags(aws: Aws, name: string): Promise<Tags> {
  return readTags(aws, arnOf(aws, name));
}

/**
 * Makes those of a repository's tags that are meant be exactly `wanted`, and leaves the others. They are read anew,
 * because settings and tags of one repository are written by different calls of the same pass.
 */
export async function changeRepositoryTags(
  aws: Aws,
  name: string,
  wanted: Tags,
  isMeant: (key: string) => boolean,
): Promise<void> {
  const resourceArn = arnOf(aws, name);
  const all = await readTags(aws, resourceArn);
  const { written, removed } = tagWrites(
    wanted,
    omitTags(all, (key) => !isMeant(key)),
  );
  repositoryTags.remember(aws, resourceArn, { ...omitTags(all, isMeant), ...wanted });
  if (Object.keys(written).length > 0)
    await aws.ecr.send(new TagResourceCommand({ resourceArn, tags: toSdkTags(written) }));
  if (removed.length > 0) await aws.ecr.send(new UntagResourceCommand({ resourceArn, tagKeys: removed }));
}

/** A tag that holds a setting is a field of the spec, and no tag to the engine. */
export function isSettingTag(key: string): boolean {
  return key === EMPTY_ON_DELETION_TAG;
}

export function settingTags(emptyOnDeletion: boolean): Tags {
  return emptyOnDeletion ? { [EMPTY_ON_DELETION_TAG]: 'true' } : {};
}

export function emptiesOnDeletion(tags: Tags): boolean {
  return tags[EMPTY_ON_DELETION_TAG] === 'true';
}

async function readTags({ ecr }: Aws, resourceArn: string): Promise<Tags> {
  const { tags } = await ecr.send(new ListTagsForResourceCommand({ resourceArn }));
  return withoutAwsTags(fromSdkTags(tags));
}
