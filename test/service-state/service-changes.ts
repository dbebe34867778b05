import {
  DeleteScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  PutDashboardCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteRepositoryPolicyCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
} from '@aws-sdk/client-ecr';
import {
  RegisterTaskDefinitionCommand,
  TagResourceCommand,
  UpdateClusterSettingsCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { DeleteRolePolicyCommand } from '@aws-sdk/client-iam';
import { EnableKeyRotationCommand, ListAliasesCommand } from '@aws-sdk/client-kms';
import { PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SetTopicAttributesCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { dashboard, lifecycle, policyOf, revision, target } from './sample-service.ts';
import type { ChangesByHand } from './changes-by-hand.ts';

const service = { cluster: 'main', service: 'api' };

export const serviceChanges: ChangesByHand = {
  'settings, lifecycle and policy of a repository': {
    make: async ({ ecr }) => {
      const repositoryName = 'api';
      const lifecyclePolicyText = lifecycle(3);
      await ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }));
      await ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
      await ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName }));
    },
    shows: [
      'repositories.api.imageTagMutability: "MUTABLE" → "IMMUTABLE"',
      'repositories.api.lifecyclePolicy.rules.0.selection.countNumber: 10 → 3',
      'repositories.api.policy: * → nothing',
    ],
  },
  'a setting and a tag of a cluster': {
    make: async ({ ecs }) => {
      const settings = [{ name: 'containerInsights' as const, value: 'disabled' }];
      const { cluster } = await ecs.send(new UpdateClusterSettingsCommand({ cluster: 'main', settings }));
      const tags = [{ key: 'owner', value: 'me' }];
      await ecs.send(new TagResourceCommand({ resourceArn: cluster?.clusterArn, tags }));
    },
    shows: [
      'clusters.main.Tags.owner: "payments" → "me"',
      'clusters.main.settings.containerInsights: "enabled" → "disabled"',
    ],
  },
  'the count and a setting of a service': {
    make: ({ ecs }) =>
      ecs.send(new UpdateServiceCommand({ ...service, desiredCount: 3, enableExecuteCommand: true })),
    shows: [
      'services.main/api.desiredCount: 2 → 3',
      'services.main/api.enableExecuteCommand: false → true',
      'services.main/api.runningCount: 2 → 3',
    ],
  },
  'what the tasks of a service do not have yet': {
    make: ({ ecs }) => {
      const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
      return ecs.send(new UpdateServiceCommand({ ...service, capacityProviderStrategy }));
    },
    shows: [
      'services.main/api.capacityProviderStrategy.0.capacityProvider: "FARGATE" → "FARGATE_SPOT"',
      'services.main/api.tasksHaveSettings: true → false',
    ],
  },
  'a revision that no service runs, with the words of its command in another order': {
    make: ({ ecs }, sample) =>
      ecs.send(new RegisterTaskDefinitionCommand(revision(sample, ['all', 'serve']))),
    shows: [
      'services.main/api.hasNewestRevision: true → false',
      'taskDefinitions.api.activeRevisions: 1 → 2',
      'taskDefinitions.api.containerDefinitions.api.command.0: "serve" → "all"',
      'taskDefinitions.api.containerDefinitions.api.command.1: "all" → "serve"',
    ],
  },
  'the bounds of a scaling target, and its policy': {
    make: async ({ autoscaling }) => {
      await autoscaling.send(new RegisterScalableTargetCommand({ ...target, MaxCapacity: 11 }));
      await autoscaling.send(new DeleteScalingPolicyCommand({ ...target, PolicyName: 'requests' }));
    },
    shows: [
      'scalableTargets.ecs:service:DesiredCount service/main/api.MaxCapacity: 10 → 11',
      'scalableTargets.ecs:service:DesiredCount service/main/api.Policies: * → []',
    ],
  },
  'the retention of a log group': {
    make: ({ logs }) =>
      logs.send(new PutRetentionPolicyCommand({ logGroupName: '/ecs/api', retentionInDays: 7 })),
    shows: ['logGroups./ecs/api.retentionInDays: 30 → 7'],
  },
  'a threshold and the actions of an alarm, but not its state': {
    make: async ({ cloudwatch }) => {
      await cloudwatch.send(
        new PutMetricAlarmCommand({
          AlarmName: 'errors',
          Namespace: 'AWS/ApplicationELB',
          MetricName: 'HTTPCode_ELB_5XX_Count',
          Dimensions: [{ Name: 'LoadBalancer', Value: 'app/api/0123456789abcdef' }],
          Statistic: 'Sum',
          Period: 60,
          EvaluationPeriods: 3,
          Threshold: 100,
          ComparisonOperator: 'GreaterThanThreshold',
        }),
      );
      const state = { AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'by hand' } as const;
      await cloudwatch.send(new SetAlarmStateCommand(state));
    },
    shows: [
      'alarms.errors.AlarmActions: * → []',
      'alarms.errors.Dimensions.0.Value: "app/api" → "app/api/0123456789abcdef"',
      'alarms.errors.Threshold: 10 → 100',
    ],
  },
  'the body and a tag of a dashboard': {
    make: async ({ cloudwatch }) => {
      await cloudwatch.send(new PutDashboardCommand(dashboard(['MemoryUtilization'])));
      const ResourceARN = 'arn:aws:cloudwatch::123456789012:dashboard/api';
      await cloudwatch.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['owner'] }));
    },
    shows: [
      'dashboards.api.DashboardBody.widgets.0.properties.metrics.0.1: "CPUUtilization" → "MemoryUtilization"',
      'dashboards.api.Tags.owner: "payments" → nothing',
    ],
  },
  'the policy and the subscriptions of a topic': {
    make: async ({ sns }, { topicArn: TopicArn }) => {
      const AttributeValue = policyOf('sns:Subscribe', '*');
      const policy = { TopicArn, AttributeName: 'Policy', AttributeValue };
      await sns.send(new SetTopicAttributesCommand(policy));
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'b@example.com' }));
    },
    shows: [
      'topics.alarms.Policy.Statement.0.Action: "sns:Publish" → "sns:Subscribe"',
      'topics.alarms.subscriptions: 1 → 2',
    ],
  },
  'bucket, secret, role and key': {
    make: async ({ s3, secrets, iam, kms }, { secretArn: SecretId }) => {
      const VersioningConfiguration = { Status: 'Enabled' } as const;
      await s3.send(new PutBucketVersioningCommand({ Bucket: 'logs-of-api', VersioningConfiguration }));
      await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'longer secret' }));
      await iam.send(new DeleteRolePolicyCommand({ RoleName: 'api', PolicyName: 'read' }));
      const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
      const KeyId = Aliases.find(({ AliasName }) => AliasName === 'alias/api')?.TargetKeyId;
      await kms.send(new EnableKeyRotationCommand({ KeyId }));
    },
    shows: [
      'buckets.logs-of-api.versioning: nothing → "Enabled"',
      'keys.somebody’s key.rotation: "off" → "every 365 days"',
      'roles.api.inlinePolicies.read: * → nothing',
      'secrets.token.holds: "<6 characters>" → "<13 characters>"',
      'secrets.token.labels: *',
    ],
  },
};
