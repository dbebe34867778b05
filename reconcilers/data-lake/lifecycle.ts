import type { Lifecycle } from '../aws/s3/settings/lifecycle.ts';
import type { LifecycleRule } from '../aws/s3/settings/lifecycle-rule.ts';
import type { IntelligentTieringConfiguration } from '../aws/s3/settings/intelligent-tiering.ts';
import type { DataLakeSpec, PrefixLifecycle } from './spec.ts';

/** Days after which data under a prefix without rules of its own is left to Intelligent-Tiering. */
const daysBeforeTiering = 30;

/** How the objects of the lake, and of its replica, age. */
export function lakeLifecycle(spec: DataLakeSpec): Lifecycle {
  const tiered = spec.intelligentTiering ? spec.prefixes.filter((prefix) => !hasRules(spec, prefix)) : [];
  return ofRules([
    abortUploads(spec.abortIncompleteMultipartUploadDays),
    ...(spec.versioning ? [expireVersions(spec.noncurrentVersionExpirationDays)] : []),
    ...spec.lifecycle.map(prefixRule),
    ...tiered.map(tieringRule),
  ]);
}

/** Access logs are kept for their time and then go; S3 writes them once, so old versions are mistakes or attacks. */
export function logLifecycle({
  accessLogs,
  abortIncompleteMultipartUploadDays,
  noncurrentVersionExpirationDays,
}: DataLakeSpec): Lifecycle {
  return ofRules([
    abortUploads(abortIncompleteMultipartUploadDays),
    expireVersions(noncurrentVersionExpirationDays),
    {
      id: 'expire-access-logs',
      status: 'Enabled',
      filter: { prefix: accessLogs.prefix },
      expiration: { days: accessLogs.retentionDays },
    },
  ]);
}

/** Objects in Intelligent-Tiering that nobody reads go on to its archive tiers (their least numbers of days, S3 User Guide). */
export function archiveTiers(spec: DataLakeSpec): readonly IntelligentTieringConfiguration[] {
  if (!spec.intelligentTiering) return [];
  const tierings = [
    { accessTier: 'ARCHIVE_ACCESS', days: 90 },
    { accessTier: 'DEEP_ARCHIVE_ACCESS', days: 180 },
  ] as const;
  return [{ id: 'entire-bucket', status: 'Enabled', tierings }];
}

function ofRules(rules: readonly LifecycleRule[]): Lifecycle {
  return { rules, transitionDefaultMinimumObjectSize: 'all_storage_classes_128K' };
}

function abortUploads(days: number): LifecycleRule {
  return { id: 'abort-incomplete-uploads', status: 'Enabled', abortIncompleteMultipartUploadDays: days };
}

function expireVersions(days: number): LifecycleRule {
  return {
    id: 'expire-noncurrent-versions',
    status: 'Enabled',
    noncurrentVersionExpiration: { days },
    expiration: { expiredObjectDeleteMarker: true },
  };
}

function prefixRule({ prefix, transitions, expirationDays }: PrefixLifecycle): LifecycleRule {
  return {
    id: `lifecycle-${prefix}`,
    status: 'Enabled',
    filter: { prefix },
    transitions,
    ...(expirationDays === undefined ? {} : { expiration: { days: expirationDays } }),
  };
}

function tieringRule(prefix: string): LifecycleRule {
  return {
    id: `intelligent-tiering-${prefix}`,
    status: 'Enabled',
    filter: { prefix },
    transitions: [{ days: daysBeforeTiering, storageClass: 'INTELLIGENT_TIERING' }],
  };
}

/** Two rules for the same objects would compete. */
function hasRules(spec: DataLakeSpec, prefix: string): boolean {
  return spec.lifecycle.some((rule) => prefix.startsWith(rule.prefix) || rule.prefix.startsWith(prefix));
}
