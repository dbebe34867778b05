import { DeleteSecurityGroupCommand } from '@aws-sdk/client-ec2';
import { NotReady } from '../../../../controller/engine/errors.ts';
import { ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Observed } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { fromSdkTags } from '../../tags.ts';
import { removeUnused, interfacesIn } from '../blockers.ts';
import { DEFAULT_GROUP, giveUpDefault } from './security-group-default.ts';
import { readRulesOf, revokeRules } from './security-group-rules.ts';
import { groupsReferringTo } from './security-group-search.ts';
import type { SecurityGroupOutputs, SecurityGroupSpec } from './security-group-spec.ts';

type ObservedGroup = Observed<SecurityGroupSpec, SecurityGroupOutputs>;

export async function deleteGroup(aws: Aws, current: ObservedGroup): Promise<void> {
  if (current.spec.groupName === DEFAULT_GROUP) return giveUpDefault(aws, current.id);
  const remove = () => freeAndDelete(aws, current);
  await removeUnused(aws, current.id, remove, () => usersOf(aws, current));
}

async function freeAndDelete(aws: Aws, { id, owner }: ObservedGroup): Promise<void> {
  // What still runs in the group keeps the rules that it runs with.
  if ((await interfacesOf(aws, id)).length > 0) throw new NotReady('is still used');
  // Groups that go at the same time may refer to each other.
  await revokeRules(aws, id, await readRulesOf(aws, [id]));
  try {
    await deleteOne(aws, id);
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    await revokeReferences(aws, id, owner);
    await deleteOne(aws, id);
  }
}

async function deleteOne({ ec2 }: Aws, GroupId: string): Promise<void> {
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
}

/**
 * Groups of the same owner call this one by name, and get their rules again when it is made anew. Until then
 * the rules let nothing through, as nothing runs in this group.
 */
async function revokeReferences(aws: Aws, id: string, owner: string): Promise<void> {
  const referring = (await groupsReferringTo(aws, id)).filter(
    ({ Tags }) => fromSdkTags(Tags)[ownerTag] === owner,
  );
  const groupIds = referring.flatMap(({ GroupId }) => GroupId ?? []);
  if (groupIds.length === 0) return;
  const rules = await readRulesOf(aws, groupIds);
  const references = rules.filter(({ rule: { peer } }) => 'groupId' in peer && peer.groupId === id);
  const byGroup = Map.groupBy(references, ({ groupId }) => groupId);
  await Promise.all([...byGroup].map(([groupId, found]) => revokeRules(aws, groupId, found)));
}

/** Groups of the same owner hold it no longer: they give their references up. */
async function usersOf(aws: Aws, { id, owner }: ObservedGroup): Promise<readonly string[]> {
  const [interfaces, groups] = await Promise.all([interfacesOf(aws, id), groupsReferringTo(aws, id)]);
  const others = groups.filter(({ Tags }) => fromSdkTags(Tags)[ownerTag] !== owner);
  return [...interfaces, ...others.map(({ GroupId = '', GroupName = '' }) => `${GroupId} (${GroupName})`)];
}

function interfacesOf(aws: Aws, id: string): Promise<readonly string[]> {
  return interfacesIn(aws, { Name: 'group-id', Values: [id] });
}
