/** Another revision, and one deployment of it. */
export const deployed = ['RegisterTaskDefinition task-definition', 'UpdateService service'] as const;

/** Where AWS shows what is made. */
export const shown = {
  task: 'taskDefinitions.production-fintech-api-task',
  app: 'taskDefinitions.production-fintech-api-task.containerDefinitions.app',
  sidecar: 'taskDefinitions.production-fintech-api-task.containerDefinitions.xray-daemon',
  service: 'services.production-fintech-api-cluster/production-fintech-api-service',
  scaling:
    'scalableTargets.ecs:service:DesiredCount service/production-fintech-api-cluster/production-fintech-api-service',
  balancer: 'loadBalancers.production-fintech-api-public',
  group: 'targetGroups.production-fintech-api-public',
  execution: 'roles.production-fintech-api-execution-role.inlinePolicies.start-containers',
  program: 'roles.production-fintech-api-task-role.inlinePolicies.call-aws',
  dashboard: 'dashboards.production-fintech-api-dashboard.DashboardBody.widgets',
  alarm: (name: string) => `alarms.production-fintech-api-alarm-${name}`,
} as const;

export const alarms = {
  ofLoadBalancer: [
    'latency',
    'target-4xx',
    'target-5xx',
    'load-balancer-5xx',
    'healthy-hosts',
    'unhealthy-hosts',
    'rejected-connections',
  ],
  ofService: ['cpu', 'memory', 'running-tasks'],
  ofDatabase: ['cpu', 'connections', 'storage', 'read-latency', 'write-latency', 'memory'].map(
    (name) => `database-${name}`,
  ),
  ofCache: ['cpu', 'memory', 'connections', 'hit-rate', 'replication-lag', 'evictions'].map(
    (name) => `cache-${name}`,
  ),
} as const;

/** The writes that make or change alarms, or that take them away. */
export function alarmsBy(operation: 'PutMetricAlarm' | 'DeleteAlarms', names: readonly string[]) {
  return names.map((name) => `${operation} alarm-${name}`);
}

/** What shows of alarms that are there on one side only. */
export function alarmsGone(names: readonly string[]): readonly string[] {
  return names.map((name) => `${shown.alarm(name)}: * → nothing`);
}
