import {
  AttachRolePolicyCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { Role } from '../../../../reconcilers/aws/iam/role.ts';
import type { RoleOutputs, RoleSpec } from '../../../../reconcilers/aws/iam/role-spec.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { allows, readOnly, sampleRole, trusts, viewOnly } from './role-samples.ts';

describeResourceType(Role, async ({ iam }): Promise<Fixture<RoleSpec, RoleOutputs>> => ({
  spec: (number) => sampleRole(`contract-${number}`),

  async removeTags({ id: RoleName }) {
    const { Tags = [] } = await iam.send(new ListRoleTagsCommand({ RoleName }));
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: Tags.map(({ Key = '' }) => Key) }));
  },

  fields: {
    name: 'immutable',
    description: {
      another: '',
      changeFromOutside: ({ id, spec }) =>
        iam.send(
          new UpdateRoleCommand({
            RoleName: id,
            Description: 'changed',
            MaxSessionDuration: spec.maxSessionDuration,
          }),
        ),
    },
    maxSessionDuration: {
      another: 7_200,
      changeFromOutside: ({ id, spec }) =>
        iam.send(
          new UpdateRoleCommand({
            RoleName: id,
            Description: spec.description,
            MaxSessionDuration: 43_200,
          }),
        ),
    },
    trustPolicy: {
      another: trusts('ecs-tasks.amazonaws.com'),
      changeFromOutside: ({ id }) =>
        iam.send(
          new UpdateAssumeRolePolicyCommand({
            RoleName: id,
            PolicyDocument: JSON.stringify(trusts('ec2.amazonaws.com')),
          }),
        ),
    },
    inlinePolicies: {
      another: { copy: allows('s3:GetObject'), other: allows('kms:Decrypt') },
      changeFromOutside: ({ id }) =>
        iam.send(
          new PutRolePolicyCommand({
            RoleName: id,
            PolicyName: 'backdoor',
            PolicyDocument: JSON.stringify(allows('*')),
          }),
        ),
    },
    managedPolicyArns: {
      another: [viewOnly],
      changeFromOutside: ({ id }) =>
        iam.send(new AttachRolePolicyCommand({ RoleName: id, PolicyArn: viewOnly })),
    },
    permissionsBoundary: {
      another: readOnly,
      changeFromOutside: ({ id }) =>
        iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: id, PermissionsBoundary: viewOnly })),
    },
  },
}));
