/** How the engine of caches behaves. */
export type ParameterGroupSpec = {
  /** Letters, digits and hyphens, in lower case. */
  readonly name: string;
  /** As `redis7` and `valkey8`. Caches take groups of the family of their version only. */
  readonly family: string;
  readonly description: string;
  /** Those that differ from AWS's defaults; all others are put back to them. */
  readonly parameters: Readonly<Record<string, string>>;
};

export type ParameterGroupOutputs = { readonly name: string; readonly arn: string };
