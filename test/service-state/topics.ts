import {
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  paginateListSubscriptionsByTopic,
  paginateListTopics,
} from '@aws-sdk/client-sns';
import { collect } from '../../reconcilers/aws/pages.ts';
import type { Clients } from '../clients.ts';
import { byName, without, type DataState } from '../data-state/resources.ts';
import { pairsIn } from './pairs.ts';
import { parsed } from './parsed.ts';

export async function topicsOf({ sns }: Clients): Promise<DataState> {
  const topics = await collect(paginateListTopics({ client: sns }, {}), (page) => page.Topics);
  const found = await Promise.all(topics.map(({ TopicArn }) => topicOf(sns, TopicArn)));
  return { topics: byName(found, ({ name }) => name) };
}

/** Of subscriptions only how many there are: people make them. */
async function topicOf(sns: Clients['sns'], TopicArn: string | undefined) {
  const [{ Attributes = {} }, { Tags }, subscriptions] = await Promise.all([
    sns.send(new GetTopicAttributesCommand({ TopicArn })),
    sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn })),
    collect(paginateListSubscriptionsByTopic({ client: sns }, { TopicArn }), (page) => page.Subscriptions),
  ]);
  const settings = without(
    Attributes,
    'TopicArn',
    'Owner',
    'EffectiveDeliveryPolicy',
    'SubscriptionsConfirmed',
    'SubscriptionsPending',
    'SubscriptionsDeleted',
  );
  return {
    name: TopicArn?.split(':').at(-1),
    ...settings,
    Policy: parsed(Attributes['Policy']),
    subscriptions: subscriptions.length,
    Tags: pairsIn(Tags),
  };
}
