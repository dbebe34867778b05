export type TransitGatewayAttachmentSpec = {
  readonly transitGatewayId: string;
  readonly vpcId: string;
  /** One in each zone, in any order. */
  readonly subnetIds: readonly string[];
  readonly dnsSupport: boolean;
  /** Traffic of a connection stays in one zone, as firewalls in the VPC need it. */
  readonly applianceModeSupport: boolean;
};

export type TransitGatewayAttachmentOutputs = {
  readonly attachmentId: string;
  /** That of the spec: routes to the transit gateway that refer to this wait for the attachment. */
  readonly transitGatewayId: string;
};
