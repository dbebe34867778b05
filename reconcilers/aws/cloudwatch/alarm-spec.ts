import type { ComparisonOperator, StandardUnit } from '@aws-sdk/client-cloudwatch';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export type AlarmSpec = {
  readonly name: string;
  readonly description: string;
  readonly metric: AlarmMetric;
  readonly evaluationPeriods: number;
  /** How many of the periods must be beyond the threshold; no more than there are. */
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparison: ComparisonOperator;
  readonly treatMissingData: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
  /** For percentiles of a few samples: whether they count. */
  readonly lowSampleCount: 'evaluate' | 'ignore';
  /** ARNs, five at most. Topics must be in the region of the alarm. */
  readonly alarmActions: readonly string[];
  readonly okActions: readonly string[];
  readonly insufficientDataActions: readonly string[];
  readonly actionsEnabled: boolean;
  /** What else somebody set, by AWS's names. Wanted is always none: whatever is written takes it away. */
  readonly otherSettings: readonly string[];
};

export type AlarmMetric =
  | (MetricStatistic & { readonly kind: 'metric' })
  /** By id; exactly one returns data, and is what is compared with the threshold. */
  | { readonly kind: 'math'; readonly queries: Readonly<Record<string, MetricQuery>> };

export type MetricStatistic = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** `Average`, `Sum`, `SampleCount`, `Minimum`, `Maximum`, or an extended one as `p99`. */
  readonly statistic: string;
  /** In seconds: 10, 20, 30 or a multiple of 60. */
  readonly period: number;
  /** Best left out: a unit with which the metric is not published is an alarm that never has data. */
  readonly unit?: StandardUnit | undefined;
};

export type MetricQuery =
  | { readonly returnData: boolean; readonly metric: MetricStatistic }
  | {
      readonly returnData: boolean;
      readonly expression: string;
      /** For expressions that name no other query. */
      readonly period?: number | undefined;
    };

export type AlarmOutputs = {
  readonly arn: string;
  readonly name: string;
};
