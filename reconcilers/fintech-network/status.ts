import type { NodeHandle } from '../../controller/engine/graph.ts';
import type { Inputs } from '../../controller/engine/ref.ts';
import type { VpcOutputs } from '../aws/ec2/vpc/vpc-spec.ts';
import type { Endpoint } from './endpoints.ts';
import type { Gateways } from './nat-gateways.ts';
import type { RouteTables } from './routes.ts';
import type { SecurityGroups } from './security-groups.ts';
import type { Ports, Tier } from './spec.ts';
import type { Subnets, TierSubnet } from './subnets.ts';

/** What other objects and people need to know of a network. Lists are in the order of their zones' names. */
export type FintechNetworkStatus = {
  readonly vpcId: string;
  readonly subnets: Readonly<Record<Tier, readonly SubnetStatus[]>>;
  readonly securityGroups: {
    readonly loadBalancer: string;
    readonly app: string;
    readonly database: string;
    readonly cache: string;
    readonly endpoints: string;
  };
  /** On which the groups let their clients in. */
  readonly ports: Ports;
  readonly natGateways: readonly { readonly id: string; readonly zone: string; readonly publicIp: string }[];
  readonly routeTables: {
    readonly public: string;
    readonly app: readonly { readonly id: string; readonly zone: string }[];
    readonly data: string;
  };
  /** Ids by service: `s3`, `ecr.api`. */
  readonly endpoints: Readonly<Record<string, string>>;
};

type SubnetStatus = { readonly id: string; readonly zone: string; readonly cidr: string };

export type Made = {
  readonly ports: Ports;
  readonly vpc: NodeHandle<VpcOutputs>;
  readonly subnets: Subnets;
  readonly groups: SecurityGroups;
  readonly gateways: Gateways;
  readonly tables: RouteTables;
  readonly endpoints: readonly Endpoint[];
};

export function statusOf({
  ports,
  vpc,
  subnets,
  groups,
  gateways,
  tables,
  endpoints,
}: Made): Inputs<FintechNetworkStatus> {
  return {
    vpcId: vpc.ref('vpcId'),
    subnets: {
      public: subnets.public.map(subnetStatus),
      app: subnets.app.map(subnetStatus),
      data: subnets.data.map(subnetStatus),
    },
    securityGroups: {
      loadBalancer: groups.loadBalancer.ref('groupId'),
      app: groups.app.ref('groupId'),
      database: groups.database.ref('groupId'),
      cache: groups.cache.ref('groupId'),
      endpoints: groups.endpoints.ref('groupId'),
    },
    ports,
    natGateways: gateways.map(({ zone, node, address }) => ({
      id: node.ref('natGatewayId'),
      zone,
      // A NAT gateway shows it only when it is available.
      publicIp: address.ref('publicIp'),
    })),
    routeTables: {
      public: tables.public.ref('routeTableId'),
      app: tables.app.map(({ zone, node }) => ({ id: node.ref('routeTableId'), zone })),
      data: tables.data.ref('routeTableId'),
    },
    endpoints: Object.fromEntries(endpoints.map(({ service, node }) => [service, node.ref('vpcEndpointId')])),
  };
}

function subnetStatus({ node, zone, cidr }: TierSubnet): Inputs<SubnetStatus> {
  return { id: node.ref('subnetId'), zone, cidr };
}
