import { nodeTag, ownerTag } from '../../controller/engine/ownership.ts';
import type { Identity, OwnerQuery, Tags } from '../../controller/engine/resource-type.ts';

/** Whose a resource is; undefined for what belongs to none of those who ask. */
export function identityOf(id: string, tags: Tags, queries: readonly OwnerQuery[]): Identity | undefined {
  const ownerInTags = tags[ownerTag];
  for (const { owner, known } of queries) {
    // Another owner's is not ours, even if we made it.
    if (ownerInTags !== undefined && ownerInTags !== owner) continue;
    // What is remembered counts more than a tag that somebody may have changed.
    const remembered = [...known].find(([, knownId]) => knownId === id)?.[0];
    const node = remembered ?? (ownerInTags === owner ? tags[nodeTag] : undefined);
    if (node !== undefined) return { owner, node };
  }
  return undefined;
}
