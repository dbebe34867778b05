import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { Graph } from '../../../controller/engine/graph.ts';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import type { ManifestSet } from '../../../controller/manifests/manifest.ts';
import type { Aws } from '../../../reconcilers/aws/cloud.ts';
import { kinds } from '../../../reconcilers/index.ts';
import { readingOf } from '../../product.ts';

/** The network of the contract, and what is in it. */
export const networkKey = 'FintechNetwork/production/core';

export const contract = {
  environment: await contractManifest('production-environment.yaml'),
  network: await contractManifest('production-network.yaml'),
};

/** The manifests of the contract, with fields of the spec that take the place of those; undefined leaves one out. */
export function production(changes: JsonObject = {}, annotations: JsonObject = {}): ManifestSet {
  const { spec, metadata } = contract.network;
  if (!isJsonObject(spec) || !isJsonObject(metadata)) throw new Error('a manifest has a spec and metadata');
  const changed = { metadata: { ...metadata, annotations }, spec: { ...spec, ...changes } };
  return readingOf(contract.environment, { ...contract.network, ...changed });
}

/** The same network in three zones. */
export const threeZones = {
  availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
  subnets: {
    public: ['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'],
    app: ['10.0.11.0/24', '10.0.12.0/24', '10.0.13.0/24'],
    data: ['10.0.21.0/24', '10.0.22.0/24', '10.0.23.0/24'],
  },
} as const;

/** What is wanted of the network: by id, each node with its type, its settings (references as text) and what it needs. */
export type Nodes = Readonly<Record<string, WantedNode>>;

export type WantedNode = {
  readonly type: string;
  readonly spec: JsonObject;
  readonly needs: readonly string[];
};

export function nodesOf(changes: JsonObject = {}): Nodes {
  return wanted(changes).nodes;
}

export function statusOf(changes: JsonObject = {}): unknown {
  return wanted(changes).status;
}

/** Ids that begin in one of these ways. */
export function having(nodes: Nodes, ...prefixes: readonly string[]): readonly string[] {
  return Object.keys(nodes).filter((id) => prefixes.some((prefix) => id.startsWith(prefix)));
}

export function specOf(nodes: Nodes, id: string): JsonObject {
  const node = nodes[id];
  if (node === undefined) throw new Error(`there is no ${id}`);
  return node.spec;
}

function wanted(changes: JsonObject) {
  const object = production(changes).objects.get(networkKey);
  const kind = kinds.find((one) => one.kind === 'FintechNetwork');
  if (object === undefined || kind === undefined) throw new Error(`there is no ${networkKey}`);
  const graph = new Graph<Aws>(
    { kind: 'FintechNetwork', namespace: 'production', name: 'core' },
    { account: '123456789012', region: 'us-east-1', tags: {} },
    kind.types,
  );
  const status = plain(kind.build(object.spec, graph));
  const nodes = graph.nodes.map(({ id, type, inputs, dependsOn }) => {
    return [id, { type: type.name, spec: plain(inputs), needs: dependsOn.toSorted() }] as const;
  });
  return { nodes: Object.fromEntries(nodes), status };
}

/** References become `${ec2/vpc vpc.vpcId}`. */
function plain(value: unknown): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  if (!isJsonObject(copy)) throw new Error('expected a mapping');
  return copy;
}

async function contractManifest(file: string): Promise<JsonObject> {
  const path = new URL(`../../controller/manifests/contract/${file}`, import.meta.url);
  const manifest: unknown = parse(await readFile(path, 'utf8'));
  if (!isJsonObject(manifest)) throw new Error(`${file} holds no manifest`);
  return manifest;
}
