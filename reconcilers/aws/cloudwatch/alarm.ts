import { DeleteAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import type { Created, Creation, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { sameUnordered } from '../same.ts';
import { toSdkTags } from '../tags.ts';
import { describeAlarm } from './alarm-description.ts';
import { listAlarms } from './alarm-list.ts';
import { alarmParameters } from './alarm-settings.ts';
import type { AlarmOutputs, AlarmSpec } from './alarm-spec.ts';
import { alarmArn } from './arn.ts';
import { alarmTags, changeTags, readTags } from './tags.ts';

/** A metric, or an expression of metrics, that is watched. In which state it is, AWS says and nobody here. */
export const Alarm: ResourceType<AlarmSpec, AlarmOutputs, Aws> = {
  name: 'cloudwatch/alarm',
  fields: {
    name: { severity: 'availability', immutable: true },
    description: { severity: 'cosmetic' },
    metric: { severity: 'availability' },
    evaluationPeriods: { severity: 'availability' },
    datapointsToAlarm: { severity: 'availability' },
    threshold: { severity: 'availability' },
    comparison: { severity: 'availability' },
    treatMissingData: { severity: 'availability' },
    lowSampleCount: { severity: 'availability' },
    alarmActions: { severity: 'availability', equals: sameUnordered },
    okActions: { severity: 'availability', equals: sameUnordered },
    insufficientDataActions: { severity: 'availability', equals: sameUnordered },
    actionsEnabled: { severity: 'availability' },
    otherSettings: { severity: 'availability' },
  },
  absence: 'availability',
  holdsData: false,
  // PutMetricAlarm on a name that is taken changes what has it.
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: 100,
  // No page of https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/ names a delay of what is shown, and
  // writing the same again is harmless.
  settleTime: 10_000,

  list: listAlarms,
  create: createAlarm,

  async update(aws, _, spec) {
    await aws.cloudwatch.send(new PutMetricAlarmCommand(alarmParameters(spec)));
  },

  async delete(aws, { id, outputs }) {
    await ifThere(aws.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [id] })));
    alarmTags.forget(aws, outputs.arn);
  },

  async setTags(aws, { outputs, tags: actual }, tags) {
    alarmTags.remember(aws, outputs.arn, tags);
    await changeTags(aws, outputs.arn, tags, actual);
  },
};

async function createAlarm(aws: Aws, spec: AlarmSpec, creation: Creation): Promise<Created<AlarmOutputs>> {
  const { name } = spec;
  // Writing it would change an alarm that has the name already, whoever has it.
  const existing = await describeAlarm(aws, name);
  if (existing !== undefined) {
    const tags = await readTags(aws, existing.arn);
    makeSureItIsOurs(`an alarm ${name} exists already`, tags, creation);
    return { id: name };
  }
  const arn = alarmArn(aws, name);
  alarmTags.remember(aws, arn, creation.tags);
  await aws.cloudwatch.send(
    new PutMetricAlarmCommand({ ...alarmParameters(spec), Tags: toSdkTags(creation.tags) }),
  );
  return { id: name, outputs: { arn, name } };
}
