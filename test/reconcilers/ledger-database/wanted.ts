import { Graph, type Circumstances } from '../../../controller/engine/graph.ts';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import type { Aws } from '../../../reconcilers/aws/cloud.ts';
import { ledgerDatabase } from '../../../reconcilers/ledger-database/ledger-database.ts';
import { kinds } from '../../../reconcilers/index.ts';
import { readingOf } from '../../product.ts';
import { contract, ledgerKey, smallNetwork } from './ledger.ts';
import { withSpec } from '../contract-manifest.ts';

/** What is wanted of a ledger: by id, each node with its type, its settings (references as text) and what it needs. */
export type Wanted = {
  readonly nodes: Readonly<Record<string, WantedNode>>;
  readonly status: JsonObject;
};

export type WantedNode = {
  readonly type: string;
  readonly spec: JsonObject;
  readonly needs: readonly string[];
  readonly outlivesObject: boolean;
};

/** Another ledger of the namespace, from which this one can be restored. */
const source = {
  ...contract.ledger,
  metadata: { name: 'source', namespace: 'production' },
  spec: {
    ...Object(contract.ledger['spec']),
    credentials: { username: 'fintechadmin', secretName: 'source/credentials' },
    cache: undefined,
  },
};

/** The ledger of the contract, with fields of its spec that take the place of those there. */
export function wanted(changes: JsonObject = {}, circumstances: Partial<Circumstances> = {}): Wanted {
  const set = readingOf(contract.environment, smallNetwork, source, withSpec(contract.ledger, changes));
  const kind = kinds.find(({ kind: name }) => name === ledgerDatabase.kind);
  const object = set.objects.get(ledgerKey);
  if (object === undefined || kind === undefined) throw new Error(`there is no ${ledgerKey}`);
  const graph = new Graph<Aws>(
    { kind: 'LedgerDatabase', namespace: 'production', name: 'ledger' },
    { account: '123456789012', region: 'us-east-1', tags: {} },
    kind.types,
    { isAsleep: false, applyImmediately: false, ...circumstances },
  );
  const status = plain(kind.build(object.spec, graph));
  const nodes = graph.nodes.map(({ id, type, inputs, dependsOn, outlivesObject }) => {
    const node = { type: type.name, spec: plain(inputs), needs: dependsOn.toSorted(), outlivesObject };
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
