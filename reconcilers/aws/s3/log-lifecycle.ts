import type { Lifecycle } from './settings/lifecycle.ts';

/** Days in which a log that somebody deleted or overwrote can be brought back. */
const DAYS_TO_NOTICE = 7;

/** Logs go after their time, and old versions of them and unfinished uploads soon. `id` names the first rule. */
export function logLifecycle(id: string, retentionDays: number): Lifecycle {
  return {
    rules: [
      {
        id,
        status: 'Enabled',
        filter: {},
        expiration: { days: retentionDays },
        abortIncompleteMultipartUploadDays: 7,
      },
      // A rule of its own: S3 takes no days beside delete markers.
      {
        id: 'expire-noncurrent-versions',
        status: 'Enabled',
        filter: {},
        noncurrentVersionExpiration: { days: DAYS_TO_NOTICE },
        expiration: { expiredObjectDeleteMarker: true },
      },
    ],
    transitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
  };
}
