import { formatTraffic, parseTraffic, type Traffic } from './traffic.ts';

export type Direction = 'ingress' | 'egress';

/** What security groups and network ACLs have in common: traffic, its direction, and the other side. */
export type Flow = { readonly direction: Direction; readonly traffic: Traffic; readonly peer: string };

/** `tcp 443 from 10.0.0.0/16`, `all to 0.0.0.0/0` */
export function formatFlow({ direction, traffic, peer }: Flow): string {
  return `${formatTraffic(traffic)} ${direction === 'ingress' ? 'from' : 'to'} ${peer}`;
}

/** Undefined for what is no flow. */
export function parseFlow(text: string): Flow | undefined {
  const [, said = '', word, peer = ''] = /^(.*?) (from|to) (.+)$/s.exec(text) ?? [];
  const traffic = parseTraffic(said);
  if (traffic === undefined) return undefined;
  return { direction: word === 'from' ? 'ingress' : 'egress', traffic, peer };
}

/** Traffic that still lacks the other side. */
export type Half = {
  from(source: string): string;
  to(destination: string): string;
};

/** `tcp(443).from('10.0.0.0/16')`; a range of ports is `tcp(1024, 65535)`. */
export function tcp(port: number, last = port): Half {
  return half({ protocol: 'tcp', from: port, to: last });
}

export function udp(port: number, last = port): Half {
  return half({ protocol: 'udp', from: port, to: last });
}

/** Every type if none is given, every code of the type if no code is. */
export function icmp(type = -1, code = -1): Half {
  return half({ protocol: 'icmp', from: type, to: code });
}

export function allTraffic(): Half {
  return half({ protocol: 'all', from: -1, to: -1 });
}

function half(traffic: Traffic): Half {
  return {
    from: (peer) => formatFlow({ direction: 'ingress', traffic, peer }),
    to: (peer) => formatFlow({ direction: 'egress', traffic, peer }),
  };
}
