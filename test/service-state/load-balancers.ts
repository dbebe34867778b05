import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  paginateDescribeLoadBalancers,
  type Listener,
  type LoadBalancer,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { collect } from '../../reconcilers/aws/pages.ts';
import type { Clients } from '../clients.ts';
import { byName, without, type DataState } from '../data-state/resources.ts';
import { pairsIn } from './pairs.ts';

/** Each with its listeners, by port. */
export async function loadBalancersOf({ elb }: Clients): Promise<DataState> {
  const pages = paginateDescribeLoadBalancers({ client: elb }, {});
  const balancers = await collect(pages, (page) => page.LoadBalancers);
  const found = await Promise.all(balancers.map((balancer) => balancerOf(elb, balancer)));
  return { loadBalancers: byName(found, ({ LoadBalancerName }) => LoadBalancerName) };
}

async function balancerOf(elb: Clients['elb'], balancer: LoadBalancer) {
  const { LoadBalancerArn } = balancer;
  const [{ Attributes }, { Listeners = [] }, Tags] = await Promise.all([
    elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
    elb.send(new DescribeListenersCommand({ LoadBalancerArn })),
    tagsOf(elb, LoadBalancerArn),
  ]);
  const listeners = await Promise.all(Listeners.map((listener) => listenerOf(elb, listener)));
  return {
    ...without(balancer, 'LoadBalancerArn', 'DNSName', 'CanonicalHostedZoneId', 'CreatedTime'),
    Attributes: pairsIn(Attributes),
    Listeners: byName(listeners, ({ Port }) => String(Port)),
    Tags,
  };
}

async function listenerOf(elb: Clients['elb'], listener: Listener) {
  const { ListenerArn } = listener;
  const [{ Rules = [] }, Tags] = await Promise.all([
    elb.send(new DescribeRulesCommand({ ListenerArn })),
    tagsOf(elb, ListenerArn),
  ]);
  return {
    ...without(listener, 'ListenerArn', 'LoadBalancerArn'),
    // The default one says what the listener says.
    Rules: Rules.filter(({ IsDefault }) => IsDefault !== true).map((rule) => without(rule, 'RuleArn')),
    Tags,
  };
}

export async function tagsOf(elb: Clients['elb'], arn = ''): Promise<Readonly<Record<string, string>>> {
  const { TagDescriptions = [] } = await elb.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return pairsIn(TagDescriptions[0]?.Tags);
}
