import type { Tag } from '@aws-sdk/client-s3';
import type { Tags } from '../../../../controller/engine/resource-type.ts';
import { fromSdkTags, toSdkTags } from '../../tags.ts';

/** Which objects a rule is for: all, unless it says less. */
export type ObjectFilter = {
  readonly prefix?: string | undefined;
  readonly tags?: Tags | undefined;
  readonly objectSizeGreaterThan?: number | undefined;
  readonly objectSizeLessThan?: number | undefined;
};

type Sizes = {
  ObjectSizeGreaterThan?: number | undefined;
  ObjectSizeLessThan?: number | undefined;
};

/** What the filters of lifecycle, replication and tiering rules have in common; only lifecycle knows sizes. */
type SdkFilter = Sizes & {
  Prefix?: string | undefined;
  Tag?: Tag | undefined;
  And?: (Sizes & { Prefix?: string | undefined; Tags?: Tag[] | undefined }) | undefined;
};

/** S3 takes one criterion as it is, and more than one only inside `And`. */
export function toSdkFilter(filter: ObjectFilter): SdkFilter {
  const tags = toSdkTags(filter.tags ?? {});
  const others = {
    ...(filter.prefix === undefined ? {} : { Prefix: filter.prefix }),
    ...(filter.objectSizeGreaterThan === undefined
      ? {}
      : { ObjectSizeGreaterThan: filter.objectSizeGreaterThan }),
    ...(filter.objectSizeLessThan === undefined ? {} : { ObjectSizeLessThan: filter.objectSizeLessThan }),
  };
  const [tag] = tags;
  const criteria = tags.length + Object.keys(others).length;
  if (criteria === 0) return { Prefix: '' };
  if (criteria > 1) return { And: tag === undefined ? others : { ...others, Tags: tags } };
  return tag === undefined ? others : { Tag: tag };
}

/** Criteria that are not there are left out, as in a spec. */
export function fromSdkFilter(filter: SdkFilter | undefined): ObjectFilter {
  const { Prefix, ObjectSizeGreaterThan, ObjectSizeLessThan } = { ...filter, ...filter?.And };
  const tags = filter?.And?.Tags ?? (filter?.Tag === undefined ? [] : [filter.Tag]);
  return {
    prefix: Prefix === '' ? undefined : Prefix,
    tags: tags.length === 0 ? undefined : fromSdkTags(tags),
    objectSizeGreaterThan: ObjectSizeGreaterThan,
    objectSizeLessThan: ObjectSizeLessThan,
  };
}
