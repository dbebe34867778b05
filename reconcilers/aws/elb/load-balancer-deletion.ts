import { DeleteLoadBalancerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Terminal } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { protectionOf } from '../deletion-protection.ts';
import { ifThere } from '../if-there.ts';
import type { ObservedLoadBalancer } from './load-balancer-list.ts';
import { elbTags } from './tags.ts';

/** Its listeners go with it. Its network interfaces stay for some minutes, and so must subnets and security groups. */
export async function deleteLoadBalancer(aws: Aws, current: ObservedLoadBalancer): Promise<void> {
  const { id, spec } = current;
  const protection = protectionOf(spec.deletionProtection);
  if (protection !== undefined) throw new Terminal('DeletionBlocked', `(${spec.name}) ${protection}`);
  await ifThere(aws.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: id })));
  elbTags.forget(aws, id);
}
