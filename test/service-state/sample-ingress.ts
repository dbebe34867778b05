import { CreateTagsCommand } from '@aws-sdk/client-ec2';
import {
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AssociateWebACLCommand, CreateWebACLCommand } from '@aws-sdk/client-wafv2';
import type { Clients } from '../clients.ts';
import { makeLoadBalancerPlaces, type LoadBalancerPlaces } from '../emulator/elb-places.ts';
import { ElbRequests } from '../emulator/elb-requests.ts';

export const Tags = [{ Key: 'owner', Value: 'payments' }];
export const VisibilityConfig = {
  MetricName: 'api',
  CloudWatchMetricsEnabled: true,
  SampledRequestsEnabled: true,
};

export type SampleIngress = LoadBalancerPlaces & {
  readonly balancerArn: string;
  readonly groupArn: string;
  readonly otherGroupArn: string;
  readonly listenerArn: string;
  readonly webAcl: { readonly Name: string; readonly Id: string };
};

/** A load balancer with a listener, a target group that it forwards to and one that it does not, and a web ACL. */
export async function makeSampleIngress(clients: Clients): Promise<SampleIngress> {
  const { ec2, elb, waf } = clients;
  const places = await makeLoadBalancerPlaces(ec2, 'us-east-1');
  await nameThem(clients, places);
  const make = new ElbRequests(elb, places);
  const balancerArn = await make.balancer({ Tags });
  const groupArn = await make.group({ Tags });
  const otherGroupArn = await make.group({ Name: 'other', Tags });
  const listenerArn = await make.listener(balancerArn, groupArn, { Tags });
  const attributes = { Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] };
  await elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: balancerArn, ...attributes }));
  const delay = { Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }] };
  await elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: groupArn, ...delay }));
  const limit = { RateBasedStatement: { Limit: 2_000, AggregateKeyType: 'IP' } } as const;
  const { Summary } = await waf.send(
    new CreateWebACLCommand({
      Name: 'api',
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig,
      Rules: [{ Name: 'rate', Priority: 0, Action: { Block: {} }, Statement: limit, VisibilityConfig }],
      Tags,
    }),
  );
  await waf.send(new AssociateWebACLCommand({ WebACLArn: Summary?.ARN, ResourceArn: balancerArn }));
  const webAcl = { Name: 'api', Id: Summary?.Id ?? '' };
  return { ...places, balancerArn, groupArn, otherGroupArn, listenerArn, webAcl };
}

async function nameThem({ ec2 }: Clients, { vpcId, subnetIds }: LoadBalancerPlaces): Promise<void> {
  for (const [index, id] of [vpcId, ...subnetIds].entries()) {
    const name = { Key: 'Name', Value: index === 0 ? 'vpc' : `subnet-${index}` };
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [name] }));
  }
}
