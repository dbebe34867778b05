import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';

export type LogGroupSpec = {
  readonly name: string;
  /** undefined keeps for ever. */
  readonly retentionDays: number | undefined;
  /** undefined: encrypted with a key of AWS. */
  readonly kmsKeyArn: string | undefined;
  readonly logGroupClass: LogGroupClass;
};

export type LogGroupOutputs = {
  /** Without `:*`. */
  readonly arn: string;
  readonly name: string;
};
