import type { HttpCall } from './operation.ts';

type Names = Readonly<Record<string, string | undefined>>;

/** Sub-resources of a bucket whose operations are named by verb and this: GetBucketAcl, PutBucketAcl, ... */
const BUCKET_SETTINGS: Names = {
  accelerate: 'BucketAccelerateConfiguration',
  acl: 'BucketAcl',
  analytics: 'BucketAnalyticsConfiguration',
  cors: 'BucketCors',
  encryption: 'BucketEncryption',
  'intelligent-tiering': 'BucketIntelligentTieringConfiguration',
  inventory: 'BucketInventoryConfiguration',
  lifecycle: 'BucketLifecycleConfiguration',
  location: 'BucketLocation',
  logging: 'BucketLogging',
  metrics: 'BucketMetricsConfiguration',
  notification: 'BucketNotificationConfiguration',
  'object-lock': 'ObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  policyStatus: 'BucketPolicyStatus',
  publicAccessBlock: 'PublicAccessBlock',
  replication: 'BucketReplication',
  requestPayment: 'BucketRequestPayment',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
  website: 'BucketWebsite',
};

const SEVERAL_BY_ID = ['analytics', 'intelligent-tiering', 'inventory', 'metrics'] as const;

const OBJECT_SETTINGS: Names = {
  acl: 'ObjectAcl',
  attributes: 'ObjectAttributes',
  'legal-hold': 'ObjectLegalHold',
  retention: 'ObjectRetention',
  tagging: 'ObjectTagging',
};

const BUCKET_ITSELF: Names = {
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
  HEAD: 'HeadBucket',
  GET: 'ListObjects',
  POST: 'PostObject',
};
const OBJECT_ITSELF: Names = {
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
  HEAD: 'HeadObject',
  GET: 'GetObject',
};

const VERBS: Names = { GET: 'Get', PUT: 'Put', DELETE: 'Delete', HEAD: 'Head', POST: 'Post' };

/** The name of an S3 operation, which the request only says by method, path and sub-resource. */
export function s3Operation(call: HttpCall): string {
  const url = new URL(call.url, 'http://emulator');
  const path = url.pathname.split('/').filter((part) => part !== '');
  const depth = path.length + (bucketIsInHost(call.headers.host ?? '') ? 1 : 0);
  const query = url.searchParams;

  const name = query.get('x-id');
  if (name !== null) return name;
  if (depth === 0) return 'ListBuckets';
  const special = depth === 1 ? bucketOperation(call.method, query) : objectOperation(call, query);
  return special ?? `${call.method} ${url.search}`;
}

function bucketIsInHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name.endsWith('.localhost') || /^.+\.s3[.-].*amazonaws\.com$/.test(name);
}

function bucketOperation(method: string, query: URLSearchParams): string | undefined {
  if (query.has('delete')) return 'DeleteObjects';
  if (query.has('uploads')) return 'ListMultipartUploads';
  if (query.has('versions')) return 'ListObjectVersions';
  if (query.get('list-type') === '2') return 'ListObjectsV2';

  const setting = Object.keys(BUCKET_SETTINGS).find((key) => query.has(key));
  if (setting === undefined) return BUCKET_ITSELF[method];
  if (method === 'DELETE' && setting === 'lifecycle') return 'DeleteBucketLifecycle';
  if (SEVERAL_BY_ID.some((key) => key === setting) && !query.has('id')) {
    return `List${BUCKET_SETTINGS[setting]}s`;
  }
  return `${VERBS[method]}${BUCKET_SETTINGS[setting]}`;
}

function objectOperation(call: HttpCall, query: URLSearchParams): string | undefined {
  const copies = call.headers['x-amz-copy-source'] !== undefined;
  if (query.has('uploads')) return 'CreateMultipartUpload';
  if (query.has('uploadId')) {
    const part = copies ? 'UploadPartCopy' : 'UploadPart';
    const names: Names = {
      PUT: part,
      POST: 'CompleteMultipartUpload',
      DELETE: 'AbortMultipartUpload',
      GET: 'ListParts',
    };
    return names[call.method];
  }
  if (query.has('restore')) return 'RestoreObject';
  if (query.has('select')) return 'SelectObjectContent';
  const setting = Object.keys(OBJECT_SETTINGS).find((key) => query.has(key));
  if (setting !== undefined) return `${VERBS[call.method]}${OBJECT_SETTINGS[setting]}`;
  return copies && call.method === 'PUT' ? 'CopyObject' : OBJECT_ITSELF[call.method];
}
