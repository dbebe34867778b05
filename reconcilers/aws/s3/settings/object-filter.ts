import type { LifecycleRuleFilter, ReplicationRuleFilter, IntelligentTieringFilter } from '@aws-sdk/client-s3';
import type { Tags } from '../../../../controller/engine/resource-type.ts';
import { fromSdkTags, toSdkTags } from '../../tags.ts';

/** Which objects a rule is for: all, unless it says less. */
export type ObjectFilter = {
  readonly prefix?: string | undefined;
  readonly tags?: Tags | undefined;
};

type SdkFilter = Pick<ReplicationRuleFilter, 'Prefix' | 'Tag'> &
  Pick<IntelligentTieringFilter, 'Prefix' | 'Tag'> & {
    And?: Pick<NonNullable<LifecycleRuleFilter['And']>, 'Prefix' | 'Tags'> | undefined;
  };

/** S3 takes one criterion as it is, and more than one only inside `And`. */
export function toSdkFilter(filter: ObjectFilter): SdkFilter {
  const tags = toSdkTags(filter.tags ?? {});
  const [tag] = tags;
  if (tag === undefined) return { Prefix: filter.prefix ?? '' };
  if (tags.length === 1 && filter.prefix === undefined) return { Tag: tag };
  return { And: { ...(filter.prefix === undefined ? {} : { Prefix: filter.prefix }), Tags: tags } };
}

export function fromSdkFilter(filter: SdkFilter | undefined): ObjectFilter {
  const prefix = filter?.And?.Prefix ?? filter?.Prefix;
  const tags = fromSdkTags(filter?.And?.Tags ?? (filter?.Tag === undefined ? [] : [filter.Tag]));
  return {
    ...(prefix === undefined || prefix === '' ? {} : { prefix }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  };
}
