import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import type { LoadBalancerOutputs } from '../aws/elb/load-balancer-spec.ts';
import type { RuleStatement, Visibility, WebAclOutputs, WebAclRule } from '../aws/waf/web-acl-spec.ts';
import { WebAcl } from '../aws/waf/web-acl.ts';
import type { IngressSpec, WafSpec } from './spec.ts';

/** Looks at every request before the load balancer does; undefined where nobody wants that. */
export function addWebAcl(
  graph: Graph<Aws>,
  { waf }: IngressSpec,
  loadBalancer: NodeHandle<LoadBalancerOutputs>,
): NodeHandle<WebAclOutputs> | undefined {
  if (waf === undefined) return undefined;
  const { namespace, name: service } = graph.object;
  // Also that of its metrics.
  const name = graph.nameOf('web-acl');
  return graph.add(WebAcl, 'web-acl', {
    name,
    description: `In front of ${namespace}/${service}`,
    defaultAction: 'Allow',
    rules: rulesOf(waf),
    visibility: visible(name),
    resourceArns: [loadBalancer.ref('arn')],
  });
}

/** What costs least to find out comes first: AWS looks no further at what is blocked. */
function rulesOf({
  blockedCountries,
  rateLimitPer5Min,
  managedRules,
}: WafSpec): Readonly<Record<string, WebAclRule>> {
  const countries = rule('blocked-countries', 0, { type: 'blocked countries', countries: blockedCountries });
  const rate = rule('rate-limit', 1, { type: 'rate limit', requestsPer5Minutes: rateLimitPer5Min });
  const managed = managedRules.map((group, index) =>
    rule(group, 10 + index, { type: 'managed rules', vendor: 'AWS', group, onlyCounts: false }),
  );
  return Object.fromEntries([...(blockedCountries.length === 0 ? [] : [countries]), rate, ...managed]);
}

function rule(
  name: string,
  priority: number,
  statement: RuleStatement,
): readonly [name: string, rule: WebAclRule] {
  return [name, { priority, statement, visibility: visible(name) }];
}

function visible(metricName: string): Visibility {
  return { metricName, metrics: true, sampledRequests: true };
}
