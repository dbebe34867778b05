import { same } from '../../../../controller/engine/compare.ts';
import { formatFlow, parseFlow, type Direction } from '../flow.ts';
import type { Traffic } from '../traffic.ts';
import { formatPeer, parsePeer, type KnownPeer, type Peer } from './security-group-peer.ts';

/** What a security group lets through. Kinds write rules with the words of flow.ts: `tcp(443).from(source)`. */
export type Rule = { readonly direction: Direction; readonly traffic: Traffic; readonly peer: Peer };

/** One that AWS can be asked for. */
export type KnownRule = Rule & { readonly peer: KnownPeer };

/** `tcp 443 from 10.0.0.0/16`, `tcp 5432 to production-core-sg-database` */
export function formatRule({ direction, traffic, peer }: Rule): string {
  return formatFlow({ direction, traffic, peer: formatPeer(peer) });
}

/** Undefined for what is no rule. */
export function parseRule(text: string): Rule | undefined {
  const flow = parseFlow(text);
  const peer = flow && parsePeer(flow.peer);
  return flow && peer && { ...flow, peer };
}

/** Rules and their descriptions, as in the spec: the same if EC2 keeps them as the same. */
export function sameRules(one: Descriptions, other: Descriptions): boolean {
  return same(canonical(one), canonical(other));
}

type Descriptions = Readonly<Record<string, string>>;

function canonical(rules: Descriptions): Descriptions {
  return Object.fromEntries(
    Object.entries(rules).map(([text, description]) => {
      const rule = parseRule(text);
      return [rule === undefined ? text : formatRule(rule), description];
    }),
  );
}
