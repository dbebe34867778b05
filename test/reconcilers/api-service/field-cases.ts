import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import { contract } from './service.ts';

/** Another value of a field. */
type FieldCase = {
  /** What the rest of the spec has to be for that, where it is not the contract's. */
  readonly given?: JsonObject;
  readonly change: JsonObject;
};

export type Changed = FieldCase & {
  /** The calls that write, in any order. */
  readonly writes: readonly string[];
  /** What changes in AWS, and nothing else does; `*` stands for anything. */
  readonly changes: readonly string[];
  /** What of that is left once the manifest is as before: a fresh service would not have it. */
  readonly leaves?: readonly string[];
  /** Not together with the others: it is about what they change, or leaves something behind. */
  readonly alone?: true;
  /** It is not changed back without approval. */
  readonly isFinal?: true;
};

export type Refused = FieldCase & {
  readonly because: string;
  /** Otherwise it needs approval, and the message says how to give it. */
  readonly reason?: 'DeletionBlocked';
};

export type Faulty = FieldCase & { readonly says: string };

/** By the path of a field in the schema; what else can be changed has words after it. */
export type FieldCases = {
  readonly changed: Readonly<Record<string, Changed>>;
  /** Not done as it is. */
  readonly refused?: Readonly<Record<string, Refused>>;
  /** What no manifest may say. */
  readonly faulty?: Readonly<Record<string, Faulty>>;
};

/** The paths of the fields that have a case. */
export function fieldsIn({ changed, refused = {}, faulty = {} }: FieldCases): readonly string[] {
  const names = [changed, refused, faulty].flatMap((cases) => Object.keys(cases));
  return [...new Set(names.map((name) => name.replace(/[, ].*$/, '')))];
}

/** All of it at once, but for what can only be changed alone. */
export function together({ changed }: FieldCases): JsonObject {
  const all = { ...spec };
  for (const { given, change, alone } of Object.values(changed))
    if (given === undefined && alone !== true) Object.assign(all, changedParts(spec, all, change));
  return all;
}

/** What a change has that the contract has not, in what other changes have made of the contract. */
function changedParts(before: JsonObject, made: JsonObject, change: JsonObject): JsonObject {
  const parts = Object.entries(change).map(([name, value]) => {
    const [was = {}, is = {}] = [before[name], made[name]];
    if (!isJsonObject(value) || !isJsonObject(was) || !isJsonObject(is))
      return [name, JSON.stringify(value) === JSON.stringify(before[name]) ? made[name] : value] as const;
    return [name, { ...is, ...changedParts(was, is, value) }] as const;
  });
  return Object.fromEntries(parts);
}

/** Of the service of the contract. */
export const spec = partOf(contract.service, 'spec');

export function partOf(whole: JsonObject, name: string): JsonObject {
  const part = whole[name];
  if (!isJsonObject(part)) throw new Error(`${name} holds no fields`);
  return part;
}

export function listIn(whole: JsonObject, name: string): readonly JsonObject[] {
  const list = whole[name];
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

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
