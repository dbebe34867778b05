import type { NodeHandle } from '../controller/engine/graph.ts';
import type { AnyKind } from '../controller/engine/kind.ts';
import { text } from '../controller/engine/ref.ts';
import { benchTypes, type BenchOutputs, type CompactCloud } from './compact-cloud.ts';
import { layout, settingsOf } from './layout.ts';

export const benchKind: AnyKind<CompactCloud> = {
  kind: 'Bench',
  types: [...benchTypes.values()],
  build(_spec, graph) {
    const handles: NodeHandle<BenchOutputs>[] = [];
    const handleOf = (node: number): NodeHandle<BenchOutputs> => {
      const handle = handles[node];
      if (handle === undefined) throw new Error(`there is no node ${node} before`);
      return handle;
    };
    for (const place of layout) {
      const type = benchTypes.get(place.type);
      if (type === undefined) throw new Error(`there is no type ${place.type}`);
      const settings = settingsOf(
        place,
        graph.nameOf(place.id),
        (node) => handleOf(node).ref('id'),
        (node) => text`${handleOf(node).ref('id')}/*`,
      );
      handles.push(graph.add(type, place.id, settings));
    }
    return { buckets: handles.filter(({ type }) => type === 'bucket').map((bucket) => bucket.ref('arn')) };
  },
};
