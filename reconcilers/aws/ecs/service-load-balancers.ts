import type { LoadBalancer } from '@aws-sdk/client-ecs';
import type { ServiceLoadBalancer } from './service-spec.ts';

export function loadBalancersIn(balancers: readonly LoadBalancer[] = []): readonly ServiceLoadBalancer[] {
  return balancers.map(({ targetGroupArn = '', containerName = '', containerPort = 0 }) => ({
    targetGroupArn,
    containerName,
    containerPort,
  }));
}
