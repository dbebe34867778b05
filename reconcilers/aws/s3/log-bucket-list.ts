import type { Observed, OwnerQuery } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { omitTags } from '../tags.ts';
import { outputsOf } from './bucket-access.ts';
import { findCandidates, ifExists, type Candidate } from './bucket-search.ts';
import { isSettingTag } from './bucket-tags.ts';
import { forgetSettings, readSettings } from './log-bucket-settings.ts';
import type { LogBucketOutputs, LogBucketSpec } from './log-bucket-spec.ts';
import { logBucketTags } from './log-bucket-tags.ts';

export type ObservedLogBucket = Observed<LogBucketSpec, LogBucketOutputs>;

export async function listLogBuckets(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedLogBucket[]> {
  const candidates = await findCandidates(aws, queries);
  const found = await Promise.all(
    candidates.map(async (candidate) => {
      const buckets = (await ifExists(candidate, () => observe(aws, candidate, queries))) ?? [];
      // What is ours under this name later may be another bucket.
      if (buckets.length === 0) forgetSettings(aws, candidate.name);
      return buckets;
    }),
  );
  return found.flat();
}

/** Nothing if it is not of these owners. */
async function observe(
  aws: Aws,
  { name, indexed }: Candidate,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedLogBucket[]> {
  const outputs = outputsOf(aws, name);
  const tags = await logBucketTags.of(aws, outputs.arn, indexed);
  const claims = claimsOn(name, tags, queries);
  if (claims.length === 0) return [];
  const settings = await readSettings(aws, name, tags);
  return claims.map((claim) => ({
    ...claim,
    id: name,
    state: 'ready',
    spec: { name, ...settings },
    outputs,
    tags: omitTags(tags, isSettingTag),
  }));
}
