import {
  AddPermissionCommand,
  ListTagsForResourceCommand,
  SetTopicAttributesCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import type { TopicOutputs, TopicSpec } from '../../../../reconcilers/aws/sns/topic-spec.ts';
import { Topic } from '../../../../reconcilers/aws/sns/topic.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeKey } from '../logs/log-group-samples.ts';
import { sampleTopic } from './topic-samples.ts';

describeResourceType(Topic, async (aws): Promise<Fixture<TopicSpec, TopicOutputs>> => {
  const key = await makeKey(aws);
  const set = (AttributeName: string, AttributeValue: string) => (current: { readonly id: string }) =>
    aws.sns.send(new SetTopicAttributesCommand({ TopicArn: current.id, AttributeName, AttributeValue }));
  return {
    spec: (number) => sampleTopic(`contract-${number}`),

    async removeTags({ id: ResourceArn }) {
      const { Tags = [] } = await aws.sns.send(new ListTagsForResourceCommand({ ResourceArn }));
      await aws.sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: Tags.map(({ Key = '' }) => Key) }));
    },

    fields: {
      name: 'immutable',
      displayName: { another: '', changeFromOutside: set('DisplayName', 'changed') },
      kmsKey: { another: key, changeFromOutside: set('KmsMasterKeyId', 'alias/aws/sns') },
      policy: {
        another: { Version: '2012-10-17', Statement: [] },
        changeFromOutside: ({ id: TopicArn }) =>
          aws.sns.send(
            new AddPermissionCommand({
              TopicArn,
              Label: 'somebody',
              AWSAccountId: ['111122223333'],
              ActionName: ['Publish'],
            }),
          ),
      },
    },
  };
});
