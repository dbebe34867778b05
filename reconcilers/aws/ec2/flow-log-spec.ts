import type { LogDestinationType, TrafficType } from '@aws-sdk/client-ec2';

export type FlowLogSpec = {
  readonly vpcId: string;
  readonly trafficType: TrafficType;
  /** `cloud-watch-logs` or `s3`; others are only ever seen. */
  readonly destinationType: LogDestinationType;
  /** ARN of a log group (without `:*`), or of a bucket, with a prefix if wanted. */
  readonly destination: string;
  /** With which the service writes to the log group; none for S3. */
  readonly roleArn: string | undefined;
  /** In seconds: 60 or 600. */
  readonly maxAggregationInterval: number;
};

export type FlowLogOutputs = { readonly flowLogId: string };
