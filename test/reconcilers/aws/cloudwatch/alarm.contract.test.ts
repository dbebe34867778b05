import {
  DisableAlarmActionsCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  UntagResourceCommand,
  type PutMetricAlarmInput,
} from '@aws-sdk/client-cloudwatch';
import { alarmParameters } from '../../../../reconcilers/aws/cloudwatch/alarm-settings.ts';
import type { AlarmOutputs, AlarmSpec } from '../../../../reconcilers/aws/cloudwatch/alarm-spec.ts';
import { Alarm } from '../../../../reconcilers/aws/cloudwatch/alarm.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { cpu, errorRate, sampleAlarm, topicOf } from './alarm-samples.ts';

describeResourceType(
  Alarm,
  async ({ cloudwatch }): Promise<Fixture<AlarmSpec, AlarmOutputs>> => {
    /** As the console does: everything as it is, but for what is changed. */
    const put =
      (changes: Partial<PutMetricAlarmInput>) =>
      ({ spec }: { readonly spec: AlarmSpec }) =>
        cloudwatch.send(new PutMetricAlarmCommand({ ...alarmParameters(spec), ...changes }));
    const percentile = { ...cpu, statistic: 'p99' };
    return {
      spec: (number) => sampleAlarm(`contract-${number}`),

      async removeTags({ outputs }) {
        const ResourceARN = outputs.arn;
        const { Tags = [] } = await cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN }));
        const TagKeys = Tags.map(({ Key = '' }) => Key);
        await cloudwatch.send(new UntagResourceCommand({ ResourceARN, TagKeys }));
      },

      fields: {
        name: 'immutable',
        otherSettings: 'own tests',
        description: { another: '', changeFromOutside: put({ AlarmDescription: 'changed' }) },
        metric: { another: errorRate, changeFromOutside: put({ Dimensions: [] }) },
        evaluationPeriods: { another: 10, changeFromOutside: put({ EvaluationPeriods: 6 }) },
        datapointsToAlarm: { another: 5, changeFromOutside: put({ DatapointsToAlarm: 1 }) },
        threshold: { another: 0.5, changeFromOutside: put({ Threshold: 1_000 }) },
        comparison: {
          another: 'LessThanThreshold',
          changeFromOutside: put({ ComparisonOperator: 'LessThanOrEqualToThreshold' }),
        },
        treatMissingData: { another: 'breaching', changeFromOutside: put({ TreatMissingData: undefined }) },
        lowSampleCount: {
          another: 'ignore',
          given: { metric: percentile },
          changeFromOutside: put({ EvaluateLowSampleCountPercentile: 'ignore' }),
        },
        alarmActions: { another: [topicOf('two')], changeFromOutside: put({ AlarmActions: [] }) },
        okActions: { another: [], changeFromOutside: put({ OKActions: [topicOf('three')] }) },
        insufficientDataActions: {
          another: [topicOf('one')],
          changeFromOutside: put({ InsufficientDataActions: [topicOf('two')] }),
        },
        actionsEnabled: {
          another: false,
          changeFromOutside: ({ id }) =>
            cloudwatch.send(new DisableAlarmActionsCommand({ AlarmNames: [id] })),
        },
      },
    };
  },
  ['otherSettings'],
);
