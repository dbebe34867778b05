import { canonicalCidr, resemblesCidr } from '../cidr.ts';

/** The other side of a rule of a security group, as AWS knows it. */
export type KnownPeer =
  | { readonly cidr: string }
  | { readonly prefixListId: string }
  /** With the account if that is another one. */
  | { readonly groupId: string; readonly account: string | undefined };

/** Or a group of the same VPC by its name, which may not exist yet. */
export type Peer = KnownPeer | { readonly groupName: string };

/**
 * `10.0.0.0/16`, `pl-63a5400a`, `sg-0123`, `123456789012/sg-0123`, or the name of a group of the same VPC; in quotes,
 * which a name cannot have, where it could be taken for one of the others.
 */
export function formatPeer(peer: Peer): string {
  if ('cidr' in peer) return peer.cidr;
  if ('prefixListId' in peer) return peer.prefixListId;
  if ('groupId' in peer) return peer.account === undefined ? peer.groupId : `${peer.account}/${peer.groupId}`;
  const { groupName } = peer;
  return isPlainName(groupName) ? groupName : `"${groupName}"`;
}

/** Undefined for what can be none of these. */
export function parsePeer(text: string): Peer | undefined {
  const [, quoted] = /^"(.*)"$/s.exec(text) ?? [];
  if (quoted !== undefined) return { groupName: quoted };
  const cidr = canonicalCidr(text);
  if (cidr !== undefined) return { cidr };
  if (text === '' || resemblesCidr(text)) return undefined;
  if (/^pl-\w+$/.test(text)) return { prefixListId: text };
  const [, account, groupId] = /^(?:(\d{12})\/)?(sg-[\w-]+)$/.exec(text) ?? [];
  return groupId === undefined ? { groupName: text } : { groupId, account };
}

function isPlainName(groupName: string): boolean {
  const read = parsePeer(groupName);
  return read !== undefined && 'groupName' in read && read.groupName === groupName;
}
