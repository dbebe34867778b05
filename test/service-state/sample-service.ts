import {
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { PutDashboardCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CreateLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateRepositoryCommand,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateAliasCommand, CreateKeyCommand } from '@aws-sdk/client-kms';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import type { Clients } from '../clients.ts';
import { makeSampleIngress, Tags, type SampleIngress } from './sample-ingress.ts';

const tags = [{ key: 'owner', value: 'payments' }];
export const target = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/main/api',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;
export const dashboard = (widgets: readonly string[]) => ({
  DashboardName: 'api',
  DashboardBody: JSON.stringify({
    widgets: widgets.map((metric) => ({ type: 'metric', properties: { metrics: [['AWS/ECS', metric]] } })),
  }),
});
export const lifecycle = (countNumber: number) => {
  const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber };
  return JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: 'expire' } }] });
};
export const policyOf = (Action: string, Principal: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Principal }] });

export type Sample = SampleIngress & {
  readonly secretArn: string;
  readonly roleArn: string;
  readonly topicArn: string;
};

/** One of everything that a service can have. */
export async function makeSampleService(clients: Clients): Promise<Sample> {
  const ingress = await makeSampleIngress(clients);
  const keyId = await makeKey(clients);
  const { ARN: secretArn = '' } = await clients.secrets.send(
    new CreateSecretCommand({ Name: 'token', SecretString: 'secret', KmsKeyId: keyId, Tags }),
  );
  const roleArn = await makeRole(clients, secretArn);
  await clients.s3.send(new CreateBucketCommand({ Bucket: 'logs-of-api' }));
  await makeRepository(clients);
  const group = { logGroupName: '/ecs/api' };
  await clients.logs.send(new CreateLogGroupCommand({ ...group, tags: { owner: 'payments' } }));
  await clients.logs.send(new PutRetentionPolicyCommand({ ...group, retentionInDays: 30 }));
  await makeService(clients, { ...ingress, secretArn, roleArn });
  await makeScaling(clients, ingress);
  const topicArn = await makeTopic(clients, keyId);
  await makeAlarm(clients, ingress, topicArn);
  await clients.cloudwatch.send(new PutDashboardCommand({ ...dashboard(['CPUUtilization']), Tags }));
  return { ...ingress, secretArn, roleArn, topicArn };
}

async function makeKey({ kms }: Clients): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const TargetKeyId = KeyMetadata?.KeyId ?? '';
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/api', TargetKeyId }));
  return TargetKeyId;
}

async function makeRole({ iam }: Clients, secretArn: string): Promise<string> {
  const Service = 'ecs-tasks.amazonaws.com';
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'api', AssumeRolePolicyDocument }));
  const allow = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretArn };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [allow] });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'api', PolicyName: 'read', PolicyDocument }));
  return Role?.Arn ?? '';
}

async function makeRepository({ ecr }: Clients): Promise<void> {
  const repositoryName = 'api';
  await ecr.send(new CreateRepositoryCommand({ repositoryName, tags: Tags }));
  const lifecyclePolicyText = lifecycle(10);
  await ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
  const policyText = policyOf('ecr:BatchGetImage', '*');
  await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
}

export function revision(
  { secretArn, roleArn }: Pick<Sample, 'secretArn' | 'roleArn'>,
  command: string[] = ['serve', 'all'],
): RegisterTaskDefinitionCommandInput {
  const container = {
    name: 'api',
    image: 'api:1',
    command,
    portMappings: [{ containerPort: 8080 }],
    environment: [{ name: 'MODE', value: 'fast' }],
    secrets: [{ name: 'TOKEN', valueFrom: secretArn }],
  };
  return {
    family: 'api',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: roleArn,
    containerDefinitions: [container],
    tags,
  };
}

async function makeService({ ecs }: Clients, sample: Omit<Sample, 'topicArn'>): Promise<void> {
  const { subnetIds, securityGroupIds, groupArn: targetGroupArn } = sample;
  const settings = [{ name: 'containerInsights' as const, value: 'enabled' }];
  const capacityProviders = ['FARGATE', 'FARGATE_SPOT'];
  await ecs.send(new CreateClusterCommand({ clusterName: 'main', capacityProviders, settings, tags }));
  await ecs.send(new RegisterTaskDefinitionCommand(revision(sample)));
  await ecs.send(
    new CreateServiceCommand({
      cluster: 'main',
      serviceName: 'api',
      taskDefinition: 'api',
      desiredCount: 2,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [...subnetIds], securityGroups: [securityGroupIds[0]] },
      },
      loadBalancers: [{ targetGroupArn, containerName: 'api', containerPort: 8080 }],
      tags,
    }),
  );
}

async function makeScaling(
  { autoscaling }: Clients,
  { balancerArn, groupArn }: SampleIngress,
): Promise<void> {
  const bounds = { MinCapacity: 2, MaxCapacity: 10 };
  await autoscaling.send(new RegisterScalableTargetCommand({ ...target, ...bounds, Tags: { owner: 'me' } }));
  const ResourceLabel = `${nameInMetrics(balancerArn)}/${nameInMetrics(groupArn)}`;
  await autoscaling.send(
    new PutScalingPolicyCommand({
      ...target,
      PolicyName: 'requests',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 1_000,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget', ResourceLabel },
      },
    }),
  );
}

async function makeTopic({ sns }: Clients, KmsMasterKeyId: string): Promise<string> {
  const Attributes = { DisplayName: 'Alarms', KmsMasterKeyId, Policy: policyOf('sns:Publish', '*') };
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'alarms', Attributes, Tags }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'a@example.com' }));
  return TopicArn;
}

async function makeAlarm(
  { cloudwatch }: Clients,
  { balancerArn }: SampleIngress,
  topicArn: string,
): Promise<void> {
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'errors',
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HTTPCode_ELB_5XX_Count',
      Dimensions: [{ Name: 'LoadBalancer', Value: nameInMetrics(balancerArn) }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [topicArn],
      Tags,
    }),
  );
}

/** `app/<name>/<id>` of a load balancer, `targetgroup/<name>/<id>` of a target group. */
function nameInMetrics(arn: string): string {
  return (
    arn
      .split(':')
      .at(-1)
      ?.replace(/^loadbalancer\//, '') ?? ''
  );
}
