import { parsePolicy } from '../policy-document.ts';
import { topicNameIn } from './topic-arn.ts';
import type { TopicSpec } from './topic-spec.ts';

/** As CreateTopic, GetTopicAttributes and SetTopicAttributes have them: texts by name. */
type Attributes = Readonly<Record<string, string>>;

/** By the field of the spec. An empty key is none. */
export function attributesOf({ displayName, kmsKey, policy }: TopicSpec) {
  return {
    displayName: { AttributeName: 'DisplayName', AttributeValue: displayName },
    kmsKey: { AttributeName: 'KmsMasterKeyId', AttributeValue: kmsKey ?? '' },
    policy: { AttributeName: 'Policy', AttributeValue: JSON.stringify(policy) },
  };
}

export function topicSpecOf(
  arn: string,
  { DisplayName = '', KmsMasterKeyId, Policy }: Attributes,
): TopicSpec {
  return {
    name: topicNameIn(arn),
    displayName: DisplayName,
    kmsKey: KmsMasterKeyId === '' ? undefined : KmsMasterKeyId,
    policy: parsePolicy(Policy) ?? { Version: '2012-10-17', Statement: [] },
  };
}
