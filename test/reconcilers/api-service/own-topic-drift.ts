import {
  DisableKeyCommand,
  DisableKeyRotationCommand,
  ListAliasesCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  UntagResourceCommand as UntagKeyCommand,
} from '@aws-sdk/client-kms';
import { DeleteTopicCommand, SetTopicAttributesCommand, UntagResourceCommand } from '@aws-sdk/client-sns';
import type { Clients } from '../../clients.ts';
import { missing, type DriftRow } from '../drift-row.ts';
import { arnOf, named, policyOf } from './names-in-aws.ts';

const TopicArn = arnOf('sns', named('alarms'));
const topic = 'sns/topic topic';
const key = 'kms/key key';

/** The topic that alarms tell where nobody else has one for them. */
export const topicDrift: readonly DriftRow[] = [
  {
    what: 'lets everybody hear of alarms',
    change: (clients) =>
      set(
        clients,
        'Policy',
        policyOf({ Effect: 'Allow', Principal: '*', Action: 'sns:Subscribe', Resource: TopicArn }),
      ),
    says: [`${topic}: policy.Statement is [*"sns:Subscribe"*], should be [*"AlarmsPublish"* (security)`],
  },
  {
    what: 'keeps messages without encryption',
    change: (clients) => set(clients, 'KmsMasterKeyId', ''),
    says: [`${topic}: kmsKey is absent, should be arn:aws:kms:* (security)`],
  },
  {
    what: 'lets others seem to speak',
    change: (clients) => set(clients, 'DisplayName', 'Your bank'),
    says: [`${topic}: displayName is Your bank, should be Alarms of production/fintech-api (cosmetic)`],
  },
  {
    what: 'takes a tag from the topic',
    change: ({ sns }) =>
      sns.send(new UntagResourceCommand({ ResourceArn: TopicArn, TagKeys: ['Environment'] })),
    says: [`${topic}: tags.Environment is absent, should be Production (cost)`],
  },
  {
    what: 'deletes the topic',
    change: ({ sns }) => sns.send(new DeleteTopicCommand({ TopicArn })),
    says: [`${topic} ${missing} (availability)`],
    batch: 1,
  },
];

/** The key of a service without a database. */
export const keyDrift: readonly DriftRow[] = [
  keyRow(
    'lets the account use the key for everything',
    ({ kms }, KeyId) => {
      const Principal = { AWS: 'arn:aws:iam::123456789012:root' };
      const Policy = policyOf({ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' });
      return kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy }));
    },
    ['policy.Statement is [*"kms:*"*], should be [{"Sid":"AccountAdministersKey"* (security)'],
  ),
  keyRow(
    'ends the rotation of the key',
    ({ kms }, KeyId) => kms.send(new DisableKeyRotationCommand({ KeyId })),
    [
      'rotation.enabled is false, should be true (security)',
      'rotation.periodDays is absent, should be 365 (security)',
    ],
  ),
  keyRow(
    'takes a tag from the key',
    ({ kms }, KeyId) => kms.send(new UntagKeyCommand({ KeyId, TagKeys: ['Environment'] })),
    ['tags.Environment is absent, should be Production (cost)'],
  ),
  {
    ...keyRow('disables the key', ({ kms }, KeyId) => kms.send(new DisableKeyCommand({ KeyId })), [
      'keyState is Disabled, should be Enabled (availability)',
    ]),
    batch: 2,
  },
  {
    ...keyRow(
      'deletes the key',
      ({ kms }, KeyId) => kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 })),
      [
        'keyState is PendingDeletion, should be Enabled (availability)',
        // AWS rotates no key that is to go.
        'rotation.enabled is false, should be true (security)',
        'rotation.periodDays is absent, should be 365 (security)',
      ],
    ),
    batch: 3,
  },
];

function keyRow(
  what: string,
  change: (clients: Clients, KeyId: string) => Promise<unknown>,
  texts: readonly string[],
): DriftRow {
  return {
    what,
    change: async (clients) => change(clients, await keyId(clients)),
    says: texts.map((text) => `${key}: ${text}`),
  };
}

async function keyId({ kms }: Clients): Promise<string> {
  const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
  return Aliases.find(({ AliasName }) => AliasName === `alias/${named('key')}`)?.TargetKeyId ?? '';
}

async function set({ sns }: Clients, AttributeName: string, AttributeValue: string): Promise<void> {
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
}
