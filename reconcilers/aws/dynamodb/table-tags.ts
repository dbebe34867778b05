import {
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type Tag,
} from '@aws-sdk/client-dynamodb';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { IndexedTags } from '../indexed-tags.ts';
import { fromSdkTags, omitTags, tagWrites, toSdkTags } from '../tags.ts';

/** A table is deleted when its spec may be gone already, so it says itself whether a backup is wanted. */
const BACKUP_TAG = 'fintech.global/backup-before-deletion';

export const tableTags = new IndexedTags(readTableTags);

export async function readTableTags({ dynamodb }: Aws, ResourceArn: string): Promise<Tags> {
  const tags: Tag[] = [];
  let NextToken: string | undefined;
  do {
    const page = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn, NextToken }));
    tags.push(...(page.Tags ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return fromSdkTags(tags);
}

/** Makes those of a table's tags that are meant be exactly `wanted`, and leaves the others. */
export async function changeTableTags(
  aws: Aws,
  ResourceArn: string,
  wanted: Tags,
  isMeant: (key: string) => boolean,
): Promise<void> {
  const all = await readTableTags(aws, ResourceArn);
  const { written, removed } = tagWrites(
    wanted,
    omitTags(all, (key) => !isMeant(key)),
  );
  tableTags.remember(aws, ResourceArn, { ...omitTags(all, isMeant), ...wanted });
  if (Object.keys(written).length > 0)
    await aws.dynamodb.send(new TagResourceCommand({ ResourceArn, Tags: toSdkTags(written) }));
  if (removed.length > 0)
    await aws.dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys: removed }));
}

/** A tag that holds a setting is a field of the spec, and no tag to the engine. */
export function isSettingTag(key: string): boolean {
  return key === BACKUP_TAG;
}

export function settingTags(backupBeforeDeletion: boolean): Tags {
  return { [BACKUP_TAG]: String(backupBeforeDeletion) };
}

/** Where the tag is gone, or not there yet, a backup is made: one too many costs less than one too few. */
export function wantsBackup(tags: Tags): boolean {
  return tags[BACKUP_TAG] !== 'false';
}
