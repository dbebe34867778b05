import {
  DescribeScalableTargetsCommand,
  TagResourceCommand as TagScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { TagResourceCommand as TagMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { TagResourceCommand as TagLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { TagResourceCommand as TagRepositoryCommand } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, TagResourceCommand as TagEcsCommand } from '@aws-sdk/client-ecs';
import { AddTagsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { TagResourceCommand as TagTopicCommand } from '@aws-sdk/client-sns';
import { ListWebACLsCommand, TagResourceCommand as TagWebAclCommand } from '@aws-sdk/client-wafv2';
import type { ChangesByHand } from './changes-by-hand.ts';
import { target } from './sample-service.ts';

const Tags = [{ Key: 'new', Value: '1' }];
const tags = [{ key: 'new', value: '1' }];
const inAccount = 'us-east-1:123456789012';

export const tagChanges: ChangesByHand = {
  'tags of load balancer, listener and target group': {
    make: ({ elb }, { balancerArn, listenerArn, groupArn }) =>
      elb.send(new AddTagsCommand({ ResourceArns: [balancerArn, listenerArn, groupArn], Tags })),
    shows: [
      'loadBalancers.api.Listeners.80.Tags.new: nothing → "1"',
      'loadBalancers.api.Tags.new: nothing → "1"',
      'targetGroups.api.Tags.new: nothing → "1"',
    ],
  },
  'tags of web ACL, repository, log group and topic': {
    make: async ({ waf, ecr, logs, sns }, { topicArn }) => {
      const { WebACLs = [] } = await waf.send(new ListWebACLsCommand({ Scope: 'REGIONAL' }));
      await waf.send(new TagWebAclCommand({ ResourceARN: WebACLs[0]?.ARN, Tags }));
      const repository = `arn:aws:ecr:${inAccount}:repository/api`;
      await ecr.send(new TagRepositoryCommand({ resourceArn: repository, tags: Tags }));
      const group = `arn:aws:logs:${inAccount}:log-group:/ecs/api`;
      await logs.send(new TagLogGroupCommand({ resourceArn: group, tags: { new: '1' } }));
      await sns.send(new TagTopicCommand({ ResourceArn: topicArn, Tags }));
    },
    shows: [
      'logGroups./ecs/api.Tags.new: nothing → "1"',
      'repositories.api.Tags.new: nothing → "1"',
      'topics.alarms.Tags.new: nothing → "1"',
      'webAcls.api.Tags.new: nothing → "1"',
    ],
  },
  'tags of service, cluster and task definition': {
    make: async ({ ecs }) => {
      const wanted = new DescribeServicesCommand({ cluster: 'main', services: ['api'] });
      const { services = [] } = await ecs.send(wanted);
      for (const { serviceArn, clusterArn, taskDefinition } of services)
        for (const resourceArn of [serviceArn, clusterArn, taskDefinition])
          await ecs.send(new TagEcsCommand({ resourceArn, tags }));
    },
    shows: [
      'clusters.main.Tags.new: nothing → "1"',
      'services.main/api.Tags.new: nothing → "1"',
      'taskDefinitions.api.Tags.new: nothing → "1"',
    ],
  },
  'tags of alarm, dashboard and scaling target': {
    make: async ({ cloudwatch, autoscaling }) => {
      const alarm = `arn:aws:cloudwatch:${inAccount}:alarm:errors`;
      await cloudwatch.send(new TagMetricsCommand({ ResourceARN: alarm, Tags }));
      const dashboard = 'arn:aws:cloudwatch::123456789012:dashboard/api';
      await cloudwatch.send(new TagMetricsCommand({ ResourceARN: dashboard, Tags }));
      const { ServiceNamespace } = target;
      const wanted = new DescribeScalableTargetsCommand({ ServiceNamespace });
      const { ScalableTargets = [] } = await autoscaling.send(wanted);
      const ResourceARN = ScalableTargets[0]?.ScalableTargetARN;
      await autoscaling.send(new TagScalableTargetCommand({ ResourceARN, Tags: { new: '1' } }));
    },
    shows: [
      'alarms.errors.Tags.new: nothing → "1"',
      'dashboards.api.Tags.new: nothing → "1"',
      'scalableTargets.ecs:service:DesiredCount service/main/api.Tags.new: nothing → "1"',
    ],
  },
};
