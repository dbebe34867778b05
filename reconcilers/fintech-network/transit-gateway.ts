import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { TransitGatewayAttachment } from '../aws/ec2/transit-gateway-attachment/transit-gateway-attachment.ts';
import type { TransitGatewayAttachmentOutputs } from '../aws/ec2/transit-gateway-attachment/transit-gateway-attachment-spec.ts';
import type { VpcOutputs } from '../aws/ec2/vpc/vpc-spec.ts';
import type { FintechNetworkSpec } from './spec.ts';
import { idsOf, type Subnets } from './subnets.ts';

/**
 * Connects the app subnets with other networks. The transit gateway itself belongs to somebody else. Its id is in the
 * node's: an attachment cannot change over to another one, so the successor is made before the old one goes.
 */
export function addTransitGateway(
  graph: Graph<Aws>,
  { transitGateway }: FintechNetworkSpec,
  vpc: NodeHandle<VpcOutputs>,
  subnets: Subnets,
): NodeHandle<TransitGatewayAttachmentOutputs> | undefined {
  if (transitGateway === undefined) return undefined;
  return graph.add(TransitGatewayAttachment, `transit-gateway-${transitGateway.id}`, {
    transitGatewayId: transitGateway.id,
    vpcId: vpc.ref('vpcId'),
    subnetIds: idsOf(subnets.app),
    dnsSupport: true,
    applianceModeSupport: false,
  });
}
