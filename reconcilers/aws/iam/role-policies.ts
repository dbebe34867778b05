import {
  AttachRolePolicyCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { parsePolicy, samePolicy, type PolicyDocument } from '../policy-document.ts';

type Policies = Readonly<Record<string, PolicyDocument>>;

export async function readInlinePolicies(aws: Aws, RoleName: string): Promise<Policies> {
  const names = await inlinePolicyNames(aws, RoleName);
  const policies = await Promise.all(
    names.map(async (PolicyName) => {
      const answer = await aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return [PolicyName, parsePolicy(answer.PolicyDocument)] as const;
    }),
  );
  const found: Record<string, PolicyDocument> = {};
  for (const [name, policy] of policies) if (policy !== undefined) found[name] = policy;
  return found;
}

export async function inlinePolicyNames({ iam }: Aws, RoleName: string): Promise<readonly string[]> {
  const names: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await iam.send(new ListRolePoliciesCommand({ RoleName, Marker }));
    names.push(...(page.PolicyNames ?? []));
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
  return names;
}

export async function readManagedPolicyArns({ iam }: Aws, RoleName: string): Promise<readonly string[]> {
  const arns: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker }));
    arns.push(...(page.AttachedPolicies ?? []).map(({ PolicyArn = '' }) => PolicyArn));
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
  return arns;
}

/** What is too much goes first: a role is rather without a right for a moment than with one it should not have. */
export async function writeInlinePolicies(
  { iam }: Aws,
  RoleName: string,
  actual: Policies,
  wanted: Policies,
): Promise<void> {
  for (const PolicyName of Object.keys(actual).filter((name) => wanted[name] === undefined))
    await ifThere(iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
  for (const [PolicyName, policy] of Object.entries(wanted)) {
    if (samePolicy(policy, actual[PolicyName])) continue;
    const PolicyDocument = JSON.stringify(policy);
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  }
}

export async function writeManagedPolicies(
  { iam }: Aws,
  RoleName: string,
  actual: readonly string[],
  wanted: readonly string[],
): Promise<void> {
  for (const PolicyArn of actual.filter((arn) => !wanted.includes(arn)))
    await ifThere(iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
  for (const PolicyArn of wanted.filter((arn) => !actual.includes(arn)))
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
}
