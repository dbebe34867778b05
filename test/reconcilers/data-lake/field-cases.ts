import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { FieldCases } from '../field-cases.ts';
import { dataBucket, logBucket, partOf, replicaBucket } from './lake.ts';

const data = `buckets.${dataBucket}`;
const replica = `buckets.${replicaBucket}`;
const logs = `buckets.${logBucket}`;
const key = 'keys.production-lake-key';
const emptyTag = 'tags.fintech.global/empty-on-deletion: nothing → "true"';

const archive = {
  prefix: 'archive/',
  transitions: [
    { days: 90, storageClass: 'STANDARD_IA' },
    { days: 180, storageClass: 'GLACIER' },
    { days: 365, storageClass: 'DEEP_ARCHIVE' },
  ],
};
const [standardIa, glacier] = archive.transitions;
/** Of a lake whose bucket was made without a lock, which it cannot be given or rid of. */
export const unlocked: JsonObject = { objectLock: undefined, replication: undefined };

/** The fields of a lake. Of those that are refused, another value would mean another bucket. */
export const lakeFields: FieldCases = {
  changed: {
    prefixes: {
      change: {
        prefixes: [
          'raw/transactions/',
          'raw/logs/',
          'raw/events/',
          'processed/daily-reports/',
          'processed/aggregations/',
          'archive/compliance/',
          'analytics/ml-data/',
          'new/',
        ],
      },
      changes: [
        `${data}.objects: * → [*"new/"*]`,
        `${data}.tags.fintech.global/prefix-markers: * → *:new/:*`,
        `${data}.lifecycle.Rules: * → *"intelligent-tiering-new/"*`,
        `${replica}.lifecycle.Rules: * → *"intelligent-tiering-new/"*`,
      ],
      // What was a folder once stays one.
      leaves: [`${data}.objects: * → [*"new/"*]`, `${data}.tags.fintech.global/prefix-markers: * → *:new/:*`],
    },
    'encryption.keyRotation': {
      change: { encryption: { keyRotation: false } },
      changes: [`${key}.rotation: "every 365 days" → "off"`],
    },
    'encryption.rotationPeriodDays': {
      change: { encryption: { rotationPeriodDays: 90 } },
      changes: [`${key}.rotation: "every 365 days" → "every 90 days"`],
    },
    'encryption.deletionWindowDays': {
      change: { encryption: { deletionWindowDays: 7 } },
      changes: [`${key}.tags.fintech.global/deletion-window-days: "30" → "7"`],
    },
    noncurrentVersionExpirationDays: {
      change: { noncurrentVersionExpirationDays: 30 },
      changes: [data, replica, logs].map(
        (bucket) => `${bucket}.lifecycle.Rules.1.NoncurrentVersionExpiration.NoncurrentDays: 90 → 30`,
      ),
    },
    abortIncompleteMultipartUploadDays: {
      change: { abortIncompleteMultipartUploadDays: 1 },
      changes: [data, replica, logs].map(
        (bucket) => `${bucket}.lifecycle.Rules.0.AbortIncompleteMultipartUpload.DaysAfterInitiation: 7 → 1`,
      ),
    },
    intelligentTiering: {
      change: { intelligentTiering: false },
      changes: [data, replica].flatMap((bucket) => [
        `${bucket}.intelligentTiering: [{"Id":"entire-bucket"* → nothing`,
        `${bucket}.lifecycle.Rules: *"intelligent-tiering-raw/logs/"* → *"lifecycle-archive/"*`,
      ]),
    },
    'lifecycle[].prefix': {
      change: { lifecycle: [{ ...archive, prefix: 'archive/compliance/' }] },
      changes: [data, replica].flatMap((bucket) => [
        `${bucket}.lifecycle.Rules.2.ID: "lifecycle-archive/" → "lifecycle-archive/compliance/"`,
        `${bucket}.lifecycle.Rules.2.Filter.Prefix: "archive/" → "archive/compliance/"`,
      ]),
    },
    'lifecycle[].transitions[].days': {
      change: {
        lifecycle: [
          { ...archive, transitions: [{ ...standardIa, days: 30 }, ...archive.transitions.slice(1)] },
        ],
      },
      changes: [data, replica].map((bucket) => `${bucket}.lifecycle.Rules.2.Transitions.0.Days: 90 → 30`),
    },
    'lifecycle[].transitions[].storageClass': {
      change: {
        lifecycle: [
          {
            ...archive,
            transitions: [
              standardIa,
              { ...glacier, storageClass: 'GLACIER_IR' },
              ...archive.transitions.slice(2),
            ],
          },
        ],
      },
      changes: [data, replica].map(
        (bucket) => `${bucket}.lifecycle.Rules.2.Transitions.1.StorageClass: "GLACIER" → "GLACIER_IR"`,
      ),
    },
    'lifecycle[].expirationDays': {
      change: { lifecycle: [{ ...archive, expirationDays: 3650 }] },
      changes: [data, replica].map(
        (bucket) => `${bucket}.lifecycle.Rules.2.Expiration: nothing → {"Days":3650}`,
      ),
    },
    'accessLogs.prefix': {
      change: { accessLogs: { ...partOf('accessLogs'), prefix: 's3/' } },
      changes: [
        `${data}.logging.TargetPrefix: "access-logs/" → "s3/"`,
        `${replica}.logging.TargetPrefix: "access-logs/replica/" → "s3/replica/"`,
        `${logs}.policy.Statement.2.Resource: "arn:aws:s3:::${logBucket}/access-logs/*" → "arn:aws:s3:::${logBucket}/s3/*"`,
        `${logs}.lifecycle.Rules.2.Filter.Prefix: "access-logs/" → "s3/"`,
      ],
    },
    'accessLogs.retentionDays': {
      change: { accessLogs: { ...partOf('accessLogs'), retentionDays: 400 } },
      changes: [`${logs}.lifecycle.Rules.2.Expiration.Days: 2555 → 400`],
    },
    'objectLock.mode': {
      change: { objectLock: { mode: 'GOVERNANCE', retentionYears: 7 } },
      changes: [data, replica].map(
        (bucket) => `${bucket}.objectLock.Rule.DefaultRetention.Mode: "COMPLIANCE" → "GOVERNANCE"`,
      ),
    },
    'objectLock.retentionYears': {
      change: { objectLock: { mode: 'COMPLIANCE', retentionYears: 10 } },
      changes: [data, replica].map((bucket) => `${bucket}.objectLock.Rule.DefaultRetention.Years: 7 → 10`),
    },
    'objectLock.retentionDays': {
      change: { objectLock: { mode: 'COMPLIANCE', retentionDays: 30 } },
      changes: [data, replica].flatMap((bucket) => [
        `${bucket}.objectLock.Rule.DefaultRetention.Years: 7 → nothing`,
        `${bucket}.objectLock.Rule.DefaultRetention.Days: nothing → 30`,
      ]),
    },
    // What becomes of the resources one day changes none of them today.
    deletionPolicy: { change: { deletionPolicy: 'Delete' }, changes: [] },
    emptyOnDeletion: {
      change: { emptyOnDeletion: true },
      changes: [data, replica, logs].map((bucket) => `${bucket}.${emptyTag}`),
    },
  },
  refused: {
    bucketName: {
      change: { bucketName: 'another-lake' },
      because: `s3/bucket data (${dataBucket}) would be replaced and its data lost: name cannot be changed in place`,
    },
    'accessLogs.bucketName': {
      change: { accessLogs: { ...partOf('accessLogs'), bucketName: 'other-logs' } },
      because: `s3/bucket access-logs (${logBucket}) would be replaced and its data lost: name cannot be changed in place`,
    },
    'replication.bucketName': {
      change: { replication: { bucketName: 'other-replica' } },
      because: `s3/bucket replica (${replicaBucket}) would be replaced and its data lost: name cannot be changed in place`,
    },
    'objectLock, none any more': {
      change: { objectLock: undefined },
      because: [`replica (${replicaBucket})`, `data (${dataBucket})`]
        .map(
          (bucket) =>
            `s3/bucket ${bucket} would be replaced and its data lost: objectLockEnabled cannot be changed in place`,
        )
        .join('; '),
    },
  },
};

/** What only a bucket without a lock can be given, and what it cannot. */
export const unlockedFields: FieldCases = {
  changed: {
    versioning: {
      change: { versioning: false },
      changes: [
        `${data}.versioning: "Enabled" → "Suspended"`,
        `${data}.lifecycle.Rules: *"expire-noncurrent-versions"* → *`,
      ],
    },
  },
  refused: {
    'objectLock, on a bucket that is there': {
      change: { objectLock: { mode: 'COMPLIANCE', retentionYears: 7 } },
      because: `s3/bucket data (${dataBucket}) would be replaced and its data lost: objectLockEnabled cannot be changed in place`,
    },
  },
};
