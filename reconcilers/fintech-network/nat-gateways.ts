import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { ElasticIp } from '../aws/ec2/elastic-ip.ts';
import type { ElasticIpOutputs } from '../aws/ec2/elastic-ip-spec.ts';
import type { InternetGatewayOutputs } from '../aws/ec2/internet-gateway-spec.ts';
import { NatGateway } from '../aws/ec2/nat-gateway.ts';
import type { NatGatewayOutputs } from '../aws/ec2/nat-gateway-spec.ts';
import type { FintechNetworkSpec } from './spec.ts';
import type { TierSubnet } from './subnets.ts';

/** NAT gateways, in the order of their zones' names. */
export type Gateways = readonly {
  readonly zone: string;
  readonly node: NodeHandle<NatGatewayOutputs>;
  readonly address: NodeHandle<ElasticIpOutputs>;
}[];

/** Each in a public subnet, with an address of its own. */
export function addNatGateways(
  graph: Graph<Aws>,
  mode: FintechNetworkSpec['natGateways'],
  publicSubnets: readonly TierSubnet[],
  internetGateway: NodeHandle<InternetGatewayOutputs>,
): Gateways {
  return placesOf(mode, publicSubnets).map(({ zone, node: subnet }) => {
    const address = graph.add(ElasticIp, `nat-${zone}-address`, { domain: 'vpc' });
    const inputs = { subnetId: subnet.ref('subnetId'), allocationId: address.ref('allocationId') };
    // EC2 refuses a NAT gateway in a VPC without internet gateway, and to detach one while a NAT gateway uses it.
    const node = graph.add(NatGateway, `nat-${zone}`, inputs, { after: [internetGateway] });
    return { zone, node, address };
  });
}

function placesOf(mode: FintechNetworkSpec['natGateways'], subnets: readonly TierSubnet[]) {
  if (mode === 'None') return [];
  return mode === 'PerZone' ? subnets : subnets.slice(0, 1);
}

/** The NAT gateway that a zone sends through: its own, or the only one. */
export function gatewayFor(gateways: Gateways, zone: string): NodeHandle<NatGatewayOutputs> | undefined {
  return (gateways.find((gateway) => gateway.zone === zone) ?? gateways[0])?.node;
}
