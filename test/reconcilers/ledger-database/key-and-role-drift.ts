import {
  AttachRolePolicyCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {
  DeleteAliasCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateKeyDescriptionCommand,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { missing, type DriftRow } from '../drift-row.ts';
import { keyId, named } from './names-in-aws.ts';

const AliasName = `alias/${named('key')}`;
const RoleName = named('monitoring');
const monitoring = 'arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole';
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const role = 'iam/role monitoring';

/** The key of all data. */
export const keyDrift: readonly DriftRow[] = [
  keyRow(
    'lets the account use the key for everything',
    (kms, KeyId) =>
      kms.send(
        new PutKeyPolicyCommand({
          KeyId,
          PolicyName: 'default',
          Policy: policyOf({
            Sid: 'All',
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::123456789012:root' },
            Action: 'kms:*',
            Resource: '*',
          }),
        }),
      ),
    ['policy.Statement is [{"Sid":"All"*, should be [{"Sid":"AccountAdministersKey"* (security)'],
  ),
  keyRow('ends the rotation of the key', (kms, KeyId) => kms.send(new DisableKeyRotationCommand({ KeyId })), [
    'rotation.enabled is false, should be true (security)',
    'rotation.periodDays is absent, should be 365 (security)',
  ]),
  {
    ...keyRow(
      'rotates the key less often',
      (kms, KeyId) => kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 2560 })),
      ['rotation.periodDays is 2560, should be 365 (security)'],
    ),
    batch: 1,
  },
  keyRow(
    'describes the key otherwise',
    (kms, KeyId) => kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'mine' })),
    ['description is mine, should be Encrypts the databases of production/ledger (cosmetic)'],
  ),
  keyRow(
    'takes a tag from the key, and shortens the way back',
    async (kms, KeyId) => {
      await kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['Compliance'] }));
      const Tags = [{ TagKey: 'fintech.global/deletion-window-days', TagValue: '7' }];
      return kms.send(new TagResourceCommand({ KeyId, Tags }));
    },
    [
      'tags.Compliance is absent, should be SOC2 (cost)',
      'deletionWindowDays is 7, should be 30 (availability)',
    ],
  ),
  {
    ...keyRow('disables the key', (kms, KeyId) => kms.send(new DisableKeyCommand({ KeyId })), [
      'keyState is Disabled, should be Enabled (availability)',
    ]),
    batch: 2,
  },
  {
    ...keyRow(
      'deletes the key',
      (kms, KeyId) => kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 })),
      [
        'keyState is PendingDeletion, should be Enabled (availability)',
        // AWS rotates no key that is to go.
        'rotation.enabled is false, should be true (security)',
        'rotation.periodDays is absent, should be 365 (security)',
      ],
    ),
    batch: 3,
  },
  {
    ...keyRow('deletes the alias of the key', (kms) => kms.send(new DeleteAliasCommand({ AliasName })), [
      `alias is "", should be ${AliasName} (availability)`,
    ]),
    batch: 1,
  },
];

/** The role of enhanced monitoring. */
export const roleDrift: readonly DriftRow[] = [
  {
    what: 'takes the right to monitor from the role, and gives it another',
    change: async ({ iam }) => {
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: monitoring }));
      return iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: readOnly }));
    },
    says: [`${role}: managedPolicyArns is ["${readOnly}"], should be ["${monitoring}"] (security)`],
  },
  {
    what: 'lets RDS of every account use the role',
    change: ({ iam }) => {
      const Principal = { Service: 'monitoring.rds.amazonaws.com' };
      const PolicyDocument = policyOf({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
      return iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    },
    says: [`${role}: trustPolicy.Statement is [*"sts:AssumeRole"}], should be [*"Condition"* (security)`],
  },
  {
    what: 'gives the role a policy of its own',
    change: ({ iam }) => {
      const PolicyDocument = policyOf({ Effect: 'Allow', Action: 'rds:*', Resource: '*' });
      return iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'more', PolicyDocument }));
    },
    says: [`${role}: inlinePolicies.more is *"rds:*"*, should be absent (security)`],
  },
  {
    what: 'describes the role otherwise, for longer sessions',
    change: ({ iam }) =>
      iam.send(new UpdateRoleCommand({ RoleName, Description: 'mine', MaxSessionDuration: 43_200 })),
    says: [
      `${role}: description is mine, should be RDS writes enhanced monitoring of production/ledger with this role (cosmetic)`,
      `${role}: maxSessionDuration is 43200, should be 3600 (security)`,
    ],
  },
  {
    what: 'takes a tag from the role',
    change: ({ iam }) => iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['CostCenter'] })),
    says: [`${role}: tags.CostCenter is absent, should be CC-12345 (cost)`],
  },
  {
    what: 'deletes the role',
    change: async ({ iam }) => {
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: monitoring }));
      return iam.send(new DeleteRoleCommand({ RoleName }));
    },
    says: [`${role} ${missing} (availability)`],
    batch: 1,
  },
];

function keyRow(
  what: string,
  change: (kms: KMSClient, KeyId: string) => Promise<unknown>,
  says: readonly string[],
): DriftRow {
  return {
    what,
    change: async (clients) => change(clients.kms, await keyId(clients)),
    says: says.map((text) => `kms/key key: ${text}`),
  };
}

function policyOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
