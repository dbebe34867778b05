import type { Tags } from '../../controller/engine/resource-type.ts';

export type SdkTag = { readonly Key: string; readonly Value: string };

/** KMS names the two parts of a tag differently from every other service. */
export type KmsTag = { readonly TagKey: string; readonly TagValue: string };

type ReadTag = { readonly Key?: string | undefined; readonly Value?: string | undefined };
type ReadKmsTag = { readonly TagKey?: string | undefined; readonly TagValue?: string | undefined };

export function toSdkTags(tags: Tags): SdkTag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function fromSdkTags(tags: readonly ReadTag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

export function toKmsTags(tags: Tags): KmsTag[] {
  return Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}

export function fromKmsTags(tags: readonly ReadKmsTag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue]));
}

/** Tags that begin with `aws:` are AWS's own: nobody else can write or remove them. */
export function withoutAwsTags(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !isAwsTag(key)));
}

export function onlyAwsTags(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => isAwsTag(key)));
}

/** Without the tags that hold settings of a resource, which are fields of its spec and not its tags. */
export function omitTags(tags: Tags, isSetting: (key: string) => boolean): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !isSetting(key)));
}

/** The tags to write and the keys to remove, for services that change tags one by one. */
export function tagWrites(
  wanted: Tags,
  actual: Tags,
): { readonly written: Tags; readonly removed: string[] } {
  const written = Object.entries(wanted).filter(([key, value]) => actual[key] !== value);
  const removed = Object.keys(actual).filter((key) => !isAwsTag(key) && !(key in wanted));
  return { written: Object.fromEntries(written), removed };
}

function isAwsTag(key: string): boolean {
  return key.toLowerCase().startsWith('aws:');
}
