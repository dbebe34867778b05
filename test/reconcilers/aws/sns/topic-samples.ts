import { alarmTopicPolicy } from '../../../../reconcilers/aws/sns/topic-policy.ts';
import type { TopicSpec } from '../../../../reconcilers/aws/sns/topic-spec.ts';
import { account } from '../connect.ts';

export function sampleTopic(name: string): TopicSpec {
  const policy = alarmTopicPolicy({ account, region: 'eu-west-1' }, name);
  return { name, displayName: 'Alarms of production', kmsKey: undefined, policy };
}
