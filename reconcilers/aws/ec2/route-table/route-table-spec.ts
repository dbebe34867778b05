export type RouteTableSpec = {
  readonly vpcId: string;
  /**
   * Targets (`igw-...`, `nat-...`, `tgw-...`) by destination (`0.0.0.0/0`). Not those that AWS adds by itself:
   * the local ones, those of gateway endpoints, and propagated ones.
   */
  readonly routes: Readonly<Record<string, string>>;
  /** Subnets that are explicitly associated, in any order. */
  readonly subnetIds: readonly string[];
  /** Virtual private gateways that may add routes, in any order. */
  readonly propagatingGatewayIds: readonly string[];
};

export type RouteTableOutputs = { readonly routeTableId: string };
