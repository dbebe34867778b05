import { Graph, type Circumstances } from '../../../controller/engine/graph.ts';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import type { Aws } from '../../../reconcilers/aws/cloud.ts';
import { kinds } from '../../../reconcilers/index.ts';
import { contract, service, serviceKey } from './service.ts';

/** What is wanted of a service: by id, each node with its type, its settings (references as text) and what it needs. */
export type Wanted = {
  readonly nodes: Readonly<Record<string, WantedNode>>;
  readonly status: JsonObject;
};

export type WantedNode = {
  readonly type: string;
  readonly spec: JsonObject;
  readonly needs: readonly string[];
  readonly waitsFor: readonly string[];
  readonly outlivesObject: boolean;
};

/** The service of the contract, with fields of its spec that take the place of those there. */
export function wanted(changes: JsonObject = {}, circumstances: Partial<Circumstances> = {}): Wanted {
  const object = service({ spec: changes }).objects.get(serviceKey);
  const kind = kinds.find(({ kind: name }) => name === object?.kind);
  if (object === undefined || kind === undefined) throw new Error(`there is no ${serviceKey}`);
  const graph = new Graph<Aws>(
    { kind: 'ApiService', namespace: 'production', name: 'fintech-api' },
    { account: '123456789012', region: 'us-east-1', tags: {} },
    kind.types,
    { isAsleep: false, applyImmediately: false, ...circumstances },
  );
  const status = plain(kind.build(object.spec, graph));
  const nodes = graph.nodes.map(({ id, type, inputs, dependsOn, waitsFor, outlivesObject }) => {
    const needs = dependsOn.toSorted();
    const node = {
      type: type.name,
      spec: plain(inputs),
      needs,
      waitsFor: waitsFor.toSorted(),
      outlivesObject,
    };
    return [id, node] as const;
  });
  return { nodes: Object.fromEntries(nodes), status };
}

/** References become `${kms/key key.arn}`. */
function plain(value: unknown): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  if (!isJsonObject(copy)) throw new Error('expected a mapping');
  return copy;
}

/** The settings that a service of these changes has at a node. */
export function specOf(id: string, ...of: Parameters<typeof wanted>): JsonObject {
  const node = wanted(...of).nodes[id];
  if (node === undefined) throw new Error(`there is no ${id}`);
  return node.spec;
}

/** Fields of a part of the contract's spec, such as `ingress`, with these in their place. */
export function withPart(part: string, changes: JsonObject): JsonObject {
  const { spec } = contract.service;
  const fields = isJsonObject(spec) ? spec[part] : undefined;
  if (!isJsonObject(fields)) throw new Error(`the contract has no ${part}`);
  return { [part]: { ...fields, ...changes } };
}

/**
 * What a change of the contract changes: ids of nodes that it adds, as `+id`, that it takes away, as `-id`, and that
 * differ, as `~id`; but for alarms and the dashboard, which show all that there is.
 */
export function differences(...of: Parameters<typeof wanted>): readonly string[] {
  const [one, other] = [wanted().nodes, wanted(...of).nodes];
  const ids = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return ids
    .filter((id) => id !== 'dashboard' && !id.startsWith('alarm-'))
    .flatMap((id) => {
      if (!(id in one)) return [`+${id}`];
      if (!(id in other)) return [`-${id}`];
      return JSON.stringify(one[id]) === JSON.stringify(other[id]) ? [] : [`~${id}`];
    })
    .toSorted();
}
