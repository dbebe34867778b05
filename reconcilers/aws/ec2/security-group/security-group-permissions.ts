import type { IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2';
import { isIpv6 } from '../cidr.ts';
import type { Direction } from '../flow.ts';
import { protocolName, trafficOf } from '../traffic.ts';
import type { KnownPeer } from './security-group-peer.ts';
import type { KnownRule } from './security-group-rule.ts';

/** A rule that is there, or is asked for, with its description, '' if it has none. */
export type DescribedRule = { readonly rule: KnownRule; readonly description: string };

type Described = { readonly peer: KnownPeer; readonly description: string };

/** The rules that one permission stands for: one for each of its ranges, lists and groups. */
export function rulesOf(direction: Direction, permission: IpPermission, account: string): DescribedRule[] {
  const { IpProtocol = '', FromPort, ToPort } = permission;
  const traffic = trafficOf(IpProtocol, FromPort, ToPort);
  return peersOf(permission, account).map(({ peer, description }) => ({
    rule: { direction, traffic, peer },
    description,
  }));
}

/** Undefined for a rule of a sort that is not known here. */
export function ruleOf(shown: SecurityGroupRule, account: string): DescribedRule | undefined {
  const { IsEgress, IpProtocol = '', FromPort, ToPort, Description: description = '' } = shown;
  const peer = peerOf(shown, account);
  const traffic = trafficOf(IpProtocol, FromPort, ToPort);
  return (
    peer && { rule: { direction: IsEgress === true ? 'egress' : 'ingress', traffic, peer }, description }
  );
}

/** What allows exactly this rule. */
export function permissionOf({ rule, description }: DescribedRule): IpPermission {
  const { protocol, from: FromPort, to: ToPort } = rule.traffic;
  const hasRange = typeof protocol === 'string' && protocol !== 'all';
  return {
    IpProtocol: protocolName(protocol),
    ...(hasRange ? { FromPort, ToPort } : {}),
    ...peerIn(rule.peer, description === '' ? {} : { Description: description }),
  };
}

function peersOf(permission: IpPermission, account: string): readonly Described[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  return [
    ...IpRanges.map(({ CidrIp = '', Description }) => described({ cidr: CidrIp }, Description)),
    ...Ipv6Ranges.map(({ CidrIpv6 = '', Description }) => described({ cidr: CidrIpv6 }, Description)),
    ...PrefixListIds.map(({ PrefixListId = '', Description }) =>
      described({ prefixListId: PrefixListId }, Description),
    ),
    ...UserIdGroupPairs.map(({ GroupId = '', UserId, Description }) =>
      described(groupOf(GroupId, UserId, account), Description),
    ),
  ];
}

function peerOf(shown: SecurityGroupRule, account: string): KnownPeer | undefined {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo } = shown;
  const cidr = CidrIpv4 ?? CidrIpv6;
  if (cidr !== undefined) return { cidr };
  if (PrefixListId !== undefined) return { prefixListId: PrefixListId };
  const { GroupId, UserId } = ReferencedGroupInfo ?? {};
  return GroupId === undefined ? undefined : groupOf(GroupId, UserId, account);
}

function described(peer: KnownPeer, description = ''): Described {
  return { peer, description };
}

function groupOf(groupId: string, owner: string | undefined, account: string): KnownPeer {
  return { groupId, account: owner === account ? undefined : owner };
}

function peerIn(peer: KnownPeer, description: { readonly Description?: string }): IpPermission {
  if ('prefixListId' in peer) return { PrefixListIds: [{ PrefixListId: peer.prefixListId, ...description }] };
  if ('groupId' in peer) {
    const UserId = peer.account === undefined ? {} : { UserId: peer.account };
    return { UserIdGroupPairs: [{ GroupId: peer.groupId, ...UserId, ...description }] };
  }
  return isIpv6(peer.cidr)
    ? { Ipv6Ranges: [{ CidrIpv6: peer.cidr, ...description }] }
    : { IpRanges: [{ CidrIp: peer.cidr, ...description }] };
}
