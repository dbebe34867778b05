import type { PolicyDocument } from '../../../../reconcilers/aws/policy-document.ts';
import type { RoleSpec } from '../../../../reconcilers/aws/iam/role-spec.ts';

export const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
export const viewOnly = 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess';

export function trusts(service: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
}

export function allows(...actions: string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
}

export function sampleRole(name: string): RoleSpec {
  return {
    name,
    description: 'A sample',
    maxSessionDuration: 3_600,
    trustPolicy: trusts('s3.amazonaws.com'),
    inlinePolicies: { copy: allows('s3:GetObject', 's3:PutObject'), encrypt: allows('kms:Encrypt') },
    managedPolicyArns: [readOnly],
    permissionsBoundary: undefined,
  };
}
