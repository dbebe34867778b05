/** Names of protocols; any other goes by its number. https://www.iana.org/assignments/protocol-numbers */
const numbers = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;

export type Protocol = 'all' | keyof typeof numbers | number;

/**
 * What a rule is about, as EC2 says it: a range of ports, or type and code of ICMP, where -1 is all.
 * Other protocols have neither, and -1 in both.
 */
export type Traffic = { readonly protocol: Protocol; readonly from: number; readonly to: number };

const PATTERN =
  /^(?:(all)|protocol (\d{1,3})|(tcp|udp) (\d{1,5})(?:-(\d{1,5}))?|(icmp|icmpv6) (?:all|(\d{1,3})\/(all|\d{1,3})))$/;

/** `tcp 443`, `udp 1024-65535`, `icmp 8/0`, `icmpv6 all`, `protocol 50`, `all` */
export function formatTraffic({ protocol, from, to }: Traffic): string {
  switch (protocol) {
    case 'all':
      return 'all';
    case 'tcp':
    case 'udp':
      return `${protocol} ${from === to ? from : `${from}-${to}`}`;
    case 'icmp':
    case 'icmpv6':
      return `${protocol} ${from === -1 ? 'all' : `${from}/${to === -1 ? 'all' : to}`}`;
    default:
      return `protocol ${protocol}`;
  }
}

/** Undefined for what is no traffic. */
export function parseTraffic(text: string): Traffic | undefined {
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const [, all, number, ports, first, last, icmp, type, code] = match;
  if (all !== undefined) return { protocol: 'all', from: -1, to: -1 };
  if (number !== undefined) return otherProtocol(Number(number));
  if (ports === 'tcp' || ports === 'udp')
    return portRange({ protocol: ports, from: Number(first), to: Number(last ?? first) });
  if (icmp !== 'icmp' && icmp !== 'icmpv6') return undefined;
  return typeAndCode({
    protocol: icmp,
    from: Number(type ?? -1),
    to: Number(type ? code?.replace('all', '-1') : -1),
  });
}

/** What EC2 shows: security groups know some protocols by name, network ACLs all by number, both all as -1. */
export function trafficOf(shown: string, from: number | undefined, to: number | undefined): Traffic {
  const protocol = protocolOf(shown);
  if (protocol === 'tcp' || protocol === 'udp') return { protocol, from: from ?? 0, to: to ?? 65_535 };
  if (protocol === 'icmp' || protocol === 'icmpv6')
    return { protocol, from: from ?? -1, to: from === undefined || from === -1 ? -1 : (to ?? -1) };
  return { protocol, from: -1, to: -1 };
}

/** As security groups want it. */
export function protocolName(protocol: Protocol): string {
  return protocol === 'all' ? '-1' : String(protocol);
}

/** As network ACLs want it. */
export function protocolNumber(protocol: Protocol): string {
  if (protocol === 'all') return '-1';
  return String(typeof protocol === 'number' ? protocol : numbers[protocol]);
}

function protocolOf(shown: string): Protocol {
  if (shown === '-1') return 'all';
  for (const name of ['icmp', 'tcp', 'udp', 'icmpv6'] as const)
    if (shown === name || shown === String(numbers[name])) return name;
  return Number(shown);
}

/** Those with names have ports or types, which a bare number does not say. */
function otherProtocol(protocol: number): Traffic | undefined {
  const named: readonly number[] = Object.values(numbers);
  return protocol > 255 || named.includes(protocol) ? undefined : { protocol, from: -1, to: -1 };
}

function portRange(traffic: Traffic): Traffic | undefined {
  return traffic.from <= traffic.to && traffic.to <= 65_535 ? traffic : undefined;
}

function typeAndCode(traffic: Traffic): Traffic | undefined {
  return traffic.from <= 255 && traffic.to <= 255 ? traffic : undefined;
}
