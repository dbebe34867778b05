import {
  DeleteBucketIntelligentTieringConfigurationCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketReplicationCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  PutBucketAccelerateConfigurationCommand,
  PutBucketCorsCommand,
  PutBucketIntelligentTieringConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketRequestPaymentCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  allowAnotherAccount,
  deleteWhole,
  encrypt,
  expireSoon,
  lock,
  logInto,
  replicateAs,
  replicateBack,
  tag,
} from './bucket-changes.ts';
import type { DriftRow } from '../drift-row.ts';
import { dataBucket, logBucket, replicaBucket } from './lake.ts';

type BucketNode = { readonly node: string; readonly name: string };

const data: BucketNode = { node: 'data', name: dataBucket };
const replica: BucketNode = { node: 'replica', name: replicaBucket };
const logs: BucketNode = { node: 'access-logs', name: logBucket };
const all = [data, replica, logs];

function row(
  buckets: readonly BucketNode[],
  what: string,
  change: (s3: S3Client, Bucket: string) => Promise<unknown>,
  says: readonly string[],
  options: Pick<DriftRow, 'batch' | 'leaves'> = {},
): DriftRow {
  const nodes = buckets.map(({ node }) => node).join(', ');
  return {
    what: `${what} of ${nodes}`,
    change: ({ s3 }) => Promise.all(buckets.map(({ name }) => change(s3, name))),
    says: buckets.flatMap(({ node }) => says.map((text) => `s3/bucket ${node}${text}`)),
    ...options,
  };
}

