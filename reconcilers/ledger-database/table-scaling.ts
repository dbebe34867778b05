import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import { text } from '../../controller/engine/ref.ts';
import { ScalableTarget } from '../aws/autoscaling/scalable-target.ts';
import type { Aws } from '../aws/cloud.ts';
import type { TableOutputs } from '../aws/dynamodb/table-spec.ts';
import type { TableOfLedger, UnitsRange } from './spec.ts';

type Direction = 'Read' | 'Write';

/** What DynamoDB's console sets, in seconds. */
const cooldown = 60;

/** Reads and writes of a provisioned table, and of each of its indexes, are scaled each on its own. */
export function addTableScaling(
  graph: Graph<Aws>,
  { capacity, name, globalIndexes }: TableOfLedger,
  table: NodeHandle<TableOutputs>,
): void {
  if (capacity.mode === 'OnDemand') return;
  for (const index of [undefined, ...globalIndexes]) {
    const id = index === undefined ? name : `${name}/${index.name}`;
    add(graph, `scale-read-${id}`, 'Read', capacity.read, table, index?.name);
    add(graph, `scale-write-${id}`, 'Write', capacity.write, table, index?.name);
  }
}

function add(
  graph: Graph<Aws>,
  node: string,
  direction: Direction,
  { min, max, targetPercent }: UnitsRange,
  table: NodeHandle<TableOutputs>,
  index: string | undefined,
): void {
  const part = index === undefined ? 'table' : 'index';
  graph.add(ScalableTarget, node, {
    resourceId:
      index === undefined
        ? text`table/${table.ref('name')}`
        : text`table/${table.ref('name')}/index/${index}`,
    dimension: `dynamodb:${part}:${direction}CapacityUnits`,
    minCapacity: min,
    maxCapacity: max,
    suspended: { scaleIn: false, scaleOut: false, scheduled: false },
    policies: {
      [`${direction.toLowerCase()}-utilization`]: {
        metric: `DynamoDB${direction}CapacityUtilization`,
        targetValue: targetPercent,
        scaleInCooldown: cooldown,
        scaleOutCooldown: cooldown,
        disableScaleIn: false,
      },
    },
  });
}
