import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import type { ClusterInstanceOutputs } from '../aws/rds/cluster-instance/cluster-instance-spec.ts';
import { ClusterInstance } from '../aws/rds/cluster-instance/cluster-instance.ts';
import { Cluster } from '../aws/rds/cluster/cluster.ts';
import type { ClusterOutputs } from '../aws/rds/cluster/cluster-spec.ts';
import {
  maintenanceWindowOf,
  observability,
  settings,
  type Database,
  type Foundation,
} from './foundation.ts';
import { maxConnectionsOf } from './max-connections.ts';
import { addClusterParameters, addInstanceParameters, type Parameters } from './parameter-groups.ts';
import { addReaderScaling } from './reader-scaling.ts';
import { restoreOf } from './restore.ts';
import type { LedgerDatabaseSpec } from './spec.ts';

type Instance = NodeHandle<ClusterInstanceOutputs>;

/** An Aurora cluster: which of its instances writes is AWS's choice, and changes with a failover. */
export function addAurora(graph: Graph<Aws>, spec: LedgerDatabaseSpec, foundation: Foundation): Database {
  const clusterParameters = addClusterParameters(graph, spec);
  const instanceParameters = addInstanceParameters(graph, spec);
  const cluster = graph.add(Cluster, 'cluster', {
    ...settings(graph, spec, foundation),
    identifier: graph.nameOf('cluster'),
    engine: spec.engine,
    parameterGroupName: clusterParameters.ref('name'),
    instanceParameterGroupName: instanceParameters.ref('name'),
    storageType: 'aurora',
    dataApi: spec.dataApi,
    serverlessCapacity: undefined,
    restoreFrom: restoreOf(graph, spec, 'cluster'),
    finalSnapshot: '',
  });
  const instances = Array.from({ length: spec.readers + 1 }, (_, index) =>
    addMember(graph, spec, foundation, { cluster, parameters: instanceParameters, index }),
  );
  addReaderScaling(graph, spec.readerAutoscaling, cluster, instances);
  return {
    kind: 'cluster',
    identifier: cluster.ref('identifier'),
    endpoint: cluster.ref('endpoint'),
    readerEndpoint: cluster.ref('readerEndpoint'),
    port: cluster.ref('port'),
    writer: cluster.ref('writer'),
    maxConnections: maxConnectionsOf(spec, instances[0]),
    memoryMiB: instances[0]?.ref('memoryMiB') ?? 0,
    // What the cluster stores grows by itself; its instances have room for temporary files and logs:
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
    freeStorageMetric: 'FreeLocalStorage',
    instances: instances.map((instance) => ({
      id: instance.ref('identifier'),
      role: instance.ref('role'),
      zone: instance.ref('availabilityZone'),
      needsReboot: instance.ref('needsReboot'),
      waitsForMaintenance: instance.ref('waitsForMaintenance'),
    })),
    parametersAppliedAtReboot: {
      cluster: clusterParameters.ref('appliedAtReboot'),
      instances: instanceParameters.ref('appliedAtReboot'),
    },
    waitsForMaintenance: cluster.ref('waitsForMaintenance'),
  };
}

type Member = {
  readonly cluster: NodeHandle<ClusterOutputs>;
  readonly parameters: Parameters;
  readonly index: number;
};

function addMember(
  graph: Graph<Aws>,
  spec: LedgerDatabaseSpec,
  foundation: Foundation,
  { cluster, parameters, index }: Member,
): Instance {
  const node = `instance-${index}`;
  return graph.add(ClusterInstance, node, {
    identifier: graph.nameOf(node),
    clusterIdentifier: cluster.ref('identifier'),
    engine: spec.engine,
    instanceClass: spec.instanceClass,
    parameterGroupName: parameters.ref('name'),
    availabilityZone: foundation.network.zoneOf(index),
    maintenanceWindow: maintenanceWindowOf(spec),
    publiclyAccessible: false,
    autoMinorVersionUpgrade: spec.autoMinorVersionUpgrade,
    caCertificate: spec.caCertificate ?? '',
    ...observability(spec, foundation),
    // Those of the autoscaler have the last one, and take over only where no other is left.
    promotionTier: index === 0 ? 0 : 1,
    applyImmediately: graph.circumstances.applyImmediately,
  });
}
