import { CreateTopicCommand, DeleteTopicCommand, SetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { NotFound } from '../../../controller/engine/errors.ts';
import type {
  Change,
  Created,
  Creation,
  Observed,
  ResourceType,
} from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { samePolicy } from '../policy-document.ts';
import { toSdkTags } from '../tags.ts';
import { topicArn } from './topic-arn.ts';
import { attributesOf } from './topic-attributes.ts';
import { listTopics } from './topic-list.ts';
import type { TopicOutputs, TopicSpec } from './topic-spec.ts';
import { changeTopicTags, readTopicTags, topicTags } from './topic-tags.ts';

/** Where alarms say what is wrong, and people subscribe. */
export const Topic: ResourceType<TopicSpec, TopicOutputs, Aws> = {
  name: 'sns/topic',
  fields: {
    name: { severity: 'availability', immutable: true },
    displayName: { severity: 'cosmetic' },
    kmsKey: { severity: 'security' },
    policy: { severity: 'security', equals: samePolicy },
  },
  absence: 'availability',
  // Its subscriptions: each was confirmed by a person, who hears no more of what tells another topic.
  holdsData: true,
  irreplaceable: true,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: 100,
  // No page of https://docs.aws.amazon.com/sns/latest/api/ names a delay of what is shown, and writing the same again
  // is harmless.
  settleTime: 10_000,

  list: listTopics,
  create: createTopic,
  update: writeTopic,

  async delete(aws, { id }) {
    await ifThere(aws.sns.send(new DeleteTopicCommand({ TopicArn: id })));
    topicTags.forget(aws, id);
  },

  async setTags(aws, { id, tags: actual }, tags) {
    await changeTopicTags(aws, id, tags, actual);
  },
};

async function createTopic(aws: Aws, spec: TopicSpec, creation: Creation): Promise<Created<TopicOutputs>> {
  const arn = topicArn(aws, spec.name);
  // CreateTopic gives the ARN of a topic that has the name already, whoever has it, or refuses other tags than it has.
  const existing = await tagsIfThere(aws, arn);
  if (existing !== undefined) {
    makeSureItIsOurs(`a topic ${spec.name} exists already`, existing, creation);
    return { id: arn };
  }
  const attributes = Object.values(attributesOf(spec)).filter(({ AttributeValue }) => AttributeValue !== '');
  topicTags.remember(aws, arn, creation.tags);
  await aws.sns.send(
    new CreateTopicCommand({
      Name: spec.name,
      Attributes: Object.fromEntries(
        attributes.map(({ AttributeName, AttributeValue }) => [AttributeName, AttributeValue]),
      ),
      Tags: toSdkTags(creation.tags),
    }),
  );
  return { id: arn, outputs: { arn } };
}

async function tagsIfThere(aws: Aws, arn: string) {
  try {
    return await readTopicTags(aws, arn);
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/** One attribute per call. */
async function writeTopic(
  { sns }: Aws,
  { id: TopicArn }: Observed<TopicSpec, TopicOutputs>,
  spec: TopicSpec,
  changes: readonly Change[],
): Promise<void> {
  const changed = new Set(changes.map(({ field }) => field));
  for (const [field, attribute] of Object.entries(attributesOf(spec)))
    if (changed.has(field)) await sns.send(new SetTopicAttributesCommand({ TopicArn, ...attribute }));
}
