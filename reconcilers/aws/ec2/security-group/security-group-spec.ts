export type SecurityGroupSpec = {
  readonly vpcId: string;
  /** `default` is the group that comes with the VPC: it is taken over, not created, and given up, not deleted. */
  readonly groupName: string;
  readonly description: string;
  /**
   * The description of each rule, by what it allows: `tcp 443 from 10.0.0.0/16`. Other groups of the same VPC are
   * called by their names, so that two groups can refer to each other: `tcp 5432 from production-core-sg-app`.
   */
  readonly ingress: Readonly<Record<string, string>>;
  /** As ingress: `tcp 5432 to production-core-sg-database`, `all to 0.0.0.0/0`. */
  readonly egress: Readonly<Record<string, string>>;
};

export type SecurityGroupOutputs = { readonly groupId: string };
