export type SubnetGroupSpec = {
  /** Lower case: AWS stores it so. */
  readonly name: string;
  readonly description: string;
  /** In one VPC and at least two zones. */
  readonly subnetIds: readonly string[];
};

export type SubnetGroupOutputs = { readonly name: string; readonly arn: string; readonly vpcId: string };
