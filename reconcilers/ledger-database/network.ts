import type { Graph } from '../../controller/engine/graph.ts';
import type { Ref } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import type { LedgerDatabaseSpec } from './spec.ts';

/** What the network gives to databases. */
export type Network = {
  readonly vpcId: Ref<string>;
  readonly subnetIds: Ref<readonly string[]>;
  readonly databaseGroup: Ref<string>;
  readonly cacheGroup: Ref<string>;
  readonly databasePort: Ref<number>;
  readonly cachePort: Ref<number>;
  /** The zone of the instance with this number: one after the other, round and round. */
  zoneOf(instance: number): Ref<string>;
};

export function networkOf(graph: Graph<Aws>, { networkRef }: LedgerDatabaseSpec): Network {
  const network = graph.objectRef('FintechNetwork', networkRef.name);
  return {
    vpcId: network.ref('vpcId'),
    subnetIds: network.ref('subnets.data.*.id'),
    databaseGroup: network.ref('securityGroups.database'),
    cacheGroup: network.ref('securityGroups.cache'),
    databasePort: network.ref('ports.database'),
    cachePort: network.ref('ports.cache'),
    zoneOf: (instance) => network.ref(`subnets.data.%${instance}.zone`),
  };
}
