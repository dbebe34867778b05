import { GetAccountAuthorizationDetailsCommand, type RoleDetail } from '@aws-sdk/client-iam';
import type { Aws } from '../cloud.ts';
import { parsePolicy, type PolicyDocument } from '../policy-document.ts';
import type { RolePolicies } from './role-observed.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
const LONGEST_PAGE = 1_000;

/**
 * What lists of roles leave out, by role id: policies, boundary and tags. IAM tells it of all roles of the
 * account at once, and lets nobody choose; the pages behind the last wanted role are not asked for.
 */
export async function readRoleDetails(
  { iam }: Aws,
  roleIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, RoleDetail>> {
  const found = new Map<string, RoleDetail>();
  let Marker: string | undefined;
  while (found.size < roleIds.size) {
    const page = await iam.send(
      new GetAccountAuthorizationDetailsCommand({ Filter: ['Role'], MaxItems: LONGEST_PAGE, Marker }),
    );
    for (const detail of page.RoleDetailList ?? []) {
      const id = detail.RoleId ?? '';
      if (roleIds.has(id)) found.set(id, detail);
    }
    if (page.IsTruncated !== true || page.Marker === undefined) break;
    Marker = page.Marker;
  }
  return found;
}

export function policiesIn({ RolePolicyList = [], AttachedManagedPolicies = [] }: RoleDetail): RolePolicies {
  const inlinePolicies: Record<string, PolicyDocument> = {};
  for (const { PolicyName = '', PolicyDocument } of RolePolicyList) {
    const policy = parsePolicy(PolicyDocument);
    if (policy !== undefined) inlinePolicies[PolicyName] = policy;
  }
  return {
    inlinePolicies,
    managedPolicyArns: AttachedManagedPolicies.map(({ PolicyArn = '' }) => PolicyArn),
  };
}
