/** Where the nodes of caches are. */
export type SubnetGroupSpec = {
  /** Letters, digits and hyphens, in lower case: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html */
  readonly name: string;
  readonly description: string;
  /** The one that the subnets are in: AWS lets no group move to another. */
  readonly vpcId: string;
  /** Their order means nothing. */
  readonly subnetIds: readonly string[];
};

export type SubnetGroupOutputs = { readonly name: string; readonly arn: string };
