import {
  AlarmType,
  ListTagsForResourceCommand,
  paginateDescribeAlarms,
  type CompositeAlarm,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { collect } from '../../reconcilers/aws/pages.ts';
import type { Clients } from '../clients.ts';
import { byName, without, type DataState } from '../data-state/resources.ts';
import { pairsIn } from './pairs.ts';

/** Without those that a scaling policy of target tracking makes for itself, under another name each time. */
const ofScaling = /^TargetTracking-/;

export async function alarmsOf({ cloudwatch }: Clients): Promise<DataState> {
  const types = [AlarmType.MetricAlarm, AlarmType.CompositeAlarm];
  const pages = paginateDescribeAlarms({ client: cloudwatch }, { AlarmTypes: types });
  const alarms = await collect(pages, ({ MetricAlarms = [], CompositeAlarms = [] }) => [
    ...MetricAlarms,
    ...CompositeAlarms,
  ]);
  const own = alarms.filter(({ AlarmName = '' }) => !ofScaling.test(AlarmName));
  const found = await Promise.all(own.map((alarm) => alarmOf(cloudwatch, alarm)));
  return { alarms: byName(found, ({ AlarmName }) => AlarmName) };
}

/** Not in which state it is, which metrics decide. */
async function alarmOf(cloudwatch: Clients['cloudwatch'], alarm: MetricAlarm | CompositeAlarm) {
  const { AlarmArn: ResourceARN } = alarm;
  const { Tags } = await cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN }));
  return {
    ...without(
      alarm,
      'AlarmArn',
      'AlarmConfigurationUpdatedTimestamp',
      'StateValue',
      'StateReason',
      'StateReasonData',
      'StateUpdatedTimestamp',
      'StateTransitionedTimestamp',
    ),
    Tags: pairsIn(Tags),
  };
}
