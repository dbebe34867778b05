import type { TransitionStorageClass } from '@aws-sdk/client-s3';

/** The spec of a DataLake as its CRD has it, with every default filled in. */
export type DataLakeSpec = {
  readonly bucketName: string;
  readonly prefixes: readonly string[];
  readonly encryption: {
    readonly keyRotation: boolean;
    readonly rotationPeriodDays: number;
    readonly deletionWindowDays: number;
  };
  readonly versioning: boolean;
  readonly noncurrentVersionExpirationDays: number;
  readonly abortIncompleteMultipartUploadDays: number;
  readonly intelligentTiering: boolean;
  readonly lifecycle: readonly PrefixLifecycle[];
  readonly accessLogs: {
    readonly bucketName: string;
    readonly prefix: string;
    readonly retentionDays: number;
  };
  readonly replication?: { readonly bucketName: string };
  readonly objectLock?: LockRetention;
  readonly emptyOnDeletion: boolean;
};

export type PrefixLifecycle = {
  readonly prefix: string;
  readonly transitions?: readonly { readonly days: number; readonly storageClass: TransitionStorageClass }[];
  readonly expirationDays?: number;
};

export type LockRetention = {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
  readonly retentionYears?: number;
  readonly retentionDays?: number;
};

export type DataLakeStatus = {
  readonly bucketArn: string;
  readonly kmsKeyArn: string;
  readonly accessLogBucketArn: string;
  readonly replicaBucketArn: string | undefined;
};
