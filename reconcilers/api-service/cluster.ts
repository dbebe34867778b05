import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import type { ClusterOutputs } from '../aws/ecs/cluster-spec.ts';
import { Cluster } from '../aws/ecs/cluster.ts';
import type { ApiServiceSpec } from './spec.ts';

export function addCluster(
  graph: Graph<Aws>,
  { containerInsights }: ApiServiceSpec,
): NodeHandle<ClusterOutputs> {
  return graph.add(Cluster, 'cluster', {
    name: graph.nameOf('cluster'),
    containerInsights,
    // Both always: one that tasks still run on cannot be taken out, and neither costs anything by being there.
    capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
    defaultCapacityProviderStrategy: { FARGATE: { base: 0, weight: 1 } },
  });
}
