import { Terminal } from '../../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../../controller/engine/ownership.ts';
import type { Identity } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { readLogGroupTags } from './log-group-tags.ts';

/** Throws if the group of this name is somebody else's. */
export async function makeSureItIsOurs(
  aws: Aws,
  name: string,
  { owner, node }: Identity,
  cause: unknown,
): Promise<void> {
  const tags = await readLogGroupTags(aws, name);
  if (tags[ownerTag] === owner && tags[nodeTag] === node) return;
  const whose =
    tags[ownerTag] === undefined
      ? `is not owned by ${owner}`
      : `is owned by ${tags[ownerTag]} (${tags[nodeTag] ?? ''})`;
  throw new Terminal(
    'NotOwned',
    `cannot be created: a log group ${name} exists already and ${whose}; to hand it over, ` +
      `put the tags ${ownerTag}=${owner} and ${nodeTag}=${node} on it, or choose another name`,
    { cause },
  );
}
