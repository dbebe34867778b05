import { AccessDenied, NotFound } from '../../../controller/engine/errors.ts';
import type { OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { InOtherRegion } from '../outcome.ts';
import { findOwned } from '../owned.ts';
import { bucketNameIn } from './bucket-access.ts';

/** A bucket that may be there and may be ours. */
export type Candidate = {
  readonly name: string;
  /** Known from before: ours even if somebody took its tags away. */
  readonly known?: { readonly owner: string; readonly node: string };
  /** Only its name is known, which anybody else may have taken. */
  readonly byNameOnly: boolean;
  /** Its tags as the index of tags shows them, if it does. */
  readonly indexed: Tags | undefined;
};

/** Buckets by their tags, by the names that the objects have chosen, and by what was seen before. */
export async function findCandidates(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly Candidate[]> {
  const owners = new Set(queries.map(({ owner }) => owner));
  const tagged = await findOwned(aws, 's3', [...owners]);
  const candidates = new Map<string, Candidate>();
  for (const query of queries) {
    for (const name of query.names.values())
      candidates.set(name, { name, byNameOnly: true, indexed: undefined });
  }
  for (const { arn, tags } of tagged) {
    const name = bucketNameIn(arn);
    if (name !== undefined) candidates.set(name, { name, byNameOnly: false, indexed: tags });
  }
  for (const { owner, known } of queries) {
    for (const [node, name] of known) {
      const indexed = candidates.get(name)?.indexed;
      candidates.set(name, { name, known: { owner, node }, byNameOnly: false, indexed });
    }
  }
  return [...candidates.values()];
}

/** Undefined if the bucket is not there, or goes while it is looked at, or only its name is that of ours. */
export async function ifExists<Found>(
  { byNameOnly }: Candidate,
  look: () => Promise<Found>,
): Promise<Found | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof NotFound || error instanceof InOtherRegion) return undefined;
    // Somebody else's bucket of the wanted name: its creation says so.
    if (error instanceof AccessDenied && byNameOnly) return undefined;
    throw error;
  }
}