/** Everything that can be set on a bucket, set otherwise. */
export const bucketDrift: readonly DriftRow[] = [
  ...all.map((bucket) =>
    row([bucket], 'deletes the whole', deleteWhole, [' is missing, should be there (availability)'], {
      batch: 1,
    }),
  ),
  row(
    all,
    'opens the block of public access',
    (s3, Bucket) => s3.send(new DeletePublicAccessBlockCommand({ Bucket })),
    [
      ': publicAccessBlock.blockPublicAcls is false, should be true (security)',
      ': publicAccessBlock.ignorePublicAcls is false, should be true (security)',
      ': publicAccessBlock.blockPublicPolicy is false, should be true (security)',
      ': publicAccessBlock.restrictPublicBuckets is false, should be true (security)',
    ],
  ),
  row(
    all,
    'allows ACLs',
    (s3, Bucket) =>
      s3.send(
        new PutBucketOwnershipControlsCommand({
          Bucket,
          OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
        }),
      ),
    [': ownership is ObjectWriter, should be BucketOwnerEnforced (security)'],
  ),
  row(
    [data, replica],
    'takes away the key',
    (s3, Bucket) => encrypt(s3, Bucket, { SSEAlgorithm: 'AES256' }),
    [
      ': encryption.algorithm is AES256, should be aws:kms (security)',
      ': encryption.keyArn is absent, should be arn:aws:kms:us-east-1:123456789012:key/* (security)',
      ': encryption.bucketKey is absent, should be true (security)',
    ],
  ),
  row(
    [logs],
    'puts a key',
    (s3, Bucket) => encrypt(s3, Bucket, { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/aws/s3' }, 'NONE'),
    [
      ': encryption.algorithm is aws:kms, should be AES256 (security)',
      ': encryption.keyArn is alias/aws/s3, should be absent (security)',
      ': encryption.bucketKey is false, should be absent (security)',
      ': encryption.customerProvidedKeys is allowed, should be absent (security)',
    ],
  ),
  row(
    [logs],
    'suspends the versions',
    (s3, Bucket) =>
      s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } })),
    [': versioning is Suspended, should be Enabled (availability)'],
  ),
  row(
    [data],
    'shortens the retention',
    (s3, Bucket) => lock(s3, Bucket, { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } }),
    [
      ': objectLock.mode is GOVERNANCE, should be COMPLIANCE (security)',
      ': objectLock.days is 1, should be absent (security)',
      ': objectLock.years is absent, should be 7 (security)',
    ],
  ),
  row([replica], 'ends the retention', (s3, Bucket) => lock(s3, Bucket, undefined), [
    ': objectLock is absent, should be {"mode":"COMPLIANCE","years":7} (security)',
  ]),
  row([replica], 'deletes the policy', (s3, Bucket) => s3.send(new DeleteBucketPolicyCommand({ Bucket })), [
    ': policy is absent, should be {"Version":"2012-10-17","Statement":[{"Sid":"DenyPlainHttp"* (security)',
  ]),
  row([data, logs], 'lets another account into the policy', allowAnotherAccount, [
    ': policy.Statement is [{"Sid":"DenyPlainHttp"*, should be [{"Sid":"DenyPlainHttp"* (security)',
  ]),
  row(
    [data],
    'ends the access logs',
    (s3, Bucket) => s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} })),
    [
      `: logging is absent, should be {"targetBucket":"${logBucket}","targetPrefix":"access-logs/"} (security)`,
    ],
  ),
  row(
    [replica],
    'sends the access logs elsewhere',
    (s3, Bucket) => logInto(s3, Bucket, dataBucket, 'elsewhere/'),
    [
      `: logging.targetBucket is ${dataBucket}, should be ${logBucket} (security)`,
      ': logging.targetPrefix is elsewhere/, should be access-logs/replica/ (security)',
    ],
  ),
  row([logs], 'begins access logs', (s3, Bucket) => logInto(s3, Bucket, dataBucket, 'self/'), [
    `: logging is {"targetBucket":"${dataBucket}","targetPrefix":"self/"}, should be absent (security)`,
  ]),
  row(
    [replica, logs],
    'deletes the lifecycle',
    (s3, Bucket) => s3.send(new DeleteBucketLifecycleCommand({ Bucket })),
    [': lifecycle.rules is [], should be [{"id":"abort-incomplete-uploads"* (cost)'],
  ),
  row([data], 'adds an expiration to the lifecycle', expireSoon, [
    ': lifecycle.rules is [{"id":"abort-incomplete-uploads"*, should be [{"id":"abort-incomplete-uploads"* (cost)',
  ]),
  row(
    [data],
    'ends the replication',
    (s3, Bucket) => s3.send(new DeleteBucketReplicationCommand({ Bucket })),
    [
      ': replication is absent, should be {"role":"arn:aws:iam::123456789012:role/*replication"* (availability)',
    ],
  ),
  row(
    [data],
    'changes the role of the replication',
    replicateAs('somebody'),
    [
      ': replication.role is arn:aws:iam::123456789012:role/somebody, should be arn:aws:iam::123456789012:role/*/production-lake-replication (availability)',
    ],
    { batch: 2 },
  ),
  row([replica], 'begins a replication', replicateBack, [
    ': replication is {"role":"arn:aws:iam::123456789012:role/somebody"*, should be absent (availability)',
  ]),
  row(
    [data, replica],
    'ends the tiering',
    (s3, Bucket) =>
      s3.send(new DeleteBucketIntelligentTieringConfigurationCommand({ Bucket, Id: 'entire-bucket' })),
    [': intelligentTiering is [], should be [{"id":"entire-bucket"* (cost)'],
  ),
  row(
    [logs],
    'begins a tiering',
    (s3, Bucket) =>
      s3.send(
        new PutBucketIntelligentTieringConfigurationCommand({
          Bucket,
          Id: 'somebody',
          IntelligentTieringConfiguration: {
            Id: 'somebody',
            Status: 'Enabled',
            Tierings: [{ Days: 90, AccessTier: 'ARCHIVE_ACCESS' }],
          },
        }),
      ),
    [': intelligentTiering is [{"id":"somebody"*, should be [] (cost)'],
  ),
  row(
    all,
    'makes a website',
    (s3, Bucket) =>
      s3.send(
        new PutBucketWebsiteCommand({
          Bucket,
          WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
        }),
      ),
    [': website is {"indexDocument":"index.html"*, should be absent (security)'],
  ),
  row(
    all,
    'adds CORS',
    (s3, Bucket) =>
      s3.send(
        new PutBucketCorsCommand({
          Bucket,
          CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] },
        }),
      ),
    [': cors is [{"allowedOrigins":["*"],"allowedMethods":["GET"]}], should be [] (security)'],
  ),
  row(
    all,
    'lets the reader pay for requests',
    (s3, Bucket) =>
      s3.send(
        new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer: 'Requester' } }),
      ),
    [': requestPayment is Requester, should be BucketOwner (*)'],
  ),
  row(
    all,
    'accelerates transfers',
    (s3, Bucket) =>
      s3.send(
        new PutBucketAccelerateConfigurationCommand({
          Bucket,
          AccelerateConfiguration: { Status: 'Enabled' },
        }),
      ),
    [': acceleration is Enabled, should be Suspended (*)'],
  ),
  row(
    [data],
    'deletes a folder',
    (s3, Bucket) => s3.send(new DeleteObjectCommand({ Bucket, Key: 'raw/events/' })),
    [': prefixMarkers is [*], should be [*"raw/events/"*] (cosmetic)'],
    { leaves: [`buckets.${dataBucket}.objects: * → *"raw/events/","raw/events/ deleted"*`] },
  ),
  row(
    all,
    'permits to empty it by a tag',
    (s3, Bucket) => tag(s3, Bucket, { 'fintech.global/empty-on-deletion': 'true' }),
    [': emptyOnDeletion is true, should be false (*)'],
  ),
  row(all, 'changes a tag', (s3, Bucket) => tag(s3, Bucket, { CostCenter: 'CC-1', Compliance: undefined }), [
    ': tags.CostCenter is CC-1, should be CC-12345 (cost)',
    ': tags.Compliance is absent, should be SOC2 (cost)',
  ]),
  row(
    [data],
    'takes away the owner tag',
    (s3, Bucket) => tag(s3, Bucket, { 'fintech.global/owner': undefined }),
    [': tags.fintech.global/owner is absent, should be DataLake/production/lake (cost)'],
  ),
  row(
    [replica],
    'takes away all tags',
    (s3, Bucket) => s3.send(new DeleteBucketTaggingCommand({ Bucket })),
    [
      ['AutoShutdown', 'false'],
      ['BackupPolicy', 'Daily'],
      ['Compliance', 'SOC2'],
      ['CostCenter', 'CC-12345'],
      ['DataClassification', 'Confidential'],
      ['Environment', 'Production'],
      ['ManagedBy', 'fintech-controller'],
      ['Name', 'production-lake-replica'],
      ['Owner', 'team-platform@company.com'],
      ['Project', 'FinTechGlobal'],
      ['fintech.global/node', 'replica'],
      ['fintech.global/owner', 'DataLake/production/lake'],
    ].map(([key = '', value = '']) => `: tags.${key} is absent, should be ${value} (cost)`),
    { batch: 2 },
  ),
];
