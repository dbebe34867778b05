import { NotReady } from '../../../../controller/engine/errors.ts';
import type { ResourceType } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { foreignInterfacesIn } from '../blockers.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from '../owned.ts';
import { setTags } from '../tags.ts';
import { createGroup } from './security-group-creation.ts';
import { DEFAULT_GROUP, takeOverDefault } from './security-group-default.ts';
import { deleteGroup } from './security-group-deletion.ts';
import { listGroups } from './security-group-list.ts';
import { sameRules } from './security-group-rule.ts';
import { writeRules } from './security-group-rules.ts';
import type { SecurityGroupOutputs, SecurityGroupSpec } from './security-group-spec.ts';
import { resolveRules } from './security-group-wanted.ts';

/** A firewall around whatever runs in it. */
export const SecurityGroup: ResourceType<SecurityGroupSpec, SecurityGroupOutputs, Aws> = {
  name: 'ec2/security-group',
  fields: {
    vpcId: { severity: 'availability', immutable: true },
    groupName: { severity: 'availability', immutable: true },
    // Nobody can change it, and another wording of ours is no reason to make a group in use anew.
    description: { severity: 'cosmetic', createOnly: true },
    ingress: { severity: 'security', equals: sameRules },
    egress: { severity: 'security', equals: sameRules },
  },
  absence: 'security',
  holdsData: false,
  uniqueBy: 'none',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listGroups,

  async create(aws, spec, creation) {
    return spec.groupName === DEFAULT_GROUP
      ? takeOverDefault(aws, spec, creation)
      : createGroup(aws, spec, creation);
  },

  async update(aws, current, spec) {
    const { rules, missing } = await resolveRules(aws, spec, current.id);
    const kept = await writeRules(aws, current.id, rules);
    if (kept.length > 0)
      throw new NotReady('has its new rules, and keeps the old ones until others have theirs');
    if (missing.length > 0) throw new NotReady(`waits for security group ${missing.join(', ')}`);
  },

  delete: deleteGroup,

  usersOf: (aws, groups) =>
    foreignInterfacesIn(
      aws,
      'group-id',
      groups.map(({ id }) => id),
    ),

  setTags,
};
