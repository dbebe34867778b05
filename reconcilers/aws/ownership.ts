import { Terminal } from '../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../controller/engine/ownership.ts';
import type { Identity, Tags } from '../../controller/engine/resource-type.ts';

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
