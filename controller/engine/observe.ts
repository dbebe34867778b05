import { Terminal } from './errors.ts';
import type { Graph } from './graph.ts';
import type { Journal } from './journal.ts';
import type { AnyResourceType, Observed, OwnerQuery } from './resource-type.ts';
import type { SharedLists } from './shared-lists.ts';

export type Observation = {
  readonly types: ReadonlyMap<Observed, string>;
  readonly resources: readonly Observed[];
};

/**
 * Reads everything that an object has, all types at once: identity is owner and node, so no value of
 * one resource is needed to find another.
 */
export async function observe<Cloud extends object>(
  lists: SharedLists<Cloud>,
  cloud: Cloud,
  owner: string,
  graph: Graph<Cloud>,
  types: readonly AnyResourceType<Cloud>[],
  journal: Journal,
): Promise<Observation> {
  const found = await Promise.all(
    types.map((type) => lists.list(cloud, type, queryFor(owner, graph, type, journal))),
  );
  const listed = types.flatMap((type, index) =>
    (found[index] ?? []).map((resource) => [resource, type.name] as const),
  );
  // What is being deleted comes first: in a map by node its successor takes its place.
  const typeOf = new Map(listed.toSorted(([one], [other]) => rank(one) - rank(other)));
  journal.observed(typeOf);
  return { types: typeOf, resources: [...typeOf.keys()] };
}

/** What is another's by now comes before that, in case somebody else's took its place. */
function rank(resource: Observed): number {
  if (resource.ownedBy !== undefined) return 0;
  return resource.state === 'deleting' ? 1 : 2;
}

/** Two resources that claim to be the same node cannot be told apart: a person has to choose. */
export function checkNoDuplicates({ types }: Observation): void {
  const seen = new Map<string, Observed>();
  for (const [resource, type] of types) {
    if (resource.state === 'deleting' || resource.ownedBy !== undefined) continue;
    const name = `${type} ${resource.node}`;
    const other = seen.get(name);
    if (other !== undefined) {
      throw new Terminal(
        'DuplicateResources',
        `${name} exists twice: ${other.id} and ${resource.id}; delete the wrong one or remove its fintech.global/ tags`,
      );
    }
    seen.set(name, resource);
  }
}

function queryFor<Cloud>(
  owner: string,
  graph: Graph<Cloud>,
  type: AnyResourceType<Cloud>,
  journal: Journal,
): OwnerQuery {
  const names = new Map<string, string>();
  for (const node of graph.nodes) {
    const name = type.nameField === undefined ? undefined : node.inputs[type.nameField];
    if (node.type.name === type.name && typeof name === 'string') names.set(node.id, name);
  }
  return { owner, names, known: journal.knownOf(type.name), unconfirmed: journal.unconfirmedOf(type.name) };
}
