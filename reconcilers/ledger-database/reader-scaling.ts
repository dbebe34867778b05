import { parseDuration } from '../../controller/engine/duration.ts';
import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import { text } from '../../controller/engine/ref.ts';
import type { Fields } from '../../controller/engine/resource-type.ts';
import { ScalableTarget } from '../aws/autoscaling/scalable-target.ts';
import type { Aws } from '../aws/cloud.ts';
import type { ClusterOutputs } from '../aws/rds/cluster/cluster-spec.ts';
import type { ReaderAutoscaling } from './spec.ts';

/** More readers while those that are there work hard; AWS wants instances before it takes the policy. */
export function addReaderScaling(
  graph: Graph<Aws>,
  scaling: ReaderAutoscaling | undefined,
  cluster: NodeHandle<ClusterOutputs>,
  instances: readonly NodeHandle<Fields>[],
): void {
  if (scaling === undefined) return;
  graph.add(
    ScalableTarget,
    'reader-scaling',
    {
      resourceId: text`cluster:${cluster.ref('identifier')}`,
      dimension: 'rds:cluster:ReadReplicaCount',
      minCapacity: scaling.min,
      maxCapacity: scaling.max,
      suspended: { scaleIn: false, scaleOut: false, scheduled: false },
      policies: {
        'reader-cpu': {
          metric: 'RDSReaderAverageCPUUtilization',
          targetValue: scaling.targetCpuPercent,
          scaleInCooldown: parseDuration(scaling.scaleInCooldown) / 1_000,
          scaleOutCooldown: parseDuration(scaling.scaleOutCooldown) / 1_000,
          disableScaleIn: false,
        },
      },
    },
    { after: instances },
  );
}
