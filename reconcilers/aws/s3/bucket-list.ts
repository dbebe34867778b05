import { AccessDenied, NotFound } from '../../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../../controller/engine/ownership.ts';
import type { Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { partitionOf } from '../partition.ts';
import { InOtherRegion } from '../outcome.ts';
import { findOwned } from '../owned.ts';
import { omitTags, withoutAwsTags } from '../tags.ts';
import type { BucketOutputs, BucketSpec } from './bucket-spec.ts';
import { isSettingTag, readBucketTags } from './bucket-tags.ts';
import type { BucketAccess } from './setting.ts';
import { readSettings } from './settings.ts';
import { readObjectLockEnabled } from './settings/object-lock.ts';

type ObservedBucket = Observed<BucketSpec, BucketOutputs>;

/** A bucket that may be there and may be ours. */
type Candidate = {
  readonly name: string;
  /** Known from before: ours even if somebody took its tags away. */
  readonly known?: { readonly owner: string; readonly node: string };
  /** Only its name is known, which anybody else may have taken. */
  readonly byNameOnly: boolean;
};

/** Buckets by their tags, by the names that the objects have chosen, and by what was seen before. */
export async function listBuckets(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedBucket[]> {
  const owners = new Set(queries.map(({ owner }) => owner));
  const tagged = await findOwned(aws, 's3', [...owners]);
  const candidates = new Map<string, Candidate>();
  for (const query of queries) {
    for (const name of query.names.values()) candidates.set(name, { name, byNameOnly: true });
  }
  for (const { arn } of tagged) {
    const name = bucketNameIn(arn);
    if (name !== undefined) candidates.set(name, { name, byNameOnly: false });
  }
  for (const { owner, known } of queries) {
    for (const [node, name] of known)
      candidates.set(name, { name, known: { owner, node }, byNameOnly: false });
  }
  const found = await Promise.all(
    [...candidates.values()].map((candidate) => observe(aws, candidate, owners)),
  );
  return found.filter((bucket) => bucket !== undefined);
}

export function accessTo(aws: Aws, name: string): BucketAccess {
  return { s3: aws.s3, request: { Bucket: name, ExpectedBucketOwner: aws.account } };
}

export function outputsOf(aws: Aws, name: string): BucketOutputs {
  const partition = partitionOf(aws.region);
  return {
    name,
    arn: `arn:${partition.name}:s3:::${name}`,
    regionalDomainName: `${name}.s3.${aws.region}.${partition.domain}`,
  };
}

/** Undefined if it is not there, or goes while it is looked at, or is not of these owners. */
async function observe(
  aws: Aws,
  candidate: Candidate,
  owners: ReadonlySet<string>,
): Promise<ObservedBucket | undefined> {
  const bucket = accessTo(aws, candidate.name);
  try {
    const tags = withoutAwsTags(await readBucketTags(bucket));
    const identity = identityOf(tags, candidate);
    if (identity === undefined || !owners.has(identity.owner)) return undefined;
    return { ...identity, ...(await stateOf(aws, bucket, tags)) };
  } catch (error) {
    if (error instanceof NotFound || error instanceof InOtherRegion) return undefined;
    // Somebody else's bucket of the wanted name: its creation says so.
    if (error instanceof AccessDenied && candidate.byNameOnly) return undefined;
    throw error;
  }
}

/** What the bucket itself says counts; only where it says nothing, what was known. */
function identityOf(
  tags: Tags,
  { known }: Candidate,
): { readonly owner: string; readonly node: string } | undefined {
  const owner = tags[ownerTag];
  const node = tags[nodeTag];
  if (owner === undefined) return known;
  if (node !== undefined) return { owner, node };
  return known?.owner === owner ? known : undefined;
}

async function stateOf(
  aws: Aws,
  bucket: BucketAccess,
  tags: Tags,
): Promise<Omit<ObservedBucket, 'owner' | 'node'>> {
  const name = bucket.request.Bucket;
  const [settings, objectLockEnabled] = await Promise.all([
    readSettings(bucket, tags),
    readObjectLockEnabled(bucket),
  ]);
  return {
    id: name,
    state: 'ready',
    spec: { name, objectLockEnabled, ...settings },
    outputs: outputsOf(aws, name),
    tags: omitTags(tags, isSettingTag),
  };
}

/** Access points and the like are found under `s3` too; the ARN of a bucket ends with its name. */
function bucketNameIn(arn: string): string | undefined {
  return /^arn:[^:]+:s3:::([^/:]+)$/.exec(arn)?.[1];
}
