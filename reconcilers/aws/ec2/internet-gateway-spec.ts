export type InternetGatewaySpec = {
  /** What it is attached to; undefined is none. */
  readonly vpcId: string | undefined;
};

export type InternetGatewayOutputs = { readonly internetGatewayId: string };
