import type { Graph, NodeHandle, Place } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { VpcEndpoint } from '../aws/ec2/vpc-endpoint/vpc-endpoint.ts';
import type { VpcEndpointOutputs } from '../aws/ec2/vpc-endpoint/vpc-endpoint-spec.ts';
import type { VpcOutputs } from '../aws/ec2/vpc/vpc-spec.ts';
import { endpointPolicy } from './endpoint-policy.ts';
import type { RouteTables } from './routes.ts';
import type { SecurityGroups } from './security-groups.ts';
import type { FintechNetworkSpec } from './spec.ts';
import { idsOf, type Subnets } from './subnets.ts';

export type Endpoint = { readonly service: string; readonly node: NodeHandle<VpcEndpointOutputs> };

/** Ways to AWS services that do not lead through the internet. */
export function addEndpoints(
  graph: Graph<Aws>,
  { endpoints }: FintechNetworkSpec,
  vpc: NodeHandle<VpcOutputs>,
  subnets: Subnets,
  tables: RouteTables,
  groups: SecurityGroups,
): readonly Endpoint[] {
  const common = (service: string) => ({
    vpcId: vpc.ref('vpcId'),
    serviceName: serviceName(graph.place, service),
    policy: endpointPolicy(endpoints.access, service, graph.place),
  });
  const appAndData = [...tables.app.map(({ node }) => node), tables.data];
  return [
    ...endpoints.gateway.map((service) => ({
      service,
      node: graph.add(VpcEndpoint, `gateway-endpoint-${service}`, {
        ...common(service),
        endpointType: 'Gateway',
        routeTableIds: appAndData.map((table) => table.ref('routeTableId')),
        subnetIds: [],
        securityGroupIds: [],
        privateDns: false,
      }),
    })),
    ...endpoints.interface.map((service) => ({
      service,
      node: graph.add(VpcEndpoint, interfaceNode(service), {
        ...common(service),
        endpointType: 'Interface',
        routeTableIds: [],
        subnetIds: idsOf(subnets.app),
        securityGroupIds: [groups.endpoints.ref('groupId')],
        privateDns: true,
      }),
    })),
  ];
}

/** `interface-endpoint-ecr-api` for `ecr.api`. */
export function interfaceNode(service: string): string {
  return `interface-endpoint-${service.replaceAll('.', '-')}`;
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html */
function serviceName({ region }: Place, service: string): string {
  return `com.amazonaws.${region}.${service}`;
}
