/** A parameter group of a cluster, or of instances. */
export type ParameterGroupSpec = {
  /** Lower case: AWS stores it so. */
  readonly name: string;
  /** `aurora-postgresql15`, `postgres15` ... */
  readonly family: string;
  readonly description: string;
  /** Those that are set; all others have the values of the family. */
  readonly parameters: Readonly<Record<string, string>>;
};

export type ParameterGroupOutputs = {
  readonly name: string;
  readonly arn: string;
  /** Those among the parameters that take effect with a reboot only. */
  readonly appliedAtReboot: readonly string[];
};
