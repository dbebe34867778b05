export type NetworkAclSpec = {
  readonly vpcId: string;
  /**
   * What each rule says, by direction and number: `ingress 100` is `allow tcp 443 from 0.0.0.0/0`. Not the
   * last ones (`*` in the console, 32767), which AWS adds and which deny everything.
   */
  readonly entries: Readonly<Record<string, string>>;
};

export type NetworkAclOutputs = { readonly networkAclId: string };
