import type { NodeHandle } from '../controller/engine/graph.ts';
import type { Kind } from '../controller/engine/kind.ts';
import type { FakeProcess } from './fake-cloud.ts';
import type { FakeOutputs, FakeSpec, FakeType } from './fake-types.ts';

/** What one node of a fake object is to be; `parent` and `peers` are ids of nodes before it. */
export type FakeNode = {
  readonly id: string;
  readonly type: string;
  readonly parent?: string;
  readonly peers?: readonly string[];
  /** Another object (`Thing/name`) whose id is taken for a peer. */
  readonly object?: string;
  readonly outlivesObject?: true;
  readonly settings?: Partial<Omit<FakeSpec, 'name' | 'parent' | 'peers'>>;
};

export type FakeObjectSpec = { readonly nodes: readonly FakeNode[] };

/** A kind whose spec says word for word what its graph is. */
export function fakeKind(
  types: readonly FakeType[],
): Kind<FakeObjectSpec, { ids: Record<string, string> }, FakeProcess> {
  return {
    kind: 'Thing',
    types,
    build(spec, graph) {
      const handles = new Map<string, NodeHandle<FakeOutputs>>();
      const idOf = (node: string) => {
        const handle = handles.get(node);
        if (handle === undefined) throw new Error(`there is no node ${node} before`);
        return handle.ref('id');
      };
      for (const { id, type: name, parent, peers = [], object, outlivesObject, settings } of spec.nodes) {
        const type = types.find((candidate) => candidate.name === name);
        if (type === undefined) throw new Error(`there is no type ${name}`);
        const others = object === undefined ? [] : [graph.objectRef('Thing', object).ref<string>('ids.main')];
        const inputs = {
          name: graph.nameOf(id),
          ...settings,
          ...(settings?.awake === undefined ? {} : { awake: !graph.circumstances.isAsleep }),
          ...(type.deletionIsReversible === true ? { active: true } : {}),
          ...(parent === undefined ? {} : { parent: idOf(parent) }),
          ...(peers.length + others.length === 0 ? {} : { peers: [...peers.map(idOf), ...others] }),
        };
        const handle = graph.add(type, id, inputs, outlivesObject === true ? { outlivesObject } : {});
        handles.set(id, handle);
      }
      return { ids: Object.fromEntries([...handles].map(([id, handle]) => [id, handle.ref('id')])) };
    },
  };
}
