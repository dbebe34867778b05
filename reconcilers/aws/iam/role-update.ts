import {
  DeleteRolePermissionsBoundaryCommand,
  PutRolePermissionsBoundaryCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import type { Change, Observed } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { writeInlinePolicies, writeManagedPolicies } from './role-policies.ts';
import type { RoleOutputs, RoleSpec } from './role-spec.ts';

/** What limits the role comes before what it is allowed. */
export async function writeRole(
  aws: Aws,
  current: Observed<RoleSpec, RoleOutputs>,
  spec: RoleSpec,
  changes: readonly Change[],
): Promise<void> {
  const name = current.id;
  const changed = new Set(changes.map(({ field }) => field));
  if (changed.has('permissionsBoundary')) await writeBoundary(aws, name, spec.permissionsBoundary);
  if (changed.has('trustPolicy')) {
    const PolicyDocument = JSON.stringify(spec.trustPolicy);
    await aws.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument }));
  }
  if (changed.has('description') || changed.has('maxSessionDuration')) {
    // What one of the two leaves out, UpdateRole leaves as it is or resets: both are always said.
    const { description: Description, maxSessionDuration: MaxSessionDuration } = spec;
    await aws.iam.send(new UpdateRoleCommand({ RoleName: name, Description, MaxSessionDuration }));
  }
  if (changed.has('inlinePolicies'))
    await writeInlinePolicies(aws, name, current.spec.inlinePolicies, spec.inlinePolicies);
  if (changed.has('managedPolicyArns'))
    await writeManagedPolicies(aws, name, current.spec.managedPolicyArns, spec.managedPolicyArns);
}

async function writeBoundary({ iam }: Aws, RoleName: string, arn: string | undefined): Promise<void> {
  if (arn === undefined) await ifThere(iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })));
  else await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: arn }));
}
