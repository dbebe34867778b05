import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketTaggingCommand,
  PutObjectLockConfigurationCommand,
  type S3Client,
  type ServerSideEncryptionByDefault,
} from '@aws-sdk/client-s3';
import { dataBucket } from './lake.ts';

export function encrypt(
  s3: S3Client,
  Bucket: string,
  ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault,
  blocked: 'NONE' | 'SSE-C' = 'SSE-C',
) {
  const BlockedEncryptionTypes = { EncryptionType: [blocked] };
  const Rules = [{ ApplyServerSideEncryptionByDefault, BlockedEncryptionTypes }];
  return s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
}

type LockRule = { readonly DefaultRetention: { readonly Mode: 'GOVERNANCE'; readonly Days: number } };

export function lock(s3: S3Client, Bucket: string, Rule: LockRule | undefined) {
  const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule } as const;
  return s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
}

export async function allowAnotherAccount(s3: S3Client, Bucket: string) {
  const { Policy = '' } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
  const statement = {
    Sid: 'LetIn',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::210987654321:root' },
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${Bucket}/*`,
  };
  const widened = Policy.replace(/\]\}$/, `,${JSON.stringify(statement)}]}`);
  return s3.send(new PutBucketPolicyCommand({ Bucket, Policy: widened }));
}

export function logInto(s3: S3Client, Bucket: string, TargetBucket: string, TargetPrefix: string) {
  const LoggingEnabled = { TargetBucket, TargetPrefix };
  return s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
}

export async function expireSoon(s3: S3Client, Bucket: string) {
  const { Rules = [] } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  const expiration = {
    ID: 'somebody',
    Status: 'Enabled',
    Filter: { Prefix: 'raw/' },
    Expiration: { Days: 1 },
  } as const;
  const LifecycleConfiguration = { Rules: [...Rules, expiration] };
  return s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
}

export function replicateAs(role: string) {
  return async (s3: S3Client, Bucket: string) => {
    const { ReplicationConfiguration } = await s3.send(new GetBucketReplicationCommand({ Bucket }));
    const Role = `arn:aws:iam::123456789012:role/${role}`;
    const changed = { Rules: ReplicationConfiguration?.Rules, Role };
    return s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration: changed }));
  };
}

export function replicateBack(s3: S3Client, Bucket: string) {
  const rule = {
    ID: 'somebody',
    Priority: 1,
    Status: 'Enabled',
    Filter: { Prefix: '' },
    DeleteMarkerReplication: { Status: 'Disabled' },
    Destination: { Bucket: `arn:aws:s3:::${dataBucket}` },
  } as const;
  const ReplicationConfiguration = { Role: 'arn:aws:iam::123456789012:role/somebody', Rules: [rule] };
  return s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration }));
}

/** The tags as they are, but for these; undefined takes one away. */
export async function tag(
  s3: S3Client,
  Bucket: string,
  changes: Readonly<Record<string, string | undefined>>,
) {
  const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
  const kept = TagSet.filter(({ Key = '' }) => !(Key in changes));
  const put = Object.entries(changes).flatMap(([Key, Value]) =>
    Value === undefined ? [] : [{ Key, Value }],
  );
  return s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [...kept, ...put] } }));
}

export async function deleteWhole(s3: S3Client, Bucket: string): Promise<void> {
  for (let isLast = false; !isLast;) {
    const { Versions = [], IsTruncated } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = Versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    isLast = IsTruncated !== true;
  }
  await s3.send(new DeleteBucketCommand({ Bucket }));
}
