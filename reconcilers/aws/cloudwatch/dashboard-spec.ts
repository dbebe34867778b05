import type { Fields } from '../../../controller/engine/resource-type.ts';

export type DashboardSpec = {
  /** Of letters, digits, `-` and `_`. No other dashboard of the account has it, in whatever region. */
  readonly name: string;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
  readonly body: Fields;
};

export type DashboardOutputs = {
  readonly arn: string;
  readonly name: string;
};
