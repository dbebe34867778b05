import { nodeTag, ownerTag } from '../../controller/engine/ownership.ts';
import type { Claim, OwnerQuery, Tags } from '../../controller/engine/resource-type.ts';

/**
 * Who of those that ask a resource belongs to, the one in its tags first. Whoever made it and finds another owner
 * there is told so: whether it was handed over or tagged by mistake, a person has to say.
 */
export function claimsOn(id: string, tags: Tags, queries: readonly OwnerQuery[]): readonly Claim[] {
  const ownerInTags = tags[ownerTag];
  const claims = queries.flatMap(({ owner, known }): readonly Claim[] => {
    // What is remembered counts more than a tag that somebody may have changed.
    const remembered = [...known].find(([, knownId]) => knownId === id)?.[0];
    if (ownerInTags !== undefined && ownerInTags !== owner)
      return remembered === undefined ? [] : [{ owner, node: remembered, ownedBy: ownerInTags }];
    const node = remembered ?? (ownerInTags === owner ? tags[nodeTag] : undefined);
    return node === undefined ? [] : [{ owner, node }];
  });
  return claims.toSorted(
    (one, other) => Number(one.owner !== ownerInTags) - Number(other.owner !== ownerInTags),
  );
}

/** Whose a resource is; undefined for what belongs to none of those who ask. */
export function identityOf(id: string, tags: Tags, queries: readonly OwnerQuery[]): Claim | undefined {
  return claimsOn(id, tags, queries)[0];
}
