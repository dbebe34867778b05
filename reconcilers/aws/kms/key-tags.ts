import {
  ListResourceTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type Tag,
} from '@aws-sdk/client-kms';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { IndexedTags } from '../indexed-tags.ts';
import { fromKmsTags, omitTags, tagWrites, toKmsTags, withoutAwsTags } from '../tags.ts';

/** AWS asks for the window only when a key is deleted, when its spec may be gone already: the key keeps it. */
const DELETION_WINDOW_TAG = 'fintech.global/deletion-window-days';
/** What ScheduleKeyDeletion takes if nothing is said. */
const LONGEST_WINDOW = 30;

/** By the id of the key. */
export const keyTags = new IndexedTags(readKeyTags);

export async function readKeyTags({ kms }: Aws, KeyId: string): Promise<Tags> {
  const tags: Tag[] = [];
  let Marker: string | undefined;
  do {
    const page = await kms.send(new ListResourceTagsCommand({ KeyId, Marker }));
    tags.push(...(page.Tags ?? []));
    Marker = page.Truncated === true ? page.NextMarker : undefined;
  } while (Marker !== undefined);
  return withoutAwsTags(fromKmsTags(tags));
}

/** Makes those of a key's tags that are meant be exactly `wanted`, and leaves the others. */
export async function changeKeyTags(
  aws: Aws,
  KeyId: string,
  wanted: Tags,
  isMeant: (key: string) => boolean,
): Promise<void> {
  const all = await readKeyTags(aws, KeyId);
  const { written, removed } = tagWrites(
    wanted,
    omitTags(all, (key) => !isMeant(key)),
  );
  keyTags.remember(aws, KeyId, { ...omitTags(all, isMeant), ...wanted });
  if (Object.keys(written).length > 0)
    await aws.kms.send(new TagResourceCommand({ KeyId, Tags: toKmsTags(written) }));
  if (removed.length > 0) await aws.kms.send(new UntagResourceCommand({ KeyId, TagKeys: removed }));
}

/** A tag that holds a setting is a field of the spec, and no tag to the engine. */
export function isSettingTag(key: string): boolean {
  return key === DELETION_WINDOW_TAG;
}

export function deletionWindowTags(days: number): Tags {
  return { [DELETION_WINDOW_TAG]: String(days) };
}

export function deletionWindowIn(tags: Tags): number {
  const days = Number(tags[DELETION_WINDOW_TAG]);
  return Number.isInteger(days) ? days : LONGEST_WINDOW;
}
