import { CreateSecurityGroupCommand, RevokeSecurityGroupEgressCommand } from '@aws-sdk/client-ec2';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Created, Creation } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { AlreadyExists } from '../../outcome.ts';
import { fromSdkTags } from '../../tags.ts';
import { tagSpecification } from '../tags.ts';
import { authorize } from './security-group-calls.ts';
import { permissionOf, type DescribedRule } from './security-group-permissions.ts';
import { formatRule } from './security-group-rule.ts';
import { groupsNamed } from './security-group-search.ts';
import type { SecurityGroupOutputs, SecurityGroupSpec } from './security-group-spec.ts';
import { readRules, resolveRules } from './security-group-wanted.ts';

/**
 * Every new group has it. In a VPC with IPv6 there is one for `::/0` too, which the next list shows as a difference.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
const defaultEgress: DescribedRule = {
  rule: {
    direction: 'egress',
    traffic: { protocol: 'all', from: -1, to: -1 },
    peer: { cidr: '0.0.0.0/0' },
  },
  description: '',
};

export async function createGroup(
  aws: Aws,
  spec: SecurityGroupSpec,
  creation: Creation,
): Promise<Created<SecurityGroupOutputs>> {
  readRules(spec);
  const made = await make(aws, spec, creation);
  if (!made.isNew) return { id: made.id };
  try {
    const { rules, missing } = await resolveRules(aws, spec, made.id);
    await writeFirstRules(aws, made.id, rules);
    if (missing.length > 0) return { id: made.id };
  } catch {
    // An error from here would read as if no group had been made; the next pass sees what is missing.
    return { id: made.id };
  }
  return { id: made.id, outputs: { groupId: made.id } };
}

type Made = { readonly id: string; readonly isNew: boolean };

async function make(aws: Aws, spec: SecurityGroupSpec, creation: Creation): Promise<Made> {
  try {
    const { GroupId: id = '' } = await aws.ec2.send(
      new CreateSecurityGroupCommand({
        GroupName: spec.groupName,
        Description: spec.description,
        VpcId: spec.vpcId,
        TagSpecifications: tagSpecification('security-group', creation.tags),
      }),
    );
    return { id, isNew: true };
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    const id = await ofThisNode(aws, spec, creation);
    if (id === undefined) throw error;
    return { id, isNew: false };
  }
}

/** The group that a call made whose answer was lost. */
async function ofThisNode(
  aws: Aws,
  { vpcId, groupName }: SecurityGroupSpec,
  { owner, node }: Creation,
): Promise<string | undefined> {
  const found = await groupsNamed(aws, vpcId, [groupName]);
  const ours = found.find(({ Tags }) => {
    const tags = fromSdkTags(Tags);
    return tags[ownerTag] === owner && tags[nodeTag] === node;
  });
  return ours?.GroupId;
}

/** Nothing uses the group yet, so the default rule goes first, and with it any doubt of its description. */
async function writeFirstRules(
  aws: Aws,
  id: string,
  wanted: ReadonlyMap<string, DescribedRule>,
): Promise<void> {
  const rules = new Map(wanted);
  const text = formatRule(defaultEgress.rule);
  if (rules.get(text)?.description === '') rules.delete(text);
  else {
    const IpPermissions = [permissionOf(defaultEgress)];
    await aws.ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: id, IpPermissions }));
  }
  const byDirection = Map.groupBy(rules.values(), ({ rule }) => rule.direction);
  await Promise.all([...byDirection].map(([direction, found]) => authorize(aws, id, direction, found)));
}
