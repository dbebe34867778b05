import {
  CreateListenerCommand,
  CreateRuleCommand,
  ModifyListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DisassociateWebACLCommand, GetWebACLCommand, UpdateWebACLCommand } from '@aws-sdk/client-wafv2';
import { VisibilityConfig } from './sample-ingress.ts';
import type { ChangesByHand } from './changes-by-hand.ts';

const balancer = 'loadBalancers.api';
const groups = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup';

export const ingressChanges: ChangesByHand = {
  'an attribute of a load balancer': {
    make: ({ elb }, { balancerArn: LoadBalancerArn }) => {
      const Attributes = [{ Key: 'idle_timeout.timeout_seconds', Value: '61' }];
      return elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
    },
    shows: [`${balancer}.Attributes.idle_timeout.timeout_seconds: "60" → "61"`],
  },
  'a subnet of a load balancer': {
    make: ({ elb }, { balancerArn: LoadBalancerArn, subnetIds }) =>
      elb.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: subnetIds.slice(1) })),
    shows: [
      `${balancer}.AvailabilityZones.0.SubnetId: "subnet-1" → "subnet-2"`,
      `${balancer}.AvailabilityZones.0.ZoneName: "us-east-1a" → "us-east-1b"`,
      `${balancer}.AvailabilityZones.1.SubnetId: "subnet-2" → "subnet-3"`,
      `${balancer}.AvailabilityZones.1.ZoneName: "us-east-1b" → "us-east-1c"`,
    ],
  },
  'the security group of a load balancer': {
    make: ({ elb }, { balancerArn: LoadBalancerArn, securityGroupIds }) =>
      elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups: [securityGroupIds[1]] })),
    shows: [`${balancer}.SecurityGroups.0: "public" → "other"`],
  },
  'the action of a listener': {
    make: ({ elb }, { listenerArn: ListenerArn, otherGroupArn: TargetGroupArn }) => {
      const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
      return elb.send(new ModifyListenerCommand({ ListenerArn, DefaultActions }));
    },
    shows: [
      `${balancer}.Listeners.80.DefaultActions.0.ForwardConfig.TargetGroups.0.TargetGroupArn: "${groups}/api" → "${groups}/other"`,
      `${balancer}.Listeners.80.DefaultActions.0.TargetGroupArn: "${groups}/api" → "${groups}/other"`,
      'targetGroups.api.LoadBalancerArns: *',
      'targetGroups.other.LoadBalancerArns: *',
    ],
  },
  'a rule of a listener': {
    make: ({ elb }, { listenerArn: ListenerArn, groupArn: TargetGroupArn }) => {
      const Conditions = [{ Field: 'path-pattern', Values: ['/admin'] }];
      const Actions = [{ Type: 'forward' as const, TargetGroupArn }];
      return elb.send(new CreateRuleCommand({ ListenerArn, Priority: 1, Conditions, Actions }));
    },
    shows: [`${balancer}.Listeners.80.Rules: [] → *"/admin"*`],
  },
  'another listener': {
    make: ({ elb }, { balancerArn: LoadBalancerArn, groupArn: TargetGroupArn }) => {
      const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
      const settings = { Port: 81, Protocol: 'HTTP', DefaultActions } as const;
      return elb.send(new CreateListenerCommand({ LoadBalancerArn, ...settings }));
    },
    shows: [`${balancer}.Listeners.81: nothing → *`],
  },
  'the health check, an attribute and a target of a target group': {
    make: async ({ elb }, { groupArn: TargetGroupArn }) => {
      await elb.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPath: '/healthz' }));
      const Attributes = [{ Key: 'stickiness.enabled', Value: 'true' }];
      await elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
      await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: '10.0.0.9' }] }));
    },
    shows: [
      'targetGroups.api.Attributes.stickiness.enabled: "false" → "true"',
      'targetGroups.api.HealthCheckPath: "/" → "/healthz"',
      'targetGroups.api.targets: 0 → 1',
    ],
  },
  'the rules of a web ACL': {
    make: async ({ waf }, { webAcl }) => {
      const key = { ...webAcl, Scope: 'REGIONAL' as const };
      const { LockToken } = await waf.send(new GetWebACLCommand(key));
      const settings = { DefaultAction: { Block: {} }, VisibilityConfig };
      await waf.send(new UpdateWebACLCommand({ ...key, LockToken, ...settings }));
    },
    shows: [
      'webAcls.api.DefaultAction.Allow: {} → nothing',
      'webAcls.api.DefaultAction.Block: nothing → {}',
      'webAcls.api.Rules.rate: * → nothing',
    ],
  },
  'what a web ACL protects': {
    make: ({ waf }, { balancerArn: ResourceArn }) => waf.send(new DisassociateWebACLCommand({ ResourceArn })),
    shows: ['webAcls.api.protects: ["app/api"] → []'],
  },
};
