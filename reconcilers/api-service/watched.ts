import type { NodeHandle } from '../../controller/engine/graph.ts';
import type { Input, Ref } from '../../controller/engine/ref.ts';
import type { ClusterOutputs } from '../aws/ecs/cluster-spec.ts';
import type { ServiceOutputs } from '../aws/ecs/service-spec.ts';
import type { LogGroupOutputs } from '../aws/logs/log-group-spec.ts';
import type { Database } from './database.ts';
import type { Ingress } from './ingress.ts';

/** What alarms and dashboard are about, by the names that metrics have for it. */
export type Watched = {
  readonly clusterName: Input<string>;
  readonly serviceName: Input<string>;
  /** `app/<name>/<id>` and `targetgroup/<name>/<id>`; undefined for a worker. */
  readonly ingress: WatchedIngress | undefined;
  /** undefined without a database. */
  readonly database: WatchedDatabase | undefined;
  /** The name that its metrics have; undefined without one. */
  readonly webAcl: Input<string> | undefined;
  /** Becomes part of a query. */
  readonly logGroupName: string | Ref<string>;
};

export type WatchedIngress = {
  readonly loadBalancer: Input<string>;
  readonly targetGroup: Input<string>;
};

export type WatchedDatabase = {
  /** The one that writes. */
  readonly instanceId: Input<string>;
  /** Become part of expressions, and are therefore text where they are references; 0 where they are not known. */
  readonly maxConnections: number | Ref<string>;
  readonly memoryMiB: number | Ref<string>;
  /** `FreeStorageSpace`, or what the engine has in its place. */
  readonly freeStorageMetric: Input<string>;
  readonly cache: WatchedCache | undefined;
};

/** Which of the two writes changes with a failover. A cache of one node has it as both. */
export type WatchedCache = {
  readonly firstNodeId: Input<string>;
  readonly secondNodeId: Input<string>;
};

export function watchedBy(made: {
  readonly cluster: NodeHandle<ClusterOutputs>;
  readonly service: NodeHandle<ServiceOutputs>;
  readonly ingress: Ingress | undefined;
  readonly database: Database | undefined;
  readonly logs: NodeHandle<LogGroupOutputs>;
}): Watched {
  const { cluster, service, ingress, database, logs } = made;
  return {
    clusterName: cluster.ref('name'),
    serviceName: service.ref('name'),
    ingress: ingress && {
      loadBalancer: ingress.loadBalancer.ref('fullName'),
      targetGroup: ingress.targetGroup.ref('fullName'),
    },
    database: database && {
      instanceId: database.instanceId,
      maxConnections: database.maxConnections,
      memoryMiB: database.memoryMiB,
      freeStorageMetric: database.freeStorageMetric,
      cache: cacheOf(database),
    },
    webAcl: ingress?.webAcl?.ref('name'),
    logGroupName: logs.ref('name'),
  };
}

function cacheOf({ cacheNodeId, secondCacheNodeId }: Database): WatchedCache | undefined {
  if (cacheNodeId === undefined || secondCacheNodeId === undefined) return undefined;
  return { firstNodeId: cacheNodeId, secondNodeId: secondCacheNodeId };
}
