import { CreateTagsCommand, DeleteTagsCommand } from '@aws-sdk/client-ec2';
import { NotReady, Terminal } from '../../../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Created, Creation } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { ifThere } from '../../if-there.ts';
import { fromSdkTags, toSdkTags } from '../../tags.ts';
import { writeRules } from './security-group-rules.ts';
import { groupsNamed } from './security-group-search.ts';
import type { SecurityGroupOutputs, SecurityGroupSpec } from './security-group-spec.ts';
import { readRules, resolveRules } from './security-group-wanted.ts';

/** The group that comes with each VPC, and goes with it. */
export const DEFAULT_GROUP = 'default';

/** Nobody else's: it is tagged and given the wanted rules. */
export async function takeOverDefault(
  aws: Aws,
  spec: SecurityGroupSpec,
  creation: Creation,
): Promise<Created<SecurityGroupOutputs>> {
  readRules(spec);
  const id = await findDefault(aws, spec.vpcId, creation.owner);
  await aws.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: toSdkTags(creation.tags) }));
  try {
    const { rules, missing } = await resolveRules(aws, spec, id);
    await writeRules(aws, id, rules);
    if (missing.length > 0) return { id };
  } catch {
    // It is ours by now; the next pass sees what is missing.
    return { id };
  }
  return { id, outputs: { groupId: id } };
}

/** Its rules stay: with those that it came with, everything in the VPC that names no group would be open. */
export async function giveUpDefault(aws: Aws, id: string): Promise<void> {
  const Tags = [{ Key: ownerTag }, { Key: nodeTag }];
  await ifThere(aws.ec2.send(new DeleteTagsCommand({ Resources: [id], Tags })));
}

async function findDefault(aws: Aws, vpcId: string, owner: string): Promise<string> {
  const [group] = await groupsNamed(aws, vpcId, [DEFAULT_GROUP]);
  if (group?.GroupId === undefined) throw new NotReady(`waits for the default security group of ${vpcId}`);
  const ownerInTags = fromSdkTags(group.Tags)[ownerTag] ?? owner;
  if (ownerInTags !== owner)
    throw new Terminal('NotOwned', `cannot take over ${group.GroupId}: it belongs to ${ownerInTags}`);
  return group.GroupId;
}
