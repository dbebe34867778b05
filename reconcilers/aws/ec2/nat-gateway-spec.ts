export type NatGatewaySpec = {
  readonly subnetId: string;
  /** The elastic IP that it sends from. */
  readonly allocationId: string;
};

export type NatGatewayOutputs = { readonly natGatewayId: string };
