import {
  AssociateKmsKeyCommand,
  DeleteRetentionPolicyCommand,
  ListTagsForResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroupOutputs, LogGroupSpec } from '../../../../reconcilers/aws/logs/log-group-spec.ts';
import { LogGroup } from '../../../../reconcilers/aws/logs/log-group.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeKey, sampleLogGroup } from './log-group-samples.ts';

describeResourceType(LogGroup, async (aws): Promise<Fixture<LogGroupSpec, LogGroupOutputs>> => {
  const [key, otherKey] = [await makeKey(aws), await makeKey(aws)];
  return {
    spec: (number) => sampleLogGroup(`/test/contract-${number}`),

    async removeTags({ outputs }) {
      const resourceArn = outputs.arn;
      const { tags = {} } = await aws.logs.send(new ListTagsForResourceCommand({ resourceArn }));
      await aws.logs.send(new UntagResourceCommand({ resourceArn, tagKeys: Object.keys(tags) }));
    },

    fields: {
      name: 'immutable',
      logGroupClass: 'immutable',
      retentionDays: {
        another: 30,
        changeFromOutside: ({ id: logGroupName }) =>
          aws.logs.send(new DeleteRetentionPolicyCommand({ logGroupName })),
      },
      kmsKeyArn: {
        another: key,
        changeFromOutside: ({ id: logGroupName }) =>
          aws.logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId: otherKey })),
      },
    },
  };
});
