import type { Graph } from '../../controller/engine/graph.ts';
import type { Ref } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import type { ApiServiceSpec } from './spec.ts';

/** What the network gives to services. */
export type Network = {
  readonly vpcId: Ref<string>;
  readonly publicSubnetIds: Ref<readonly string[]>;
  readonly appSubnetIds: Ref<readonly string[]>;
  readonly loadBalancerGroup: Ref<string>;
  readonly appGroup: Ref<string>;
};

export function networkOf(graph: Graph<Aws>, { networkRef }: ApiServiceSpec): Network {
  const network = graph.objectRef('FintechNetwork', networkRef.name);
  return {
    vpcId: network.ref('vpcId'),
    publicSubnetIds: network.ref('subnets.public.*.id'),
    appSubnetIds: network.ref('subnets.app.*.id'),
    loadBalancerGroup: network.ref('securityGroups.loadBalancer'),
    appGroup: network.ref('securityGroups.app'),
  };
}
