import type { FakeCloud } from '../../fake-cloud.ts';
import type { FakeObjectSpec } from '../../fake-kind.ts';
import { fakeType } from '../../fake-types.ts';

/** Types of every sort, in an order in which later ones refer to earlier ones. */
export const everySort = [
  fakeType('network', { uniqueBy: 'token', creationTime: 2_000, deletionTime: 2_000 }),
  fakeType('key', { holdsData: true, deletionIsReversible: true, deletionTime: 7 * 86_400_000 }),
  fakeType('subnet'),
  fakeType('role', { uniqueBy: 'name', taggable: false }),
  fakeType('gateway', { creationTime: 4_000, deletionTime: 4_000 }),
  fakeType('database', { uniqueBy: 'name', holdsData: true, creationTime: 5_000, deletionTime: 5_000 }),
  fakeType('rule', { taggable: false }),
];

export const whole: FakeObjectSpec = {
  nodes: [
    { id: 'net', type: 'network', settings: { size: 1 } },
    { id: 'key', type: 'key', settings: { settings: { mode: 'strict' } } },
    { id: 'left', type: 'subnet', parent: 'net' },
    { id: 'right', type: 'subnet', parent: 'net', settings: { members: ['b', 'a'] } },
    { id: 'role', type: 'role', peers: ['key'], settings: { size: 1 } },
    { id: 'gate', type: 'gateway', parent: 'left' },
    { id: 'data', type: 'database', parent: 'right', peers: ['role', 'key'], settings: { initialCount: 1 } },
    { id: 'rule', type: 'rule', parent: 'net', peers: ['gate'] },
  ],
};

/** Updates of every sort, one replacement without dependents and one with. */
export const changed: FakeObjectSpec = {
  nodes: [
    { id: 'net', type: 'network', settings: { size: 2 } },
    { id: 'key', type: 'key', settings: { settings: { mode: 'lax' } } },
    { id: 'left', type: 'subnet', parent: 'net', settings: { zone: 'b' } },
    { id: 'right', type: 'subnet', parent: 'net', settings: { members: ['a', 'c'] } },
    { id: 'role', type: 'role', peers: ['key'], settings: { zone: 'b' } },
    { id: 'gate', type: 'gateway', parent: 'left' },
    { id: 'data', type: 'database', parent: 'right', peers: ['key'], settings: { initialCount: 5 } },
    { id: 'rule', type: 'rule', parent: 'net', peers: ['gate'], settings: { size: 3 } },
  ],
};

/** Without its middle and its data, and with a node that became another type. */
export const smaller: FakeObjectSpec = {
  nodes: [
    { id: 'net', type: 'network', settings: { size: 1 } },
    { id: 'left', type: 'subnet', parent: 'net' },
    { id: 'right', type: 'subnet', parent: 'net', settings: { members: ['a', 'b'] } },
    { id: 'role', type: 'role', settings: { size: 1 } },
    { id: 'rule', type: 'subnet', parent: 'net' },
    { id: 'extra', type: 'gateway', parent: 'left' },
  ],
};

/** The key is not to go with the others. */
export const lasting: FakeObjectSpec = {
  nodes: whole.nodes.map((node) => (node.id === 'key' ? { ...node, outlivesObject: true } : node)),
};

/** The data in this version, which is not changed without approval. */
export function inVersion(version: number): FakeObjectSpec {
  const nodes = whole.nodes.map((node) =>
    node.id === 'data' ? { ...node, settings: { ...node.settings, version } } : node,
  );
  return { nodes };
}

/** What exists and is not on its way out, with node names in the place of ids: comparable between runs. */
export function stateOf(cloud: FakeCloud): readonly string[] {
  const all = cloud.resources.filter(({ state }) => state !== 'deleting');
  const nodeOf = new Map(all.map(({ id, node }) => [id, node]));
  const named = (_key: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(String).toSorted();
    return typeof value === 'string' ? (nodeOf.get(value) ?? value) : value;
  };
  return all
    .map(({ type, node, state, spec, tags }) => {
      const keys = Object.keys(tags ?? {}).sort();
      return `${type} ${node} ${state} ${JSON.stringify(spec, named)} ${keys.join(' ')}`;
    })
    .sort();
}
