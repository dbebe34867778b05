import type { Role as SdkRole } from '@aws-sdk/client-iam';
import type { Observed } from '../../../controller/engine/resource-type.ts';
import { parsePolicy } from '../policy-document.ts';
import { fromSdkTags, withoutAwsTags } from '../tags.ts';
import { identityInPath } from './role-path.ts';
import type { RoleOutputs, RoleSpec } from './role-spec.ts';

export type ObservedRole = Observed<RoleSpec, RoleOutputs>;

export type RolePolicies = Pick<RoleSpec, 'inlinePolicies' | 'managedPolicyArns'>;

/** A role as the engine sees it; undefined for roles of others. */
export function observedRole(role: SdkRole, policies: RolePolicies): ObservedRole | undefined {
  const identity = identityInPath(role.Path);
  const trustPolicy = parsePolicy(role.AssumeRolePolicyDocument);
  if (identity === undefined || trustPolicy === undefined) return undefined;
  const name = role.RoleName ?? '';
  return {
    ...identity,
    id: name,
    state: 'ready',
    spec: {
      name,
      description: role.Description ?? '',
      maxSessionDuration: role.MaxSessionDuration ?? 3_600,
      trustPolicy,
      ...policies,
      permissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
    },
    outputs: { arn: role.Arn ?? '', name, roleId: role.RoleId ?? '' },
    tags: withoutAwsTags(fromSdkTags(role.Tags)),
  };
}
