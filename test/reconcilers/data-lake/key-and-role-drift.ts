import {
  AttachRolePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {
  DeleteAliasCommand,
  DescribeKeyCommand,
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
import type { Clients } from '../../clients.ts';
import type { DriftRow } from '../drift-row.ts';
import { keyAlias, roleName } from './lake.ts';

type Options = Pick<DriftRow, 'batch'>;

function keyRow(
  what: string,
  change: (kms: KMSClient, KeyId: string) => Promise<unknown>,
  says: readonly string[],
  options: Options = {},
): DriftRow {
  return {
    what: `${what} the key`,
    change: async ({ kms }) => change(kms, await keyId(kms)),
    says: says.map((text) => `kms/key key: ${text}`),
    ...options,
  };
}

function roleRow(
  what: string,
  change: DriftRow['change'],
  says: readonly string[],
  options: Options = {},
): DriftRow {
  return {
    what: `${what} the role`,
    change,
    says: says.map((text) => `iam/role replication${text}`),
    ...options,
  };
}

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
});
const keyPolicyForAll = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'All',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::123456789012:root' },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
});
const trustInAnother = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::210987654321:root' }, Action: 'sts:AssumeRole' },
  ],
});
const s3FullAccess = 'arn:aws:iam::aws:policy/AmazonS3FullAccess';
const readOnlyAccess = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

export const keyDrift: readonly DriftRow[] = [
  keyRow(
    'widens the policy of',
    (kms, KeyId) =>
      kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: keyPolicyForAll })),
    ['policy.Statement is [{"Sid":"All"*"kms:*"*, should be [{"Sid":"AccountAdministersKey"* (security)'],
  ),
  keyRow('ends the rotation of', (kms, KeyId) => kms.send(new DisableKeyRotationCommand({ KeyId })), [
    'rotation.enabled is false, should be true (security)',
    'rotation.periodDays is absent, should be 365 (security)',
  ]),
  keyRow(
    'rotates less often',
    (kms, KeyId) => kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 2560 })),
    ['rotation.periodDays is 2560, should be 365 (security)'],
    { batch: 2 },
  ),
  keyRow(
    'deletes the alias of',
    (kms) => kms.send(new DeleteAliasCommand({ AliasName: keyAlias })),
    [`alias is "", should be ${keyAlias} (availability)`],
    { batch: 2 },
  ),
  keyRow(
    'describes',
    (kms, KeyId) => kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'mine' })),
    ['description is mine, should be Encrypts the data lake production/lake (cosmetic)'],
  ),
  keyRow(
    'disables',
    (kms, KeyId) => kms.send(new DisableKeyCommand({ KeyId })),
    ['keyState is Disabled, should be Enabled (availability)'],
    { batch: 3 },
  ),
  keyRow(
    'schedules the deletion of',
    (kms, KeyId) => kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 })),
    [
      'keyState is PendingDeletion, should be Enabled (availability)',
      'rotation.enabled is false, should be true (security)',
      'rotation.periodDays is absent, should be 365 (security)',
    ],
    { batch: 1 },
  ),
  keyRow(
    'changes tags of',
    async (kms, KeyId) => {
      await kms.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'Owner', TagValue: 'nobody' }] }));
      await kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['ManagedBy', 'fintech.global/owner'] }));
    },
    [
      'tags.Owner is nobody, should be team-platform@company.com (cost)',
      'tags.ManagedBy is absent, should be fintech-controller (cost)',
      'tags.fintech.global/owner is absent, should be DataLake/production/lake (cost)',
    ],
  ),
  keyRow(
    'shortens the deletion window of',
    (kms, KeyId) =>
      kms.send(
        new TagResourceCommand({
          KeyId,
          Tags: [{ TagKey: 'fintech.global/deletion-window-days', TagValue: '7' }],
        }),
      ),
    ['deletionWindowDays is 7, should be 30 (availability)'],
  ),
];

export const roleDrift: readonly DriftRow[] = [
  roleRow(
    'lets another account assume',
    ({ iam }) =>
      iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument: trustInAnother })),
    [
      ': trustPolicy.Statement is [*"arn:aws:iam::210987654321:root"*, should be [*"s3.amazonaws.com"* (security)',
    ],
  ),
  roleRow('widens the policy of', widenPolicy, [
    ': inlinePolicies.replication.Statement is [{"Sid":"ReadConfiguration"*, should be [{"Sid":"ReadConfiguration"* (security)',
  ]),
  roleRow(
    'adds a policy to',
    ({ iam }) =>
      iam.send(
        new PutRolePolicyCommand({ RoleName: roleName, PolicyName: 'more', PolicyDocument: everything }),
      ),
    [': inlinePolicies.more is {"Version":"2012-10-17"*"s3:*"*, should be absent (security)'],
  ),
  roleRow(
    'deletes the policy of',
    ({ iam }) => iam.send(new DeleteRolePolicyCommand({ RoleName: roleName, PolicyName: 'replication' })),
    [': inlinePolicies.replication is absent, should be {"Version":"2012-10-17"* (security)'],
    { batch: 2 },
  ),
  roleRow(
    'attaches a managed policy to',
    ({ iam }) => iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn: s3FullAccess })),
    [`: managedPolicyArns is ["${s3FullAccess}"], should be [] (security)`],
  ),
  roleRow(
    'bounds',
    ({ iam }) =>
      iam.send(
        new PutRolePermissionsBoundaryCommand({ RoleName: roleName, PermissionsBoundary: readOnlyAccess }),
      ),
    [`: permissionsBoundary is ${readOnlyAccess}, should be absent (security)`],
  ),
  roleRow(
    'lengthens the sessions of',
    ({ iam }) => iam.send(new UpdateRoleCommand({ RoleName: roleName, MaxSessionDuration: 43_200 })),
    [': maxSessionDuration is 43200, should be 3600 (security)'],
  ),
  roleRow(
    'describes',
    ({ iam }) => iam.send(new UpdateRoleCommand({ RoleName: roleName, Description: 'mine' })),
    [
      ': description is mine, should be S3 copies the objects of the data lake to its replica with this role (cosmetic)',
    ],
    { batch: 2 },
  ),
  roleRow(
    'changes tags of',
    async ({ iam }) => {
      await iam.send(new TagRoleCommand({ RoleName: roleName, Tags: [{ Key: 'Project', Value: 'other' }] }));
      await iam.send(new UntagRoleCommand({ RoleName: roleName, TagKeys: ['Name', 'fintech.global/node'] }));
    },
    [
      ': tags.Project is other, should be FinTechGlobal (cost)',
      ': tags.Name is absent, should be production-lake-replication (cost)',
      ': tags.fintech.global/node is absent, should be replication (cost)',
    ],
  ),
  roleRow(
    'deletes',
    async ({ iam }) => {
      await iam.send(new DeleteRolePolicyCommand({ RoleName: roleName, PolicyName: 'replication' }));
      await iam.send(new DeleteRoleCommand({ RoleName: roleName }));
    },
    [' is missing, should be there (availability)'],
    { batch: 3 },
  ),
];

export async function keyId(kms: KMSClient): Promise<string> {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: keyAlias }));
  return KeyMetadata?.KeyId ?? '';
}

async function widenPolicy({ iam }: Clients): Promise<unknown> {
  const policy = { RoleName: roleName, PolicyName: 'replication' };
  const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand(policy));
  const widened = decodeURIComponent(PolicyDocument).replace(
    '"s3:ReplicateObject"',
    '"s3:ReplicateObject","s3:ReplicateDelete"',
  );
  return iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: widened }));
}
