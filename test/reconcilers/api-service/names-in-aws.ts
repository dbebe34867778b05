import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Clients } from '../../clients.ts';

/** What AWS calls the resource of a node. */
export function named(node: string): string {
  return `production-fintech-api-${node}`;
}

export function arnOf(service: string, rest: string): string {
  return `arn:aws:${service}:us-east-1:123456789012:${rest}`;
}

export function policyOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

export async function loadBalancer({ elb }: Clients): Promise<string> {
  const Names = [named('public')];
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({ Names }));
  return LoadBalancers[0]?.LoadBalancerArn ?? '';
}

export async function listener(clients: Clients, port: number): Promise<string> {
  const LoadBalancerArn = await loadBalancer(clients);
  const { Listeners = [] } = await clients.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
  return Listeners.find(({ Port }) => Port === port)?.ListenerArn ?? '';
}

export async function targetGroup({ elb }: Clients): Promise<string> {
  const Names = [named('public')];
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({ Names }));
  return TargetGroups[0]?.TargetGroupArn ?? '';
}

/** Of the network: `sg-app`. */
export async function securityGroup({ ec2 }: Clients, node: string): Promise<string> {
  const Filters = [{ Name: 'group-name', Values: [`production-core-${node}`] }];
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups[0]?.GroupId ?? '';
}

/** Of the network, one in each zone: `public`, `app` or `data`. */
export async function subnets({ ec2 }: Clients, tier: string): Promise<string[]> {
  const Filters = [{ Name: 'tag:Name', Values: [`production-core-${tier}-*`] }];
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
  return Subnets.map(({ SubnetId = '' }) => SubnetId);
}
