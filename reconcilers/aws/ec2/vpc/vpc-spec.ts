export type VpcSpec = {
  readonly cidrBlock: string;
  readonly tenancy: 'default' | 'dedicated' | 'host';
  /** The resolver at the second address of the VPC answers. */
  readonly dnsSupport: boolean;
  /** Resources get names; private DNS of endpoints needs it. */
  readonly dnsHostnames: boolean;
};

export type VpcOutputs = { readonly vpcId: string };
