import {
  GetWebACLCommand,
  ListResourcesForWebACLCommand,
  ListTagsForResourceCommand,
  ListWebACLsCommand,
  type WebACLSummary,
} from '@aws-sdk/client-wafv2';
import type { Clients } from '../clients.ts';
import { byName, without, type DataState } from '../data-state/resources.ts';
import { pairsIn } from './pairs.ts';

export async function webAclsOf({ waf }: Clients): Promise<DataState> {
  const { WebACLs = [] } = await waf.send(new ListWebACLsCommand({ Scope: 'REGIONAL', Limit: 100 }));
  const found = await Promise.all(WebACLs.map((summary) => webAclOf(waf, summary)));
  return { webAcls: byName(found, ({ Name }) => Name) };
}

/** Its rules by name, and with the load balancers that it protects. */
async function webAclOf(waf: Clients['waf'], { Name, Id, ARN }: WebACLSummary) {
  const ofLoadBalancers = { WebACLArn: ARN, ResourceType: 'APPLICATION_LOAD_BALANCER' } as const;
  const [{ WebACL }, { ResourceArns = [] }, { TagInfoForResource }] = await Promise.all([
    waf.send(new GetWebACLCommand({ Name, Id, Scope: 'REGIONAL' })),
    waf.send(new ListResourcesForWebACLCommand(ofLoadBalancers)),
    waf.send(new ListTagsForResourceCommand({ ResourceARN: ARN })),
  ]);
  return {
    ...without({ ...WebACL }, 'Id', 'ARN', 'LabelNamespace', 'Capacity'),
    Rules: byName(WebACL?.Rules, (rule) => rule.Name),
    protects: ResourceArns.map((arn) => arn.split(':loadbalancer/').at(-1)),
    Tags: pairsIn(TagInfoForResource?.TagList),
  };
}
