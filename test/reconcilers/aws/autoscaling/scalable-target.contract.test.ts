import {
  DeleteScalingPolicyCommand,
  ListTagsForResourceCommand,
  RegisterScalableTargetCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { parametersOf } from '../../../../reconcilers/aws/autoscaling/scalable-target-id.ts';
import type {
  ScalableTargetOutputs,
  ScalableTargetSpec,
} from '../../../../reconcilers/aws/autoscaling/scalable-target-spec.ts';
import { ScalableTarget } from '../../../../reconcilers/aws/autoscaling/scalable-target.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeTable, sampleTarget, utilization } from './scalable-target-samples.ts';

describeResourceType(
  ScalableTarget,
  async (aws): Promise<Fixture<ScalableTargetSpec, ScalableTargetOutputs>> => ({
    async spec(number) {
      const table = `contract-${number}`;
      await makeTable(aws, table);
      return sampleTarget(table);
    },

    async removeTags({ outputs }) {
      const ResourceARN = outputs.arn;
      const { Tags = {} } = await aws.autoscaling.send(new ListTagsForResourceCommand({ ResourceARN }));
      await aws.autoscaling.send(new UntagResourceCommand({ ResourceARN, TagKeys: Object.keys(Tags) }));
    },

    fields: {
      resourceId: 'immutable',
      dimension: 'immutable',
      minCapacity: {
        another: 1,
        changeFromOutside: ({ spec }) =>
          aws.autoscaling.send(
            new RegisterScalableTargetCommand({ ...parametersOf(spec), MinCapacity: 2, MaxCapacity: 100 }),
          ),
      },
      maxCapacity: {
        another: 500,
        changeFromOutside: ({ spec }) =>
          aws.autoscaling.send(
            new RegisterScalableTargetCommand({ ...parametersOf(spec), MinCapacity: 5, MaxCapacity: 10 }),
          ),
      },
      suspended: {
        another: { scaleIn: true, scaleOut: false, scheduled: true },
        changeFromOutside: ({ spec }) =>
          aws.autoscaling.send(
            new RegisterScalableTargetCommand({
              ...parametersOf(spec),
              SuspendedState: { DynamicScalingOutSuspended: true },
            }),
          ),
      },
      policies: {
        another: { other: { ...utilization, targetValue: 50, disableScaleIn: true } },
        changeFromOutside: ({ spec }) =>
          aws.autoscaling.send(
            new DeleteScalingPolicyCommand({ ...parametersOf(spec), PolicyName: 'reads' }),
          ),
      },
    },
  }),
);
