import { GetRoleCommand } from '@aws-sdk/client-iam';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { observedRole, type ObservedRole } from './role-observed.ts';
import { identityInPath } from './role-path.ts';
import { readInlinePolicies, readManagedPolicyArns } from './role-policies.ts';

/** Undefined if it is gone, or goes while it is looked at, or is not of these owners. */
export async function readRoleByName(
  aws: Aws,
  RoleName: string,
  owners: ReadonlySet<string>,
): Promise<ObservedRole | undefined> {
  try {
    const { Role: role } = await aws.iam.send(new GetRoleCommand({ RoleName }));
    if (role === undefined || !owners.has(identityInPath(role.Path)?.owner ?? '')) return undefined;
    const [inlinePolicies, managedPolicyArns] = await Promise.all([
      readInlinePolicies(aws, RoleName),
      readManagedPolicyArns(aws, RoleName),
    ]);
    return observedRole(role, { inlinePolicies, managedPolicyArns });
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
