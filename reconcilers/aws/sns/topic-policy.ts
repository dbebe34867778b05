import type { PolicyDocument, PolicyStatement } from '../policy-document.ts';
import { topicArn } from './topic-arn.ts';

type Place = { readonly account: string; readonly region: string };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html */
const ALARMS = { Service: 'cloudwatch.amazonaws.com' };

/**
 * Alarms of this account may publish to the topic. Principals of the account need no statement: their own policies
 * are enough.
 */
export function alarmTopicPolicy(place: Place, name: string): PolicyDocument {
  const publish: PolicyStatement = {
    Sid: 'AlarmsPublish',
    Effect: 'Allow',
    Principal: ALARMS,
    Action: 'sns:Publish',
    Resource: topicArn(place, name),
    Condition: { StringEquals: { 'aws:SourceAccount': place.account } },
  };
  return { Version: '2012-10-17', Statement: [publish] };
}

/**
 * For the policy of a key with which a topic is encrypted: without it no alarm of the account gets a message through.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export function alarmsUseKey({ account }: Place): PolicyStatement {
  return {
    Sid: 'AlarmsPublishToEncryptedTopics',
    Effect: 'Allow',
    Principal: ALARMS,
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceAccount': account } },
  };
}
