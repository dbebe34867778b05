import {
  AttachRolePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { missing, type DriftRow } from '../drift-row.ts';
import { named, policyOf } from './names-in-aws.ts';

const taskRole = named('task-role');
const executionRole = named('execution-role');
const task = 'iam/role task-role';
const execution = 'iam/role execution-role';
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
const everything = policyOf({ Effect: 'Allow', Action: '*', Resource: '*' });

/** What containers, and those who start them, may do. */
export const roleDrift: readonly DriftRow[] = [
  {
    what: 'widens the policy of the task role',
    change: ({ iam }) => {
      const policy = { RoleName: taskRole, PolicyName: 'call-aws', PolicyDocument: everything };
      return iam.send(new PutRolePolicyCommand(policy));
    },
    says: [
      `${task}: inlinePolicies.call-aws.Statement is [{"Effect":"Allow","Action":"*","Resource":"*"}], should be [* (security)`,
    ],
  },
  {
    what: 'gives the task role a policy of its own',
    change: ({ iam }) => {
      const policy = { RoleName: taskRole, PolicyName: 'more', PolicyDocument: everything };
      return iam.send(new PutRolePolicyCommand(policy));
    },
    says: [`${task}: inlinePolicies.more is {*"Action":"*"*}, should be absent (security)`],
  },
  {
    what: 'makes the task an administrator',
    change: ({ iam }) =>
      iam.send(new AttachRolePolicyCommand({ RoleName: taskRole, PolicyArn: administrator })),
    says: [`${task}: managedPolicyArns is ["${administrator}"], should be [] (security)`],
  },
  {
    what: 'limits what the task role can be allowed',
    change: ({ iam }) => {
      const boundary = { RoleName: taskRole, PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' };
      return iam.send(new PutRolePermissionsBoundaryCommand(boundary));
    },
    says: [
      `${task}: permissionsBoundary is arn:aws:iam::aws:policy/ReadOnlyAccess, should be absent (security)`,
    ],
  },
  {
    what: 'lets tasks of every account have the role',
    change: ({ iam }) => {
      const Principal = { Service: 'ecs-tasks.amazonaws.com' };
      const PolicyDocument = policyOf({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
      return iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: taskRole, PolicyDocument }));
    },
    says: [`${task}: trustPolicy.Statement is [*"sts:AssumeRole"}], should be [*"Condition"* (security)`],
  },
  {
    what: 'describes the task role otherwise, for longer sessions',
    change: ({ iam }) => {
      const change = { RoleName: taskRole, Description: 'mine', MaxSessionDuration: 43_200 };
      return iam.send(new UpdateRoleCommand(change));
    },
    says: [
      `${task}: description is mine, should be The containers of production/fintech-api call AWS with this role (cosmetic)`,
      `${task}: maxSessionDuration is 43200, should be 3600 (security)`,
    ],
  },
  {
    what: 'takes the right to start containers away',
    change: ({ iam }) => {
      const policy = { RoleName: executionRole, PolicyName: 'start-containers' };
      return iam.send(new DeleteRolePolicyCommand(policy));
    },
    says: [`${execution}: inlinePolicies.start-containers is absent, should be {* (security)`],
  },
  {
    what: 'takes a tag from a role',
    change: ({ iam }) =>
      iam.send(new UntagRoleCommand({ RoleName: executionRole, TagKeys: ['Environment'] })),
    says: [`${execution}: tags.Environment is absent, should be Production (cost)`],
  },
  {
    what: 'deletes the execution role',
    change: async ({ iam }) => {
      const policy = { RoleName: executionRole, PolicyName: 'start-containers' };
      await iam.send(new DeleteRolePolicyCommand(policy));
      return iam.send(new DeleteRoleCommand({ RoleName: executionRole }));
    },
    says: [`${execution} ${missing} (availability)`],
    batch: 1,
  },
];
