import {
  GetRoleCommand,
  type IAMClient,
  paginateGetAccountAuthorizationDetails,
  type RoleDetail,
} from '@aws-sdk/client-iam';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import {
  GetBucketAccelerateConfigurationCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListBucketIntelligentTieringConfigurationsCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { isPlainObject } from '../controller/engine/compare.ts';
import { collect } from '../reconcilers/aws/pages.ts';
import type { Clients } from './clients.ts';

export type AwsState = Readonly<
  Record<'buckets' | 'keys' | 'roles' | 'others', Readonly<Record<string, unknown>>>
>;

/**
 * Everything in an account of the emulator, in AWS's own words, without what differs each time: times, and ids,
 * in whose place stand names.
 */
export async function readAwsState(clients: Clients): Promise<AwsState> {
  const [buckets, keys, roles, others] = await Promise.all([
    bucketsOf(clients),
    keysOf(clients),
    rolesOf(clients),
    othersOf(clients),
  ]);
  const names = new Map<string, string>();
  const named: Record<string, unknown> = {};
  for (const { id, name, key } of keys) {
    const taken = Object.keys(named).filter(
      (other) => other === name || other.startsWith(`${name} #`),
    ).length;
    const unique = taken === 0 ? name : `${name} #${taken + 1}`;
    named[unique] = key;
    names.set(id, `<${unique}>`);
  }
  return withNames({ buckets, keys: named, roles, others }, names);
}

/** Every value that is not the same in both, as `path: from → to`. */
export function changesBetween(before: unknown, after: unknown, path = ''): readonly string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return changesBetween(Object.fromEntries(before.entries()), Object.fromEntries(after.entries()), path);
  if (!isPlainObject(before) || !isPlainObject(after)) return [`${path}: ${text(before)} → ${text(after)}`];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) =>
    changesBetween(before[name], after[name], path === '' ? name : `${path}.${name}`),
  );
}

type BucketReads = Readonly<Record<string, (s3: S3Client, Bucket: string) => Promise<unknown>>>;

