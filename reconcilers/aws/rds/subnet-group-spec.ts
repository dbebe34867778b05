export type SubnetGroupSpec = {
  /** Lower case: AWS stores it so. */
  readonly name: string;
  readonly description: string;
  /** The one that the subnets are in: AWS lets no group move to another. */
  readonly vpcId: string;
  /** In at least two zones. */
  readonly subnetIds: readonly string[];
};

export type SubnetGroupOutputs = { readonly name: string; readonly arn: string; readonly vpcId: string };
