import type { CreateNetworkAclEntryRequest, NetworkAclEntry } from '@aws-sdk/client-ec2';
import { isIpv6 } from '../cidr.ts';
import { protocolNumber, trafficOf, type Traffic } from '../traffic.ts';
import { FIRST_RESERVED_NUMBER, type Entry } from './network-acl-entry.ts';

/** Undefined for those that AWS adds at the end, which deny everything. */
export function fromSdkEntry(shown: NetworkAclEntry): Entry | undefined {
  const { RuleNumber: number = FIRST_RESERVED_NUMBER, Egress, RuleAction, CidrBlock, Ipv6CidrBlock } = shown;
  if (number >= FIRST_RESERVED_NUMBER) return undefined;
  return {
    direction: Egress === true ? 'egress' : 'ingress',
    number,
    action: RuleAction === 'allow' ? 'allow' : 'deny',
    traffic: trafficIn(shown),
    cidr: CidrBlock ?? Ipv6CidrBlock ?? '',
  };
}

export function toSdkEntry(NetworkAclId: string, entry: Entry): CreateNetworkAclEntryRequest {
  return {
    NetworkAclId,
    RuleNumber: entry.number,
    Egress: entry.direction === 'egress',
    RuleAction: entry.action,
    Protocol: protocolNumber(entry.traffic.protocol),
    ...rangeOf(entry.traffic),
    ...(isIpv6(entry.cidr) ? { Ipv6CidrBlock: entry.cidr } : { CidrBlock: entry.cidr }),
  };
}

function trafficIn({ Protocol = '-1', PortRange, IcmpTypeCode }: NetworkAclEntry): Traffic {
  return IcmpTypeCode === undefined
    ? trafficOf(Protocol, PortRange?.From, PortRange?.To)
    : trafficOf(Protocol, IcmpTypeCode.Type, IcmpTypeCode.Code);
}

function rangeOf({ protocol, from, to }: Traffic): Pick<NetworkAclEntry, 'PortRange' | 'IcmpTypeCode'> {
  if (protocol === 'tcp' || protocol === 'udp') return { PortRange: { From: from, To: to } };
  if (protocol === 'icmp' || protocol === 'icmpv6') return { IcmpTypeCode: { Type: from, Code: to } };
  return {};
}