const bucketReads: BucketReads = {
  publicAccess: async (s3, Bucket) =>
    (await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration,
  ownership: async (s3, Bucket) =>
    (await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls?.Rules,
  encryption: async (s3, Bucket) =>
    (await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules,
  versioning: async (s3, Bucket) => (await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status,
  objectLock: async (s3, Bucket) =>
    (await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration,
  policy: async (s3, Bucket) => parsed((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy),
  logging: async (s3, Bucket) => (await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled,
  lifecycle: (s3, Bucket) => s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
  replication: async (s3, Bucket) =>
    (await s3.send(new GetBucketReplicationCommand({ Bucket }))).ReplicationConfiguration,
  intelligentTiering: async (s3, Bucket) =>
    (await s3.send(new ListBucketIntelligentTieringConfigurationsCommand({ Bucket })))
      .IntelligentTieringConfigurationList,
  website: (s3, Bucket) => s3.send(new GetBucketWebsiteCommand({ Bucket })),
  cors: async (s3, Bucket) => (await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules,
  requestPayment: async (s3, Bucket) => (await s3.send(new GetBucketRequestPaymentCommand({ Bucket }))).Payer,
  // Never switched on, and switched off again, is the same.
  acceleration: async (s3, Bucket) =>
    (await s3.send(new GetBucketAccelerateConfigurationCommand({ Bucket }))).Status ?? 'Suspended',
  notifications: (s3, Bucket) => s3.send(new GetBucketNotificationConfigurationCommand({ Bucket })),
  objects: async (s3, Bucket) => {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const keys = [
      ...Versions.map(({ Key = '' }) => Key),
      ...DeleteMarkers.map(({ Key = '' }) => `${Key} deleted`),
    ];
    return [...new Set(keys)].filter((key) => !isAccessLog(key)).sort();
  },
  tags: async (s3, Bucket) => tagsOf((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet),
};

async function bucketsOf({ s3 }: Clients): Promise<Readonly<Record<string, unknown>>> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const names = Buckets.map(({ Name = '' }) => Name).sort();
  const read = await Promise.all(names.map(async (name) => [name, await bucketOf(s3, name)] as const));
  return Object.fromEntries(read);
}

async function bucketOf(s3: S3Client, name: string): Promise<unknown> {
  const settings = Object.entries(bucketReads).map(
    async ([setting, read]) => [setting, plain(await unlessAbsent(read(s3, name)))] as const,
  );
  return Object.fromEntries((await Promise.all(settings)).filter(([, value]) => !isEmpty(value)));
}

async function unlessAbsent(reading: Promise<unknown>): Promise<unknown> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
    throw error;
  }
}

type KeyState = { readonly id: string; readonly name: string; readonly key: unknown };

async function keysOf({ kms }: Clients): Promise<readonly KeyState[]> {
  const [{ Keys = [] }, { Aliases = [] }] = await Promise.all([
    kms.send(new ListKeysCommand({})),
    kms.send(new ListAliasesCommand({})),
  ]);
  const keys = await Promise.all(
    Keys.map(async ({ KeyId = '' }) => {
      const aliases = Aliases.filter(({ TargetKeyId }) => TargetKeyId === KeyId).map(
        ({ AliasName }) => AliasName,
      );
      return keyOf(kms, KeyId, aliases);
    }),
  );
  return keys.sort((one, other) => (text(one) < text(other) ? -1 : 1));
}

async function keyOf(kms: KMSClient, KeyId: string, aliases: readonly unknown[]): Promise<KeyState> {
  const [{ KeyMetadata }, { Policy }, rotation, { Tags = [] }] = await Promise.all([
    kms.send(new DescribeKeyCommand({ KeyId })),
    kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' })),
    kms.send(new GetKeyRotationStatusCommand({ KeyId })),
    kms.send(new ListResourceTagsCommand({ KeyId })),
  ]);
  const tags = tagsOf(Tags.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue })));
  const { KeyState: state, Description: description, KeySpec: spec, KeyUsage: usage } = KeyMetadata ?? {};
  const { KeyRotationEnabled, RotationPeriodInDays } = rotation;
  const key = {
    state,
    description,
    spec,
    usage,
    multiRegion: KeyMetadata?.MultiRegion,
    aliases,
    rotation: KeyRotationEnabled === true ? `every ${RotationPeriodInDays} days` : 'off',
    policy: parsed(Policy),
    tags,
  };
  return { id: KeyId, name: tags['Name'] ?? 'somebody’s key', key: plain(key) };
}

async function rolesOf({ iam }: Clients): Promise<Readonly<Record<string, unknown>>> {
  const pages = paginateGetAccountAuthorizationDetails({ client: iam }, { Filter: ['Role'] });
  const roles = await collect(pages, (page) => page.RoleDetailList);
  const read = await Promise.all(
    roles.map(async (role) => [role.RoleName ?? '', await roleOf(iam, role)] as const),
  );
  return Object.fromEntries(read.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The details of an account say all of a role but its description and how long it is assumed for. */
async function roleOf(iam: IAMClient, detail: RoleDetail): Promise<unknown> {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: detail.RoleName }));
  const { RolePolicyList = [], AttachedManagedPolicies = [] } = detail;
  const inline = RolePolicyList.map(
    ({ PolicyName = '', PolicyDocument }) => [PolicyName, parsed(PolicyDocument)] as const,
  );
  return plain({
    path: Role?.Path,
    description: Role?.Description,
    maxSessionSeconds: Role?.MaxSessionDuration,
    trust: parsed(Role?.AssumeRolePolicyDocument),
    inlinePolicies: Object.fromEntries(inline),
    managedPolicies: AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn),
    boundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
    tags: tagsOf(Role?.Tags),
  });
}

/** What is tagged and has no part of its own here: a resource that nobody expects shows all the same. */
async function othersOf({ tagging }: Clients): Promise<Readonly<Record<string, unknown>>> {
  const { ResourceTagMappingList = [] } = await tagging.send(new GetResourcesCommand({}));
  const others = ResourceTagMappingList.filter(
    ({ ResourceARN = '', Tags = [] }) =>
      Tags.length > 0 &&
      !/^arn:aws:(s3|kms|iam|ec2|logs|rds|elasticache|dynamodb|secretsmanager|application-autoscaling|elasticloadbalancing|wafv2|ecr|ecs|cloudwatch|sns):/.test(
        ResourceARN,
      ),
  );
  return Object.fromEntries(others.map(({ ResourceARN = '', Tags }) => [ResourceARN, tagsOf(Tags)]));
}

type SdkTag = { readonly Key?: string | undefined; readonly Value?: string | undefined };

function tagsOf(tags: readonly SdkTag[] | undefined): Readonly<Record<string, string>> {
  const sorted = (tags ?? []).toSorted((one, other) => ((one.Key ?? '') < (other.Key ?? '') ? -1 : 1));
  return Object.fromEntries(sorted.map(({ Key = '', Value = '' }) => [Key, untimed(Value)]));
}

/** The emulator delivers access logs at once, `<prefix>2026-01-01-00-00-00-0123456789ABCDEF` for each request. */
function isAccessLog(key: string): boolean {
  return /\d{4}(-\d\d){5}-[0-9A-F]{16}$/.test(key);
}

function untimed(value: string): string {
  return value.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
}

/** IAM gives its policies URL-encoded. */
function parsed(policy: string | undefined): unknown {
  if (policy === undefined) return undefined;
  const found: unknown = JSON.parse(policy.startsWith('%') ? decodeURIComponent(policy) : policy);
  return found;
}

/** Without what the SDK adds, and without what is not said. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).filter(([key, item]) => key !== '$metadata' && item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item)]));
}

function withNames(state: AwsState, names: ReadonlyMap<string, string>): AwsState {
  let written = JSON.stringify(state);
  for (const [id, name] of names) written = written.replaceAll(id, name);
  const read: AwsState = JSON.parse(written);
  return read;
}

function text(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || ['{}', '[]'].includes(JSON.stringify(value));
}
