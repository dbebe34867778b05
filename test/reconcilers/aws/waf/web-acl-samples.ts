import { CreateSubnetCommand, CreateVpcCommand } from '@aws-sdk/client-ec2';
import { CreateLoadBalancerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Rule } from '@aws-sdk/client-wafv2';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { RuleStatement, WebAclRule, WebAclSpec } from '../../../../reconcilers/aws/waf/web-acl-spec.ts';

export function sampleRule(metricName: string, priority: number, statement: RuleStatement): WebAclRule {
  return { priority, visibility: sampleVisibility(metricName), statement };
}

export const sampleRules = {
  'blocked-countries': sampleRule('blocked-countries', 0, {
    type: 'blocked countries',
    countries: ['KP', 'SY'],
  }),
  'rate-limit': sampleRule('rate-limit', 1, { type: 'rate limit', requestsPer5Minutes: 2_000 }),
  common: sampleRule('common', 2, {
    type: 'managed rules',
    vendor: 'AWS',
    group: 'AWSManagedRulesCommonRuleSet',
    onlyCounts: false,
  }),
} as const;

/** As somebody would make it who lets one path through. */
export const ruleOfOthers: Rule = {
  Name: 'let-through',
  Priority: 9,
  Action: { Allow: {} },
  Statement: {
    ByteMatchStatement: {
      SearchString: Buffer.from('/admin'),
      FieldToMatch: { UriPath: {} },
      TextTransformations: [{ Priority: 0, Type: 'NONE' }],
      PositionalConstraint: 'STARTS_WITH',
    },
  },
  VisibilityConfig: {
    MetricName: 'let-through',
    CloudWatchMetricsEnabled: true,
    SampledRequestsEnabled: true,
  },
};

export function sampleWebAcl(name: string): WebAclSpec {
  return {
    name,
    description: 'A sample',
    defaultAction: 'Allow',
    rules: sampleRules,
    visibility: sampleVisibility(name),
    resourceArns: [],
  };
}

function sampleVisibility(metricName: string) {
  return { metricName, metrics: true, sampledRequests: true };
}

/** Load balancers that share a network. */
export async function makeLoadBalancers(
  { ec2, elb }: Aws,
  names: readonly string[],
): Promise<readonly string[]> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const Subnets: string[] = [];
  for (const [number, AvailabilityZone] of ['eu-west-1a', 'eu-west-1b'].entries()) {
    const place = { VpcId: Vpc?.VpcId, AvailabilityZone, CidrBlock: `10.0.${number}.0/24` };
    const { Subnet } = await ec2.send(new CreateSubnetCommand(place));
    Subnets.push(Subnet?.SubnetId ?? '');
  }
  const arns: string[] = [];
  for (const Name of names) {
    const made = await elb.send(new CreateLoadBalancerCommand({ Name, Subnets, Scheme: 'internal' }));
    arns.push(made.LoadBalancers?.[0]?.LoadBalancerArn ?? '');
  }
  return arns;
}
