import type { LifecycleRule as SdkRule, TransitionStorageClass } from '@aws-sdk/client-s3';
import { fromSdkFilter, toSdkFilter, type ObjectFilter } from './object-filter.ts';

/** What becomes of objects as they age: https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html */
export type LifecycleRule = {
  readonly id: string;
  readonly status: 'Enabled' | 'Disabled';
  readonly filter?: ObjectFilter | undefined;
  readonly transitions?: readonly LifecycleTransition[] | undefined;
  readonly expiration?: LifecycleExpiration | undefined;
  readonly noncurrentVersionTransitions?: readonly NoncurrentVersionTransition[] | undefined;
  readonly noncurrentVersionExpiration?: NoncurrentVersionExpiration | undefined;
  readonly abortIncompleteMultipartUploadDays?: number | undefined;
};

/** After so many days, or on a day (`2030-01-31`). */
type Moment = { readonly days?: number | undefined; readonly date?: string | undefined };

export type LifecycleTransition = Moment & { readonly storageClass: TransitionStorageClass };

export type LifecycleExpiration = Moment & { readonly expiredObjectDeleteMarker?: boolean | undefined };

export type NoncurrentVersionTransition = {
  readonly days: number;
  readonly storageClass: TransitionStorageClass;
  readonly newerVersions?: number | undefined;
};

export type NoncurrentVersionExpiration = {
  readonly days: number;
  /** So many of the newest noncurrent versions are kept however old they are. */
  readonly newerVersions?: number | undefined;
};

export function toSdkRule(rule: LifecycleRule): SdkRule {
  const { expiration, transitions = [], noncurrentVersionTransitions = [] } = rule;
  return {
    ID: rule.id,
    Status: rule.status,
    Filter: toSdkFilter(rule.filter ?? {}),
    Expiration: expiration && {
      ...toSdkMoment(expiration),
      ExpiredObjectDeleteMarker: expiration.expiredObjectDeleteMarker,
    },
    Transitions: orNone(
      transitions.map((transition) => ({
        ...toSdkMoment(transition),
        StorageClass: transition.storageClass,
      })),
    ),
    NoncurrentVersionTransitions: orNone(
      noncurrentVersionTransitions.map(({ days, storageClass, newerVersions }) => ({
        NoncurrentDays: days,
        StorageClass: storageClass,
        NewerNoncurrentVersions: newerVersions,
      })),
    ),
    NoncurrentVersionExpiration: rule.noncurrentVersionExpiration && {
      NoncurrentDays: rule.noncurrentVersionExpiration.days,
      NewerNoncurrentVersions: rule.noncurrentVersionExpiration.newerVersions,
    },
    AbortIncompleteMultipartUpload:
      rule.abortIncompleteMultipartUploadDays === undefined
        ? undefined
        : { DaysAfterInitiation: rule.abortIncompleteMultipartUploadDays },
  };
}

export function fromSdkRule(rule: SdkRule): LifecycleRule {
  const { Expiration, NoncurrentVersionExpiration: noncurrent } = rule;
  return {
    id: rule.ID ?? '',
    status: rule.Status ?? 'Disabled',
    // Rules of before 2016 have their prefix outside the filter.
    filter: fromSdkFilter(rule.Filter ?? { Prefix: rule.Prefix }),
    transitions: (rule.Transitions ?? []).map((transition) => ({
      ...fromSdkMoment(transition),
      storageClass: transition.StorageClass ?? 'GLACIER',
    })),
    expiration: Expiration && {
      ...fromSdkMoment(Expiration),
      expiredObjectDeleteMarker: Expiration.ExpiredObjectDeleteMarker === true ? true : undefined,
    },
    noncurrentVersionTransitions: (rule.NoncurrentVersionTransitions ?? []).map((transition) => ({
      days: transition.NoncurrentDays ?? 0,
      storageClass: transition.StorageClass ?? 'GLACIER',
      newerVersions: transition.NewerNoncurrentVersions,
    })),
    noncurrentVersionExpiration: noncurrent && {
      days: noncurrent.NoncurrentDays ?? 0,
      newerVersions: noncurrent.NewerNoncurrentVersions,
    },
    abortIncompleteMultipartUploadDays: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
  };
}

function toSdkMoment({ days, date }: Moment): { Days?: number | undefined; Date?: Date | undefined } {
  return { Days: days, Date: date === undefined ? undefined : new Date(date) };
}

function fromSdkMoment(moment: { Days?: number | undefined; Date?: Date | undefined }): Moment {
  return { days: moment.Days, date: moment.Date?.toISOString().slice(0, 10) };
}

/** S3 refuses empty lists of actions. */
function orNone<Item>(items: Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : items;
}
