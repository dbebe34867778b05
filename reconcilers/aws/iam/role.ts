import { CreateRoleCommand, GetRoleCommand, type Role as SdkRole } from '@aws-sdk/client-iam';
import { Terminal } from '../../../controller/engine/errors.ts';
import type { Creation, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { AlreadyExists } from '../outcome.ts';
import { samePolicy, type PolicyDocument } from '../policy-document.ts';
import { sameUnordered } from '../same.ts';
import { toSdkTags } from '../tags.ts';
import { deleteRole } from './role-deletion.ts';
import { listRoles } from './role-list.ts';
import { rolePath } from './role-path.ts';
import { writeInlinePolicies, writeManagedPolicies } from './role-policies.ts';
import type { RoleOutputs, RoleSpec } from './role-spec.ts';
import { changeRoleTags } from './role-tags.ts';
import { writeRole } from './role-update.ts';

/** A role with everything that it is allowed. */
export const Role: ResourceType<RoleSpec, RoleOutputs, Aws> = {
  name: 'iam/role',
  fields: {
    name: { severity: 'availability', immutable: true },
    description: { severity: 'cosmetic' },
    maxSessionDuration: { severity: 'security' },
    trustPolicy: { severity: 'security', equals: samePolicy },
    inlinePolicies: { severity: 'security', equals: samePolicies },
    managedPolicyArns: { severity: 'security', equals: sameUnordered },
    permissionsBoundary: { severity: 'security' },
  },
  absence: 'availability',
  holdsData: false,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: 1_000,
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
  settleTime: 30_000,

  list: listRoles,

  async create(aws, spec, creation) {
    const name = spec.name;
    const role = await createRole(aws, spec, creation);
    // What is missing on it, the next pass sees and writes.
    if (role === undefined) return { id: name };
    try {
      await writeInlinePolicies(aws, name, {}, spec.inlinePolicies);
      await writeManagedPolicies(aws, name, [], spec.managedPolicyArns);
    } catch {
      // IAM may not know the role everywhere yet; the next pass sees what is missing.
      return { id: name };
    }
    return { id: name, outputs: { arn: role.Arn ?? '', name, roleId: role.RoleId ?? '' } };
  },

  update: writeRole,
  delete: deleteRole,

  async setTags(aws, current, tags) {
    await changeRoleTags(aws, current.id, tags);
  },
};

/** Undefined if the role was there already, made by a call whose answer was lost. */
async function createRole(aws: Aws, spec: RoleSpec, creation: Creation): Promise<SdkRole | undefined> {
  const path = rolePath(creation);
  try {
    const { Role: role } = await aws.iam.send(
      new CreateRoleCommand({
        RoleName: spec.name,
        Path: path,
        Description: spec.description,
        MaxSessionDuration: spec.maxSessionDuration,
        AssumeRolePolicyDocument: JSON.stringify(spec.trustPolicy),
        PermissionsBoundary: spec.permissionsBoundary,
        Tags: toSdkTags(creation.tags),
      }),
    );
    return role;
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    const { Role: existing } = await aws.iam.send(new GetRoleCommand({ RoleName: spec.name }));
    if (existing?.Path === path) return undefined;
    throw new Terminal(
      'NotOwned',
      `cannot be created: a role ${spec.name} exists already under the path ${existing?.Path ?? ''}, and the ` +
        `path of a role cannot be changed; delete it or choose another name`,
      { cause: error },
    );
  }
}

function samePolicies(
  wanted: Readonly<Record<string, PolicyDocument>>,
  actual: Readonly<Record<string, PolicyDocument>>,
): boolean {
  const names = new Set([...Object.keys(wanted), ...Object.keys(actual)]);
  return [...names].every((name) => samePolicy(wanted[name], actual[name]));
}
