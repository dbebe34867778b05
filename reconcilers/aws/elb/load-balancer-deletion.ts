import { DeleteLoadBalancerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Terminal } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import type { ObservedLoadBalancer } from './load-balancer-list.ts';
import { elbTags } from './tags.ts';

/** Its listeners go with it. Its network interfaces stay for some minutes, and so must subnets and security groups. */
export async function deleteLoadBalancer(aws: Aws, current: ObservedLoadBalancer): Promise<void> {
  const { id, spec } = current;
  const protection = protectionOf(current);
  if (protection !== undefined) throw new Terminal('DeletionBlocked', `(${spec.name}) ${protection}`);
  await ifThere(aws.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: id })));
  elbTags.forget(aws, id);
}

export function protectionOf({ spec }: ObservedLoadBalancer): string | undefined {
  return spec.deletionProtection
    ? 'has deletion protection: set deletionProtection to false first, and delete it then'
    : undefined;
}
