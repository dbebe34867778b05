export type SubnetSpec = {
  readonly vpcId: string;
  readonly availabilityZone: string;
  readonly cidrBlock: string;
  /** Instances get a public address without asking for it. */
  readonly mapPublicIpOnLaunch: boolean;
  /** An id, or `default` for the network ACL that comes with the VPC. */
  readonly networkAclId: string;
};

export type SubnetOutputs = { readonly subnetId: string };
