import { Graph } from '../../../controller/engine/graph.ts';
import { nodeTag, ownerTag } from '../../../controller/engine/ownership.ts';
import { resolveFields, type Ref } from '../../../controller/engine/ref.ts';
import type { Fields, OwnerQuery } from '../../../controller/engine/resource-type.ts';
import { addAlarms } from '../../../reconcilers/api-service/alarms.ts';
import { addDashboard } from '../../../reconcilers/api-service/dashboard.ts';
import type { ApiServiceSpec, IngressSpec } from '../../../reconcilers/api-service/spec.ts';
import type { Watched } from '../../../reconcilers/api-service/watched.ts';
import type { Aws } from '../../../reconcilers/aws/cloud.ts';
import { Alarm } from '../../../reconcilers/aws/cloudwatch/alarm.ts';
import { Dashboard } from '../../../reconcilers/aws/cloudwatch/dashboard.ts';

export const owner = 'ApiService/production/api';
export const topicArn = 'arn:aws:sns:eu-west-1:123456789012:alerts';

export const ingress: IngressSpec = {
  scheme: 'internet-facing',
  deregistrationDelay: '30s',
  idleTimeout: '60s',
  accessLogs: false,
  deletionProtection: true,
  waf: { rateLimitPer5Min: 2000, managedRules: [], blockedCountries: [] },
};

const spec: ApiServiceSpec = {
  networkRef: { name: 'core' },
  databaseRef: { name: 'ledger', cache: true },
  image: { repository: 'api', tag: '1' },
  container: {
    port: 8080,
    cpu: 512,
    memory: 1024,
    environment: {},
    secrets: {},
    readOnlyRootFilesystem: false,
    writablePaths: [],
    architecture: 'X86_64',
  },
  sidecars: [],
  replicas: { min: 3, max: 10 },
  autoscaling: { scaleInCooldown: '300s', scaleOutCooldown: '60s' },
  capacityProviders: { FARGATE: { base: 1, weight: 1 } },
  deployment: { minimumHealthyPercent: 100, maximumPercent: 200, circuitBreaker: true },
  healthCheck: {
    path: '/health',
    interval: '30s',
    timeout: '5s',
    healthyThreshold: 2,
    unhealthyThreshold: 3,
    gracePeriod: '60s',
    successCodes: '200',
  },
  ingress,
  logs: { retentionDays: 90 },
  tracing: false,
  secrets: [],
  permissions: [],
  alarms: {
    p99LatencySeconds: 2,
    http4xxPerMinute: 100,
    http5xxPerMinute: 10,
    cpuPercent: 80,
    memoryPercent: 85,
  },
  containerInsights: 'enabled',
  executeCommand: false,
  deleteImages: false,
};

export const watched: Watched = {
  clusterName: 'production-api-cluster',
  serviceName: 'production-api-service',
  ingress: { loadBalancer: 'app/api/0123456789abcdef', targetGroup: 'targetgroup/api/fedcba9876543210' },
  database: {
    instanceId: 'production-ledger-instance-0',
    maxConnections: 410,
    memoryMiB: 4096,
    freeStorageMetric: 'FreeLocalStorage',
    cache: { firstNodeId: 'production-ledger-cache-001', secondNodeId: 'production-ledger-cache-002' },
  },
  webAcl: 'production-api-web-acl',
  logGroupName: '/ecs/production/api',
};

/** A worker: nothing reaches it, and it keeps nothing. */
export const worker: Watched = { ...watched, ingress: undefined, database: undefined, webAcl: undefined };

type Monitored = {
  readonly spec?: Partial<ApiServiceSpec>;
  readonly watched?: Watched;
  readonly isAsleep?: boolean;
};

/** The alarms and the dashboard of a service. */
export function monitoring(of: Monitored = {}): Graph<Aws> {
  const graph = new Graph<Aws>(
    { kind: 'ApiService', namespace: 'production', name: 'api' },
    { account: '123456789012', region: 'eu-west-1', tags: {} },
    [Alarm, Dashboard],
    { isAsleep: of.isAsleep ?? false, applyImmediately: false },
  );
  const service = { ...spec, ...of.spec };
  const seen = of.watched ?? watched;
  addDashboard(graph, service, seen, addAlarms(graph, service, seen, topicArn));
  return graph;
}

/** What is wanted of each node, by its id, as it is once all references are known. */
export function wanted(graph: Graph<Aws>): ReadonlyMap<string, Fields> {
  const arnOf = ({ source }: Ref<unknown>): unknown => {
    if (source.kind !== 'node') throw new Error('nothing here is of another object');
    return `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${graph.nameOf(source.node)}`;
  };
  return new Map(graph.nodes.map(({ id, inputs }) => [id, resolveFields(inputs, arnOf)]));
}

/** Makes everything as an empty account has it made. */
export async function create(aws: Aws, graph: Graph<Aws>): Promise<void> {
  const specs = wanted(graph);
  for (const { id: node, type } of graph.nodes) {
    const tags = { [ownerTag]: owner, [nodeTag]: node };
    await type.create(aws, specs.get(node) ?? {}, { owner, node, tags });
  }
}

/** As the engine asks for what an object has. */
export function queryOf(graph: Graph<Aws>): OwnerQuery {
  const names = new Map(graph.nodes.map(({ id }) => [id, graph.nameOf(id)]));
  return { owner, names, known: new Map(), unconfirmed: new Set() };
}
