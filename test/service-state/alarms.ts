import {
  AlarmType,
  paginateDescribeAlarms,
  type CompositeAlarm,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { paginateGetResources, type Tag } from '@aws-sdk/client-resource-groups-tagging-api';
import { collect } from '../../reconcilers/aws/pages.ts';
import type { Clients } from '../clients.ts';
import { byName, without, type DataState } from '../data-state/resources.ts';
import { pairsIn } from './pairs.ts';

/** Without those that a scaling policy of target tracking makes for itself, under another name each time. */
const ofScaling = /^TargetTracking-/;

export async function alarmsOf({ cloudwatch, tagging }: Clients): Promise<DataState> {
  const types = [AlarmType.MetricAlarm, AlarmType.CompositeAlarm];
  const pages = paginateDescribeAlarms({ client: cloudwatch }, { AlarmTypes: types });
  const [alarms, tags] = await Promise.all([
    collect(pages, ({ MetricAlarms = [], CompositeAlarms = [] }) => [...MetricAlarms, ...CompositeAlarms]),
    tagsByArn(tagging),
  ]);
  const own = alarms.filter(({ AlarmName = '' }) => !ofScaling.test(AlarmName));
  const found = own.map((alarm) => alarmOf(alarm, tags.get(alarm.AlarmArn ?? '')));
  return { alarms: byName(found, ({ AlarmName }) => AlarmName) };
}

/** From the index: each alarm by itself would be a call for each of some dozens. */
async function tagsByArn(client: Clients['tagging']): Promise<ReadonlyMap<string, readonly Tag[]>> {
  const pages = paginateGetResources({ client }, { ResourceTypeFilters: ['cloudwatch:alarm'] });
  const tagged = await collect(pages, (page) => page.ResourceTagMappingList);
  return new Map(tagged.map(({ ResourceARN = '', Tags = [] }) => [ResourceARN, Tags]));
}

/** Not in which state it is, which metrics decide. */
function alarmOf(alarm: MetricAlarm | CompositeAlarm, Tags: readonly Tag[] = []) {
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
