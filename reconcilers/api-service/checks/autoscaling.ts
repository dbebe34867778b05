import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec } from '../spec.ts';
import { durationFault } from './duration.ts';

/** ECS and Application Auto Scaling keep it in 32 bits. */
const longest = 2_147_483_647;

/** Bounds in their order, and something to choose between them by. */
export function checkAutoscaling(spec: ApiServiceSpec): readonly SpecFault[] {
  const { replicas, autoscaling, ingress } = spec;
  const { targetRequestsPerMinute, scaleInCooldown, scaleOutCooldown } = autoscaling;
  return [
    ...replicasFaults(replicas),
    ...(replicas.max > replicas.min && !hasTarget(autoscaling)
      ? [
          {
            path: ['autoscaling'],
            message: `nothing says when there are ${replicas.max} tasks; give a target, like targetCpuPercent: 70`,
          },
        ]
      : []),
    ...(targetRequestsPerMinute !== undefined && ingress === undefined
      ? [
          {
            path: ['autoscaling', 'targetRequestsPerMinute'],
            message: 'only with ingress: it is the load balancer that counts requests',
          },
        ]
      : []),
    ...durationFault(['autoscaling', 'scaleInCooldown'], scaleInCooldown, [0, longest]),
    ...durationFault(['autoscaling', 'scaleOutCooldown'], scaleOutCooldown, [0, longest]),
  ];
}

function replicasFaults({ min, max }: ApiServiceSpec['replicas']): readonly SpecFault[] {
  const path = ['replicas', 'min'];
  if (min > max) return [{ path, message: `${min} is more than max, which is ${max}` }];
  if (min > 0 || max === 0) return [];
  const message = '0 only with max: 0: where no task runs there is nothing to measure, so none is ever added';
  return [{ path, message }];
}

function hasTarget({
  targetCpuPercent,
  targetMemoryPercent,
  targetRequestsPerMinute,
}: ApiServiceSpec['autoscaling']): boolean {
  return [targetCpuPercent, targetMemoryPercent, targetRequestsPerMinute].some((one) => one !== undefined);
}
