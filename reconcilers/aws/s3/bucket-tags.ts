import { GetBucketTaggingCommand, PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import { same } from '../../../controller/engine/compare.ts';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import { fromSdkTags, omitTags, onlyAwsTags, toSdkTags, withoutAwsTags } from '../tags.ts';
import { orWhenAbsent, type BucketAccess } from './setting.ts';

/** Whether deleting the bucket deletes its objects: https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html */
export const EMPTY_ON_DELETION_TAG = 'fintech.global/empty-on-deletion';
/** The keys of the empty objects that the controller put; continued in `….2`, `….3` and so on. */
export const PREFIX_MARKERS_TAG = 'fintech.global/prefix-markers';

export async function readBucketTags({ s3, request }: BucketAccess): Promise<Tags> {
  const found = await orWhenAbsent(s3.send(new GetBucketTaggingCommand(request)), undefined);
  return fromSdkTags(found?.TagSet);
}

/**
 * S3 knows only the whole set of a bucket's tags. It is read anew each time, because settings and tags of
 * one bucket are written by different calls of the same pass.
 */
export async function changeBucketTags(bucket: BucketAccess, change: (tags: Tags) => Tags): Promise<void> {
  const { s3, request } = bucket;
  const actual = await readBucketTags(bucket);
  const TagSet = toSdkTags({ ...change(withoutAwsTags(actual)), ...onlyAwsTags(actual) });
  if (same(fromSdkTags(TagSet), actual)) return;
  await s3.send(new PutBucketTaggingCommand({ ...request, Tagging: { TagSet } }));
}

/** Tags that hold settings are fields of the spec, and no tags to the engine. */
export function isSettingTag(key: string): boolean {
  return key === EMPTY_ON_DELETION_TAG || isMarkersTag(key);
}

export function withEmptyOnDeletion(tags: Tags, emptyOnDeletion: boolean): Tags {
  return {
    ...omitTags(tags, (key) => key === EMPTY_ON_DELETION_TAG),
    ...emptyOnDeletionTags(emptyOnDeletion),
  };
}

export function emptyOnDeletionTags(emptyOnDeletion: boolean): Tags {
  return emptyOnDeletion ? { [EMPTY_ON_DELETION_TAG]: 'true' } : {};
}

/** The longest value of a tag: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const LONGEST_VALUE = 256;

export function prefixMarkersTags(keys: readonly string[]): Tags {
  const text = [...keys].sort().map(encodeKey).join(':');
  const tags: Record<string, string> = {};
  for (let part = 0; part * LONGEST_VALUE < text.length; part += 1) {
    const name = part === 0 ? PREFIX_MARKERS_TAG : `${PREFIX_MARKERS_TAG}.${part + 1}`;
    tags[name] = text.slice(part * LONGEST_VALUE, (part + 1) * LONGEST_VALUE);
  }
  return tags;
}

export function prefixMarkersIn(tags: Tags): readonly string[] {
  let text = tags[PREFIX_MARKERS_TAG] ?? '';
  for (let part = 2; tags[`${PREFIX_MARKERS_TAG}.${part}`] !== undefined; part += 1)
    text += tags[`${PREFIX_MARKERS_TAG}.${part}`] ?? '';
  return text === '' ? [] : text.split(':').map(decodeKey);
}

export function withPrefixMarkers(tags: Tags, keys: readonly string[]): Tags {
  return { ...omitTags(tags, isMarkersTag), ...prefixMarkersTags(keys) };
}

function isMarkersTag(key: string): boolean {
  return key === PREFIX_MARKERS_TAG || key.startsWith(`${PREFIX_MARKERS_TAG}.`);
}

/** Tags take few signs beside letters and digits, and no percent: other bytes become `=` and two digits. */
function encodeKey(key: string): string {
  return Array.from(Buffer.from(key), (byte) => {
    const sign = String.fromCharCode(byte);
    return /[A-Za-z0-9/._@+-]/.test(sign) ? sign : `=${byte.toString(16).padStart(2, '0')}`;
  }).join('');
}

function decodeKey(text: string): string {
  return decodeURIComponent(text.replaceAll('=', '%'));
}
