import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  ListInstanceProfilesForRoleCommand,
} from '@aws-sdk/client-iam';
import { NotFound, NotReady } from '../../../controller/engine/errors.ts';
import type { Observed } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { inlinePolicyNames, readManagedPolicyArns } from './role-policies.ts';
import type { RoleOutputs, RoleSpec } from './role-spec.ts';

/** IAM deletes only roles that have nothing left. */
export async function deleteRole(aws: Aws, current: Observed<RoleSpec, RoleOutputs>): Promise<void> {
  const RoleName = current.id;
  try {
    for (const PolicyArn of await readManagedPolicyArns(aws, RoleName))
      await ifThere(aws.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
    for (const PolicyName of await inlinePolicyNames(aws, RoleName))
      await ifThere(aws.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
    await aws.iam.send(new DeleteRoleCommand({ RoleName }));
  } catch (error) {
    if (error instanceof NotFound) return;
    if (error instanceof NotReady) await explainConflict(aws, RoleName, error);
    throw error;
  }
}

/** Instance profiles are not ours: whoever put the role there has to take it out. */
async function explainConflict({ iam }: Aws, RoleName: string, conflict: NotReady): Promise<void> {
  const { InstanceProfiles = [] } = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName }));
  if (InstanceProfiles.length === 0) return;
  const names = InstanceProfiles.map(({ InstanceProfileName = '' }) => InstanceProfileName).join(', ');
  throw new NotReady(
    `cannot be deleted while the role ${RoleName} is in the instance profile ${names}: remove it from there`,
    { cause: conflict },
  );
}
