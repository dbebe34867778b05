import type { Graph } from './graph.ts';
import type { Change, Observed, Tags } from './resource-type.ts';

/** The tags by which a resource is found again, put on by the call that creates it. */
export const ownerTag = 'fintech.global/owner';
export const nodeTag = 'fintech.global/node';
/** By which policies know what the controller may change. */
export const managedTags = { ManagedBy: 'fintech-controller' } as const;
/** Put on what stays in AWS after its object or node is gone; such a resource is left alone. */
export const retainedTag = 'fintech.global/retained';

export function tagsOf<Cloud>(graph: Graph<Cloud>, owner: string, node: string): Tags {
  return {
    ...graph.place.tags,
    ...managedTags,
    Name: graph.nameOf(node),
    [ownerTag]: owner,
    [nodeTag]: node,
  };
}

export function isRetained(resource: Observed): boolean {
  return resource.tags?.[retainedTag] !== undefined;
}

/**
 * What differs in the tags. Tags of others stay; one that we put on and no longer want goes,
 * as does the mark of a retained resource that is wanted again.
 */
export function tagChanges(wanted: Tags, actual: Tags, tagKeys: readonly string[]): readonly Change[] {
  const change = (key: string): Change => ({
    field: 'tags',
    path: `tags.${key}`,
    from: actual[key],
    to: wanted[key],
    severity: 'cost',
  });
  const different = Object.keys(wanted).filter((key) => wanted[key] !== actual[key]);
  const leftOver = [...tagKeys, retainedTag].filter(
    (key) => wanted[key] === undefined && actual[key] !== undefined,
  );
  return [...different, ...leftOver].map(change);
}

/** The whole set of tags that a resource has after these changes. */
export function tagsAfter(actual: Tags, changes: readonly Change[]): Tags {
  const tags: Record<string, string> = { ...actual };
  for (const { path, to } of changes) {
    const key = path.slice('tags.'.length);
    if (typeof to === 'string') tags[key] = to;
    else delete tags[key];
  }
  return tags;
}
