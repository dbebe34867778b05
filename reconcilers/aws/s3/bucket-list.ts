import { nodeTag, ownerTag } from '../../../controller/engine/ownership.ts';
import type { Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { omitTags, withoutAwsTags } from '../tags.ts';
import { accessTo, outputsOf } from './bucket-access.ts';
import { findCandidates, ifExists, type Candidate } from './bucket-search.ts';
import type { BucketOutputs, BucketSpec } from './bucket-spec.ts';
import { isSettingTag, readBucketTags } from './bucket-tags.ts';
import type { BucketAccess } from './setting.ts';
import { readSettings } from './settings.ts';
import { readObjectLockEnabled } from './settings/object-lock.ts';

type ObservedBucket = Observed<BucketSpec, BucketOutputs>;

export async function listBuckets(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedBucket[]> {
  const owners = new Set(queries.map(({ owner }) => owner));
  const candidates = await findCandidates(aws, queries);
  const found = await Promise.all(
    candidates.map((candidate) => ifExists(candidate, () => observe(aws, candidate, owners))),
  );
  return found.filter((bucket) => bucket !== undefined);
}

/** Undefined if it is not of these owners. */
async function observe(
  aws: Aws,
  candidate: Candidate,
  owners: ReadonlySet<string>,
): Promise<ObservedBucket | undefined> {
  const bucket = accessTo(aws, candidate.name);
  const tags = withoutAwsTags(await readBucketTags(bucket));
  const identity = identityOf(tags, candidate);
  if (identity === undefined || !owners.has(identity.owner)) return undefined;
  return { ...identity, ...(await stateOf(aws, bucket, tags)) };
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
