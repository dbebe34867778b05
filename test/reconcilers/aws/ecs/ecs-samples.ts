import { UntagResourceCommand } from '@aws-sdk/client-ecs';
import { managedTags, nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery, Tags } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { ClusterSpec } from '../../../../reconcilers/aws/ecs/cluster-spec.ts';
import type {
  ContainerSpec,
  TaskDefinitionSpec,
} from '../../../../reconcilers/aws/ecs/task-definition-spec.ts';

export const owner = 'ApiService/test/api';
export const query: OwnerQuery = { owner, names: new Map(), known: new Map(), unconfirmed: new Set() };
export const onBoth = ['FARGATE', 'FARGATE_SPOT'] as const;

export function creationOf(node: string, of = owner): Creation {
  return { owner: of, node, tags: { ...managedTags, [ownerTag]: of, [nodeTag]: node } };
}

export function sampleCluster(name: string): ClusterSpec {
  return {
    name,
    containerInsights: 'enabled',
    capacityProviders: onBoth,
    defaultCapacityProviderStrategy: {
      FARGATE: { base: 1, weight: 1 },
      FARGATE_SPOT: { base: 0, weight: 2 },
    },
  };
}

export const sampleContainer: ContainerSpec = {
  image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1.4.2',
  essential: true,
  cpu: 448,
  memory: 768,
  ports: [{ port: 8080, protocol: 'tcp' }],
  environment: { ENVIRONMENT: 'test', REGION: 'eu-west-1' },
  secrets: { API_KEY: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:api-keys-AbCdEf' },
  healthCheck: {
    command: ['CMD-SHELL', 'curl -f http://localhost:8080/health'],
    intervalSeconds: 30,
    timeoutSeconds: 5,
    retries: 3,
    startPeriodSeconds: 10,
  },
  logs: {
    driver: 'awslogs',
    options: {
      'awslogs-group': '/ecs/api',
      'awslogs-region': 'eu-west-1',
      'awslogs-stream-prefix': 'ecs',
    },
  },
  readonlyRootFilesystem: true,
  user: '10001:10001',
  initProcess: true,
  mounts: { '/tmp': 'scratch' },
  dependsOn: { 'xray-daemon': 'START' },
};

export const sampleSidecar: ContainerSpec = {
  image: 'public.ecr.aws/xray/aws-xray-daemon:3.x',
  essential: false,
  cpu: 32,
  memory: 256,
  command: ['--local-mode'],
  ports: [{ port: 2000, protocol: 'udp' }],
  environment: {},
  secrets: {},
  readonlyRootFilesystem: false,
  initProcess: false,
  mounts: {},
  dependsOn: {},
};

export function sampleTaskDefinition(family: string): TaskDefinitionSpec {
  return {
    family,
    cpu: 512,
    memory: 1024,
    executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
    taskRoleArn: 'arn:aws:iam::123456789012:role/task',
    runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    volumes: ['scratch'],
    containers: { api: sampleContainer, 'xray-daemon': sampleSidecar },
  };
}

export function withImage(spec: TaskDefinitionSpec, tag: string): TaskDefinitionSpec {
  const image = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:${tag}`;
  return { ...spec, containers: { ...spec.containers, api: { ...sampleContainer, image } } };
}

export async function removeAllTags({ ecs }: Aws, resourceArn: string, tags: Tags = {}): Promise<void> {
  await ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: Object.keys(tags) }));
}
