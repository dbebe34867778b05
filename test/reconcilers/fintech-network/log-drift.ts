import {
  AssociateKmsKeyCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  PutRetentionPolicyCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateTagsCommand, DeleteFlowLogsCommand } from '@aws-sdk/client-ec2';
import {
  AttachRolePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { missing } from '../drift-row.ts';
import type { DriftRow } from './drift-rows.ts';

const logGroupName = 'production-core-flow-log-group';
const groupArn = `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}`;
const RoleName = 'production-core-flow-log-role';
const inlinePolicy = { RoleName, PolicyName: 'write-flow-logs' };
const readOnlyAccess = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

/** Flow logs, their log group, and the role that writes into it. */
export const logDrift: readonly DriftRow[] = [
  {
    what: 'deletes the flow log',
    change: ({ ec2, id }) =>
      ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [id('flow-log-cloudwatch-all')] })),
    says: [`ec2/flow-log flow-log-cloudwatch-all ${missing} (security)`],
    batch: 1,
  },
  {
    what: 'gives the flow log another project',
    change: ({ ec2, id }) => {
      const Tags = [{ Key: 'Project', Value: 'Other' }];
      return ec2.send(new CreateTagsCommand({ Resources: [id('flow-log-cloudwatch-all')], Tags }));
    },
    says: ['ec2/flow-log flow-log-cloudwatch-all: tags.Project is Other, should be FinTechGlobal (cost)'],
  },
  {
    what: 'keeps the logs for one day',
    change: ({ logs }) => logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 })),
    says: ['logs/log-group flow-log-group: retentionDays is 1, should be 7 (security)'],
  },
  {
    what: 'keeps the logs for ever',
    change: ({ logs }) => logs.send(new DeleteRetentionPolicyCommand({ logGroupName })),
    says: ['logs/log-group flow-log-group: retentionDays is absent, should be 7 (security)'],
    batch: 2,
  },
  {
    what: 'encrypts the logs with a key of theirs',
    change: async ({ logs, kms }) => {
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: keyPolicy }));
      return logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId: KeyMetadata?.Arn }));
    },
    says: ['logs/log-group flow-log-group: kmsKeyArn is arn:aws:kms:*, should be absent (security)'],
  },
  {
    what: 'takes tags from the log group',
    change: ({ logs }) =>
      logs.send(
        new UntagResourceCommand({ resourceArn: groupArn, tagKeys: ['Name', 'fintech.global/owner'] }),
      ),
    says: [
      `logs/log-group flow-log-group: tags.Name is absent, should be ${logGroupName} (cost)`,
      'logs/log-group flow-log-group: tags.fintech.global/owner is absent, should be FintechNetwork/production/core (cost)',
    ],
  },
  {
    what: 'deletes the log group',
    change: ({ logs }) => logs.send(new DeleteLogGroupCommand({ logGroupName })),
    says: [`logs/log-group flow-log-group ${missing} (security)`],
    batch: 1,
  },
  {
    what: 'lets the role write into all log groups',
    change: ({ iam }) =>
      iam.send(
        new PutRolePolicyCommand({
          ...inlinePolicy,
          PolicyDocument: policyOf({ Effect: 'Allow', Action: 'logs:*', Resource: '*' }),
        }),
      ),
    says: [
      'iam/role flow-log-role: inlinePolicies.write-flow-logs.Statement is [*"logs:*"*, should be [{"Sid":"WriteToGroup"* (security)',
    ],
  },
  {
    what: 'lets flow logs of every account use the role',
    change: ({ iam }) => {
      const Principal = { Service: 'vpc-flow-logs.amazonaws.com' };
      const PolicyDocument = policyOf({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
      return iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    },
    says: [
      'iam/role flow-log-role: trustPolicy.Statement is [*"sts:AssumeRole"}], should be [*"Condition"* (security)',
    ],
  },
  {
    what: 'lets the role read everything',
    change: ({ iam }) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: readOnlyAccess })),
    says: [`iam/role flow-log-role: managedPolicyArns is ["${readOnlyAccess}"], should be [] (security)`],
  },
  {
    what: 'takes a tag from the role',
    change: ({ iam }) => iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['CostCenter'] })),
    says: ['iam/role flow-log-role: tags.CostCenter is absent, should be CC-12345 (cost)'],
  },
  {
    what: 'deletes the role',
    change: async ({ iam }) => {
      await iam.send(new DeleteRolePolicyCommand(inlinePolicy));
      return iam.send(new DeleteRoleCommand({ RoleName }));
    },
    says: [`iam/role flow-log-role ${missing} (availability)`],
    batch: 1,
  },
];

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
const keyPolicy = policyOf(
  {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::123456789012:root' },
    Action: 'kms:*',
    Resource: '*',
  },
  {
    Effect: 'Allow',
    Principal: { Service: 'logs.us-east-1.amazonaws.com' },
    Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    Resource: '*',
    Condition: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': groupArn } },
  },
);

function policyOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
