import { Terminal } from '../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../controller/engine/ownership.ts';
import type { Identity, OwnerQuery, Tags } from '../../controller/engine/resource-type.ts';

/** What is remembered counts more than a tag that somebody may have changed; another owner's is not ours. */
export function identityOf(id: string, tags: Tags, queries: readonly OwnerQuery[]): Identity | undefined {
  const ownerInTags = tags[ownerTag];
  for (const { owner, known } of queries) {
    if (ownerInTags !== undefined && ownerInTags !== owner) continue;
    const remembered = [...known].find(([, knownId]) => knownId === id)?.[0];
    const node = remembered ?? (ownerInTags === owner ? tags[nodeTag] : undefined);
    if (node !== undefined) return { owner, node };
  }
  return undefined;
}

/** Throws if what has the wanted name is somebody else's. `what` begins the message: `a table orders exists already`. */
export function makeSureItIsOurs(what: string, tags: Tags, { owner, node }: Identity, cause?: unknown): void {
  if (tags[ownerTag] === owner && tags[nodeTag] === node) return;
  const whose =
    tags[ownerTag] === undefined
      ? `is not owned by ${owner}`
      : `is owned by ${tags[ownerTag]} (${tags[nodeTag] ?? ''})`;
  throw new Terminal(
    'NotOwned',
    `cannot be created: ${what} and ${whose}; to hand it over, ` +
      `put the tags ${ownerTag}=${owner} and ${nodeTag}=${node} on it, or choose another name`,
    { cause },
  );
}
