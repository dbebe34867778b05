import {
  SetIpAddressTypeCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Change } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { writeAccessLogs, writeSettings } from './load-balancer-attributes.ts';
import type { ObservedLoadBalancer } from './load-balancer-list.ts';
import type { LoadBalancerSpec } from './load-balancer-spec.ts';
import { removeOthers } from './other-listeners.ts';

/** What lets in whom it should not is closed first. */
export async function writeLoadBalancer(
  aws: Aws,
  current: ObservedLoadBalancer,
  spec: LoadBalancerSpec,
  changes: readonly Change[],
): Promise<void> {
  const LoadBalancerArn = current.id;
  const changed = new Set(changes.map(({ field }) => field));
  if (changed.has('listenerPorts'))
    await removeOthers(aws, LoadBalancerArn, current.owner, spec.listenerPorts);
  if (changed.has('securityGroupIds'))
    await aws.elb.send(
      new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups: [...spec.securityGroupIds] }),
    );
  await writeSettings(aws, LoadBalancerArn, spec, (setting) => changed.has(setting));
  if (changed.has('subnetIds'))
    await aws.elb.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: [...spec.subnetIds] }));
  if (changed.has('ipAddressType'))
    await aws.elb.send(new SetIpAddressTypeCommand({ LoadBalancerArn, IpAddressType: spec.ipAddressType }));
  if (changed.has('accessLogs')) await writeAccessLogs(aws, LoadBalancerArn, spec);
}
