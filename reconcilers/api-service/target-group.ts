import { parseDuration } from '../../controller/engine/duration.ts';
import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { elbNameOf } from '../aws/elb/load-balancer-name.ts';
import type { TargetGroupOutputs } from '../aws/elb/target-group-spec.ts';
import { TargetGroup } from '../aws/elb/target-group.ts';
import { placeOf } from './load-balancer-place.ts';
import type { Network } from './network.ts';
import type { ApiServiceSpec, IngressSpec } from './spec.ts';

/**
 * ECS registers each task with the port of its container, so that tasks before and after a change of port are in the
 * same group; the port of the group itself, which AWS cannot change, is that of none of them.
 */
const unusedPort = 80;

export function addTargetGroup(
  graph: Graph<Aws>,
  { healthCheck }: ApiServiceSpec,
  ingress: IngressSpec,
  network: Network,
): NodeHandle<TargetGroupOutputs> {
  const place = placeOf(ingress);
  return graph.add(TargetGroup, `target-group-${place}`, {
    name: elbNameOf(graph.nameOf(place)),
    protocol: 'HTTP',
    port: unusedPort,
    vpcId: network.vpcId,
    targetType: 'ip',
    healthCheck: {
      protocol: 'HTTP',
      port: 'traffic-port',
      path: healthCheck.path,
      intervalSeconds: parseDuration(healthCheck.interval) / 1_000,
      timeoutSeconds: parseDuration(healthCheck.timeout) / 1_000,
      healthyThreshold: healthCheck.healthyThreshold,
      unhealthyThreshold: healthCheck.unhealthyThreshold,
      successCodes: healthCheck.successCodes,
    },
    deregistrationDelaySeconds: parseDuration(ingress.deregistrationDelay) / 1_000,
    stickiness: false,
    algorithm: 'round_robin',
    slowStartSeconds: 0,
  });
}
