import { GetRoleCommand, ListRolesCommand, type Role as SdkRole } from '@aws-sdk/client-iam';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Identity, Observed, OwnerQuery } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { parsePolicy } from '../policy-document.ts';
import { fromSdkTags, withoutAwsTags } from '../tags.ts';
import { identityInPath, PATH_PREFIX } from './role-path.ts';
import { readInlinePolicies, readManagedPolicyArns } from './role-policies.ts';
import type { RoleOutputs, RoleSpec } from './role-spec.ts';

type ObservedRole = Observed<RoleSpec, RoleOutputs>;

/** One list of all our roles serves every owner; the list leaves out half of what a role is. */
export async function listRoles(aws: Aws, queries: readonly OwnerQuery[]): Promise<readonly ObservedRole[]> {
  const owners = new Set(queries.map(({ owner }) => owner));
  const names = new Set<string>();
  for (const role of await rolesUnderOurPath(aws)) {
    if (owners.has(identityInPath(role.Path)?.owner ?? '')) names.add(role.RoleName ?? '');
  }
  // A new role is in no list for a while.
  for (const { known } of queries) for (const name of known.values()) names.add(name);
  const found = await Promise.all([...names].map((name) => observe(aws, name, owners)));
  return found.filter((role) => role !== undefined);
}

async function rolesUnderOurPath({ iam }: Aws): Promise<readonly SdkRole[]> {
  const roles: SdkRole[] = [];
  let Marker: string | undefined;
  do {
    const page = await iam.send(new ListRolesCommand({ PathPrefix: PATH_PREFIX, MaxItems: 1_000, Marker }));
    roles.push(...(page.Roles ?? []));
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
  return roles;
}

/** Undefined if it is gone, or goes while it is looked at, or is not of these owners. */
async function observe(
  aws: Aws,
  name: string,
  owners: ReadonlySet<string>,
): Promise<ObservedRole | undefined> {
  try {
    const { Role: role } = await aws.iam.send(new GetRoleCommand({ RoleName: name }));
    const identity = identityInPath(role?.Path);
    if (role === undefined || identity === undefined || !owners.has(identity.owner)) return undefined;
    return await withPolicies(aws, role, identity);
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

async function withPolicies(aws: Aws, role: SdkRole, identity: Identity): Promise<ObservedRole | undefined> {
  const name = role.RoleName ?? '';
  const trustPolicy = parsePolicy(role.AssumeRolePolicyDocument);
  if (trustPolicy === undefined) return undefined;
  const [inlinePolicies, managedPolicyArns] = await Promise.all([
    readInlinePolicies(aws, name),
    readManagedPolicyArns(aws, name),
  ]);
  return {
    ...identity,
    id: name,
    state: 'ready',
    spec: {
      name,
      description: role.Description ?? '',
      maxSessionDuration: role.MaxSessionDuration ?? 3_600,
      trustPolicy,
      inlinePolicies,
      managedPolicyArns,
      permissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
    },
    outputs: { arn: role.Arn ?? '', name, roleId: role.RoleId ?? '' },
    tags: withoutAwsTags(fromSdkTags(role.Tags)),
  };
}
