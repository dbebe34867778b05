import type { Graph } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { Instance } from '../aws/rds/instance/instance.ts';
import { observability, settings, type Database, type Foundation } from './foundation.ts';
import { maxConnectionsOf } from './max-connections.ts';
import { addInstanceParameters } from './parameter-groups.ts';
import { restoreOf } from './restore.ts';
import type { LedgerDatabaseSpec } from './spec.ts';

/** Of gp3, the least that AWS gives; the check asks for storage where the engine is this one. */
const leastStorage = { allocatedGiB: 20, type: 'gp3' };

/** One instance of RDS, with a standby in another zone where that is wanted. */
export function addInstance(graph: Graph<Aws>, spec: LedgerDatabaseSpec, foundation: Foundation): Database {
  const parameters = addInstanceParameters(graph, spec);
  const { allocatedGiB, maxGiB, type } = { ...leastStorage, ...spec.storage };
  const instance = graph.add(Instance, 'instance', {
    ...settings(graph, spec, foundation),
    // AWS gives one that is restored the key of its source.
    ...(spec.restoreFrom && { kmsKeyArn: '' }),
    identifier: graph.nameOf('instance'),
    engine: spec.engine,
    instanceClass: spec.instanceClass,
    parameterGroupName: parameters.ref('name'),
    availabilityZone: '',
    publiclyAccessible: false,
    autoMinorVersionUpgrade: spec.autoMinorVersionUpgrade,
    caCertificate: spec.caCertificate ?? '',
    ...observability(spec, foundation),
    storageType: type,
    storage: { allocatedGiB, maxGiB },
    multiAz: spec.multiAz,
    restoreFrom: restoreOf(graph, spec, 'instance'),
  });
  return {
    kind: 'instance',
    identifier: instance.ref('identifier'),
    endpoint: instance.ref('endpoint'),
    readerEndpoint: undefined,
    port: instance.ref('port'),
    writer: instance.ref('identifier'),
    maxConnections: maxConnectionsOf(spec, instance),
    memoryMiB: instance.ref('memoryMiB'),
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
    freeStorageMetric: 'FreeStorageSpace',
    instances: [
      {
        id: instance.ref('identifier'),
        role: 'writer',
        zone: instance.ref('availabilityZone'),
        needsReboot: instance.ref('needsReboot'),
        waitsForMaintenance: instance.ref('waitsForMaintenance'),
      },
    ],
    parametersAppliedAtReboot: { instances: parameters.ref('appliedAtReboot') },
    waitsForMaintenance: undefined,
  };
}
