/** A regional web ACL: what stands in front of load balancers and looks at every request. */
export type WebAclSpec = {
  /** Letters, digits, `_` and `-`. */
  readonly name: string;
  /** Three characters at least: WAF takes no empty one. */
  readonly description: string;
  /** What becomes of requests that no rule stops. Wanted is never `custom`, which is all that others can make of it. */
  readonly defaultAction: 'Allow' | 'Block' | 'custom';
  /** All there are, by name: their order is that of their priorities. */
  readonly rules: Readonly<Record<string, WebAclRule>>;
  readonly visibility: Visibility;
  /** Load balancers that it protects, whatever else it does; each has one web ACL at most. */
  readonly resourceArns: readonly string[];
};

export type WebAclRule = {
  /** Unique in the web ACL; the lowest comes first. */
  readonly priority: number;
  readonly visibility: Visibility;
  readonly statement: RuleStatement;
};

export type RuleStatement =
  | {
      readonly type: 'managed rules';
      readonly vendor: string;
      /** As `AWSManagedRulesCommonRuleSet`. */
      readonly group: string;
      /** Requests are counted, and none is stopped. */
      readonly onlyCounts: boolean;
    }
  | {
      readonly type: 'rate limit';
      /** Of one IP address; what is above is blocked. 10 to 2,000,000,000. */
      readonly requestsPer5Minutes: number;
    }
  | {
      readonly type: 'blocked countries';
      /** ISO 3166, two letters; one at least. */
      readonly countries: readonly string[];
    }
  /** What somebody else made; never wanted. */
  | { readonly type: 'other'; readonly content: string };

export type Visibility = {
  /** Letters, digits, `_` and `-`. */
  readonly metricName: string;
  readonly metrics: boolean;
  readonly sampledRequests: boolean;
};

export type WebAclOutputs = {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
};
