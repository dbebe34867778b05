import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import { ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Observed, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import type { Direction } from '../flow.ts';
import type { Owned } from '../owned.ts';
import { DEFAULT_GROUP } from './security-group-default.ts';
import type { KnownPeer, Peer } from './security-group-peer.ts';
import { rulesOf } from './security-group-permissions.ts';
import { formatRule } from './security-group-rule.ts';
import { securityGroups } from './security-group-search.ts';
import type { SecurityGroupOutputs, SecurityGroupSpec } from './security-group-spec.ts';

type ObservedGroup = Observed<SecurityGroupSpec, SecurityGroupOutputs>;
type OwnedGroup = Owned<SecurityGroup>;
/** Names by id. */
type Names = ReadonlyMap<string, string>;

export async function listGroups(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedGroup[]> {
  const found = (await securityGroups.list(aws, queries)).filter(isOurs);
  // Only groups of the same owner: whose else are in the list is chance.
  const neighbours = Map.groupBy(found, placeOf);
  return found.map((group) => observed(aws, group, namesOf(neighbours.get(placeOf(group)) ?? [])));
}

/** The default group outlives its being given up, and is known by its id even then. */
function isOurs({ item, tags }: OwnedGroup): boolean {
  return item.GroupName !== DEFAULT_GROUP || tags[ownerTag] !== undefined;
}

function placeOf({ item, owner }: OwnedGroup): string {
  return `${owner} ${item.VpcId}`;
}

function namesOf(groups: readonly OwnedGroup[]): Names {
  return new Map(groups.map(({ id, item }) => [id, item.GroupName ?? '']));
}

function observed(aws: Aws, { item, ...identity }: OwnedGroup, names: Names): ObservedGroup {
  const rules = (direction: Direction, permissions: IpPermission[] = []) =>
    Object.fromEntries(
      permissions
        .flatMap((permission) => rulesOf(direction, permission, aws.account))
        .map(({ rule, description }) => [
          formatRule({ ...rule, peer: named(rule.peer, names) }),
          description,
        ]),
    );
  return {
    ...identity,
    state: 'ready',
    spec: {
      vpcId: item.VpcId ?? '',
      groupName: item.GroupName ?? '',
      description: item.Description ?? '',
      ingress: rules('ingress', item.IpPermissions),
      egress: rules('egress', item.IpPermissionsEgress),
    },
    outputs: { groupId: identity.id },
  };
}

function named(peer: KnownPeer, names: Names): Peer {
  const groupName = 'groupId' in peer ? names.get(peer.groupId) : undefined;
  return groupName === undefined ? peer : { groupName };
}
