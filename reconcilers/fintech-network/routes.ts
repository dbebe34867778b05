import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Ref } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import type { InternetGatewayOutputs } from '../aws/ec2/internet-gateway-spec.ts';
import { RouteTable } from '../aws/ec2/route-table/route-table.ts';
import type { RouteTableOutputs } from '../aws/ec2/route-table/route-table-spec.ts';
import type { TransitGatewayAttachmentOutputs } from '../aws/ec2/transit-gateway-attachment/transit-gateway-attachment-spec.ts';
import type { VpcOutputs } from '../aws/ec2/vpc/vpc-spec.ts';
import { everywhere } from './cidr.ts';
import { gatewayFor, type Gateways } from './nat-gateways.ts';
import type { FintechNetworkSpec } from './spec.ts';
import { idsOf, type Subnets } from './subnets.ts';

export type RouteTables = {
  readonly public: NodeHandle<RouteTableOutputs>;
  /** In the order of the zones' names. */
  readonly app: readonly { readonly zone: string; readonly node: NodeHandle<RouteTableOutputs> }[];
  readonly data: NodeHandle<RouteTableOutputs>;
};

/** What routes lead to. */
export type Ways = {
  readonly internetGateway: NodeHandle<InternetGatewayOutputs>;
  readonly gateways: Gateways;
  readonly attachment: NodeHandle<TransitGatewayAttachmentOutputs> | undefined;
};

/**
 * Public subnets reach the internet directly, app subnets through the NAT gateway of their zone, data subnets not
 * at all. Only the tables of app subnets wait for NAT gateways, which take minutes.
 */
export function addRouteTables(
  graph: Graph<Aws>,
  spec: FintechNetworkSpec,
  vpc: NodeHandle<VpcOutputs>,
  subnets: Subnets,
  ways: Ways,
): RouteTables {
  const vpcId = vpc.ref('vpcId');
  const add = (
    id: string,
    routes: Readonly<Record<string, Ref<string>>>,
    subnetIds: readonly Ref<string>[],
  ) => graph.add(RouteTable, id, { vpcId, routes, subnetIds, propagatingGatewayIds: [] });
  const internet = { [everywhere]: ways.internetGateway.ref('internetGatewayId') };
  return {
    public: add('routes-public', internet, idsOf(subnets.public)),
    app: subnets.app.map((subnet) => ({
      zone: subnet.zone,
      node: add(`routes-app-${subnet.zone}`, appRoutes(spec, subnet.zone, ways), idsOf([subnet])),
    })),
    data: add('routes-data', {}, idsOf(subnets.data)),
  };
}

function appRoutes({ transitGateway }: FintechNetworkSpec, zone: string, { gateways, attachment }: Ways) {
  const gateway = gatewayFor(gateways, zone);
  const routes: Record<string, Ref<string>> = {};
  if (gateway !== undefined) routes[everywhere] = gateway.ref('natGatewayId');
  if (transitGateway === undefined || attachment === undefined) return routes;
  for (const route of transitGateway.routes) routes[route] = attachment.ref('transitGatewayId');
  return routes;
}
