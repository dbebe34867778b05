import { parseDuration } from '../../controller/engine/duration.ts';
import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import { text, type Inputs } from '../../controller/engine/ref.ts';
import type { TargetTracking } from '../aws/autoscaling/scalable-target-spec.ts';
import { ScalableTarget } from '../aws/autoscaling/scalable-target.ts';
import type { Aws } from '../aws/cloud.ts';
import type { ClusterOutputs } from '../aws/ecs/cluster-spec.ts';
import type { ServiceOutputs } from '../aws/ecs/service-spec.ts';
import type { Ingress } from './ingress.ts';
import type { ApiServiceSpec } from './spec.ts';

type Parts = {
  readonly cluster: NodeHandle<ClusterOutputs>;
  readonly service: NodeHandle<ServiceOutputs>;
  readonly ingress: Ingress | undefined;
};

/** More tasks while those that are there work hard. Where both bounds are the same there is nothing to choose. */
export function addScaling(
  graph: Graph<Aws>,
  spec: ApiServiceSpec,
  { cluster, service, ingress }: Parts,
): void {
  const { replicas } = spec;
  if (replicas.min === replicas.max) return;
  const { isAsleep } = graph.circumstances;
  graph.add(ScalableTarget, 'scaling', {
    resourceId: text`service/${cluster.ref('name')}/${service.ref('name')}`,
    dimension: 'ecs:service:DesiredCount',
    // Otherwise it would start again at once what sleeps.
    minCapacity: isAsleep ? 0 : replicas.min,
    maxCapacity: replicas.max,
    suspended: { scaleIn: isAsleep, scaleOut: isAsleep, scheduled: isAsleep },
    policies: policiesOf(spec, ingress),
  });
}

/** By name: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html */
function policiesOf(
  { autoscaling }: ApiServiceSpec,
  ingress: Ingress | undefined,
): Readonly<Record<string, Inputs<TargetTracking>>> {
  const { targetCpuPercent, targetMemoryPercent, targetRequestsPerMinute } = autoscaling;
  const common = {
    scaleInCooldown: parseDuration(autoscaling.scaleInCooldown) / 1_000,
    scaleOutCooldown: parseDuration(autoscaling.scaleOutCooldown) / 1_000,
    disableScaleIn: false,
  };
  const cpu = { ...common, metric: 'ECSServiceAverageCPUUtilization' };
  const memory = { ...common, metric: 'ECSServiceAverageMemoryUtilization' };
  const requests = ingress && {
    ...common,
    metric: 'ALBRequestCountPerTarget',
    resourceLabel: text`${ingress.loadBalancer.ref('fullName')}/${ingress.targetGroup.ref('fullName')}`,
  };
  return {
    ...(targetCpuPercent === undefined ? {} : { cpu: { ...cpu, targetValue: targetCpuPercent } }),
    ...(targetMemoryPercent === undefined ? {} : { memory: { ...memory, targetValue: targetMemoryPercent } }),
    ...(targetRequestsPerMinute === undefined || requests === undefined
      ? {}
      : { requests: { ...requests, targetValue: targetRequestsPerMinute } }),
  };
}
