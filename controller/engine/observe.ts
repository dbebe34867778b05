import { Terminal } from './errors.ts';
import type { Graph } from './graph.ts';
import type { Journal } from './journal.ts';
import type { Memory } from './memory.ts';
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
  const { memory } = journal;
  const found = await Promise.all(
    types.map((type) => lists.list(cloud, type, queryFor(owner, graph, type, memory))),
  );
  const typeOf = new Map<Observed, string>();
  for (const [index, type] of types.entries()) {
    for (const resource of found[index] ?? []) typeOf.set(resource, type.name);
  }
  const resources = [...typeOf.keys()];
  journal.observed(resources, new Map(types.map((type) => [type.name, type.settleTime])));
  for (const [resource, type] of typeOf) journal.seen(resource.node, type, resource.id);
  return { types: typeOf, resources };
}

/** Two resources that claim to be the same node cannot be told apart: a person has to choose. */
export function checkNoDuplicates({ types }: Observation): void {
  const seen = new Map<string, Observed>();
  for (const [resource, type] of types) {
    if (resource.state === 'deleting') continue;
    const other = seen.get(resource.node);
    if (other !== undefined) {
      throw new Terminal(
        'DuplicateResources',
        `${type} ${resource.node} exists twice: ${other.id} and ${resource.id}; delete the wrong one or remove its fintech.global/ tags`,
      );
    }
    seen.set(resource.node, resource);
  }
}

function queryFor<Cloud>(
  owner: string,
  graph: Graph<Cloud>,
  type: AnyResourceType<Cloud>,
  memory: Memory,
): OwnerQuery {
  const names = new Map<string, string>();
  for (const node of graph.nodes) {
    const name = type.nameField === undefined ? undefined : node.inputs[type.nameField];
    if (node.type.name === type.name && typeof name === 'string') names.set(node.id, name);
  }
  const known = Object.entries(memory.resources).filter(([, resource]) => resource.type === type.name);
  const unconfirmed = Object.entries(memory.intents).filter(([, intent]) => intent.type === type.name);
  return {
    owner,
    names,
    known: new Map(known.map(([node, { id }]) => [node, id])),
    unconfirmed: new Set(unconfirmed.map(([node]) => node)),
  };
}
