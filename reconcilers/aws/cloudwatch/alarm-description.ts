import { AlarmType, paginateDescribeAlarms, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { BatchedRead } from '../batched-read.ts';
import type { Aws } from '../cloud.ts';

export type AlarmDescription = {
  readonly arn: string;
  /** undefined for a composite alarm, which takes a name as well. */
  readonly alarm: MetricAlarm | undefined;
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const NAMES_PER_CALL = 100;

const descriptions = new BatchedRead<string, AlarmDescription | undefined>(describeAll, NAMES_PER_CALL);

/** Undefined if there is none of this name. What is asked for at the same time is one call for a hundred. */
export function describeAlarm(aws: Aws, name: string): Promise<AlarmDescription | undefined> {
  return descriptions.of(aws, name);
}

async function describeAll(
  { cloudwatch: client }: Aws,
  names: readonly string[],
): Promise<(AlarmDescription | undefined)[]> {
  const found = new Map<string, AlarmDescription>();
  const asked = {
    AlarmNames: [...new Set(names)],
    AlarmTypes: [AlarmType.MetricAlarm, AlarmType.CompositeAlarm],
    MaxRecords: NAMES_PER_CALL,
  };
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of paginateDescribeAlarms({ client }, asked)) {
    for (const alarm of MetricAlarms) found.set(alarm.AlarmName ?? '', { arn: alarm.AlarmArn ?? '', alarm });
    for (const { AlarmName = '', AlarmArn: arn = '' } of CompositeAlarms)
      found.set(AlarmName, { arn, alarm: undefined });
  }
  return names.map((name) => found.get(name));
}
