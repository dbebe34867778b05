import { ListRolesCommand, type Role as SdkRole } from '@aws-sdk/client-iam';
import type { OwnerQuery } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { readRoleByName } from './role-by-name.ts';
import { policiesIn, readRoleDetails } from './role-details.ts';
import { observedRole, type ObservedRole } from './role-observed.ts';
import { identityInPath, PATH_PREFIX } from './role-path.ts';

/** Two calls for any number of roles: each tells the half of a role that the other leaves out. */
export async function listRoles(aws: Aws, queries: readonly OwnerQuery[]): Promise<readonly ObservedRole[]> {
  const owners = new Set(queries.map(({ owner }) => owner));
  const listed = (await rolesUnderOurPath(aws)).filter(({ Path }) =>
    owners.has(identityInPath(Path)?.owner ?? ''),
  );
  const shown = await withDetails(aws, listed);

  // What was made a moment ago is in no list, or in one of the two only.
  const names = new Set(listed.map(({ RoleName = '' }) => RoleName));
  for (const { known } of queries) for (const name of known.values()) names.add(name);
  for (const { id } of shown) names.delete(id);
  const hidden = await Promise.all([...names].map((name) => readRoleByName(aws, name, owners)));
  return [...shown, ...hidden.filter((role) => role !== undefined)];
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

/** Those whose details are known: by their ids, as a role that was made anew has the old name. */
async function withDetails(aws: Aws, roles: readonly SdkRole[]): Promise<readonly ObservedRole[]> {
  const details = await readRoleDetails(aws, new Set(roles.map(({ RoleId = '' }) => RoleId)));
  return roles.flatMap((role) => {
    const detail = details.get(role.RoleId ?? '');
    if (detail === undefined) return [];
    const { AssumeRolePolicyDocument, PermissionsBoundary, Tags } = detail;
    const whole = { ...role, AssumeRolePolicyDocument, PermissionsBoundary, Tags };
    return observedRole(whole, policiesIn(detail)) ?? [];
  });
}
