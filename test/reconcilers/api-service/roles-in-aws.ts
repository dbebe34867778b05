import {
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { GetKeyPolicyCommand } from '@aws-sdk/client-kms';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { parsePolicy, type PolicyDocument } from '../../../reconcilers/aws/policy-document.ts';
import type { Clients } from '../../clients.ts';
import { allows, type Request } from './policy-evaluation.ts';

/** A role as AWS has it: whom it trusts, and what it may do. */
export type RoleInAws = {
  readonly arn: string;
  readonly trust: PolicyDocument;
  readonly policies: readonly PolicyDocument[];
};

export async function roleInAws({ iam }: Clients, RoleName: string): Promise<RoleInAws> {
  const [{ Role }, { PolicyNames = [] }, { AttachedPolicies = [] }] = await Promise.all([
    iam.send(new GetRoleCommand({ RoleName })),
    iam.send(new ListRolePoliciesCommand({ RoleName })),
    iam.send(new ListAttachedRolePoliciesCommand({ RoleName })),
  ]);
  if (AttachedPolicies.length > 0) throw new Error(`${RoleName} has policies that are not looked at here`);
  const texts = PolicyNames.map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })));
  const policies = (await Promise.all(texts)).map(({ PolicyDocument: text }) => policyIn(text));
  return { arn: Role?.Arn ?? '', trust: policyIn(Role?.AssumeRolePolicyDocument), policies };
}

export async function keyPolicyOf({ kms }: Clients, KeyId: string): Promise<PolicyDocument> {
  const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
  return policyIn(Policy);
}

/** With the six characters that Secrets Manager has added to its name. */
export async function arnOfSecret({ secrets }: Clients, SecretId: string): Promise<string> {
  return (await secrets.send(new DescribeSecretCommand({ SecretId }))).ARN ?? '';
}

/** Of a key its own policy has to allow it as well: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html */
export function mayUseKey(
  { arn, policies }: RoleInAws,
  keyPolicy: PolicyDocument,
  request: Request,
): boolean {
  return allows(policies, request) && allows([keyPolicy], { ...request, principal: arn });
}

export function policyIn(text: string | undefined): PolicyDocument {
  const policy = parsePolicy(text);
  if (policy === undefined) throw new Error('AWS showed no policy');
  return policy;
}
