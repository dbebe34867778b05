import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { ownedTags } from '../owned.ts';
import { topicArn } from './topic-arn.ts';
import { topicSpecOf } from './topic-attributes.ts';
import type { TopicOutputs, TopicSpec } from './topic-spec.ts';
import { topicTags } from './topic-tags.ts';

type ObservedTopic = Observed<TopicSpec, TopicOutputs>;

/** Topics by their names, by what was seen before and by their tags. SNS tells of one topic per call. */
export async function listTopics(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedTopic[]> {
  const indexed = await ownedTags(aws, 'sns', queries);
  const arns = new Set(indexed.keys());
  for (const { names, known } of queries) {
    for (const name of names.values()) arns.add(topicArn(aws, name));
    for (const arn of known.values()) arns.add(arn);
  }
  const topics = await Promise.all([...arns].map((arn) => observe(aws, arn, indexed.get(arn), queries)));
  return topics.flat();
}

/** Nothing if it is not there, goes while it is looked at, or is not of these owners. */
async function observe(
  aws: Aws,
  arn: string,
  inIndex: Tags | undefined,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedTopic[]> {
  try {
    const { Attributes = {} } = await aws.sns.send(new GetTopicAttributesCommand({ TopicArn: arn }));
    const tags = await topicTags.of(aws, arn, inIndex);
    return claimsOn(arn, tags, queries).map((claim) => ({
      ...claim,
      id: arn,
      state: 'ready',
      spec: topicSpecOf(arn, Attributes),
      outputs: { arn },
      tags,
    }));
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}
