import { AlarmType, paginateDescribeAlarms, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import DataLoader from 'dataloader';
import type { Aws } from '../cloud.ts';

export type AlarmDescription = {
  readonly arn: string;
  /** undefined for a composite alarm, which takes a name as well. */
  readonly alarm: MetricAlarm | undefined;
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const NAMES_PER_CALL = 100;
/** For so many milliseconds a description waits for others to be asked for. */
const WINDOW = 5;

type Descriptions = DataLoader<string, AlarmDescription | undefined>;

const descriptions = new WeakMap<Aws, Descriptions>();

/** Undefined if there is none of this name. What is asked for at the same time is one call for a hundred. */
export async function describeAlarm(aws: Aws, name: string): Promise<AlarmDescription | undefined> {
  let loader = descriptions.get(aws);
  if (loader === undefined) {
    loader = new DataLoader((names) => describeAll(aws, names), {
      cache: false,
      maxBatchSize: NAMES_PER_CALL,
      batchScheduleFn: (dispatch) => void setTimeout(dispatch, WINDOW),
    });
    descriptions.set(aws, loader);
  }
  return loader.load(name);
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
