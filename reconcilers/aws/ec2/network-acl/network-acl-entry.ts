import { same } from '../../../../controller/engine/compare.ts';
import { canonicalCidr } from '../cidr.ts';
import { formatFlow, parseFlow, type Direction } from '../flow.ts';
import type { Traffic } from '../traffic.ts';

/** Where an entry is: there is one for each number. */
export type EntryPlace = { readonly direction: Direction; readonly number: number };

/** One rule of a network ACL. */
export type Entry = EntryPlace & {
  readonly action: 'allow' | 'deny';
  readonly traffic: Traffic;
  readonly cidr: string;
};

/**
 * From here on numbers are AWS's own.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html
 */
export const FIRST_RESERVED_NUMBER = 32_767;

/** `ingress 100` */
export function formatEntryKey({ direction, number }: EntryPlace): string {
  return `${direction} ${number}`;
}

/** Undefined for what is no place of an entry. */
export function parseEntryKey(key: string): EntryPlace | undefined {
  const [, direction, digits] = /^(ingress|egress) ([1-9]\d{0,4})$/.exec(key) ?? [];
  const number = Number(digits);
  if ((direction !== 'ingress' && direction !== 'egress') || number >= FIRST_RESERVED_NUMBER)
    return undefined;
  return { direction, number };
}

/** `allow tcp 443 from 0.0.0.0/0` */
export function formatEntry({ action, direction, traffic, cidr }: Entry): string {
  return `${action} ${formatFlow({ direction, traffic, peer: cidr })}`;
}

/** Undefined for what is no entry. */
export function parseEntry(key: string, text: string): Entry | undefined {
  const place = parseEntryKey(key);
  const [, action, said = ''] = /^(allow|deny) (.*)$/s.exec(text) ?? [];
  const flow = parseFlow(said);
  const cidr = flow && canonicalCidr(flow.peer);
  if (flow === undefined || cidr === undefined || flow.direction !== place?.direction) return undefined;
  if (action !== 'allow' && action !== 'deny') return undefined;
  return { ...place, action, traffic: flow.traffic, cidr };
}

/** The same if EC2 keeps them as the same. */
export function sameEntries(one: Entries, other: Entries): boolean {
  return same(canonical(one), canonical(other));
}

/** `allow(tcp(443).from('0.0.0.0/0'))` */
export function allow(flow: string): string {
  return `allow ${flow}`;
}

export function deny(flow: string): string {
  return `deny ${flow}`;
}

type Entries = Readonly<Record<string, string>>;

function canonical(entries: Entries): Entries {
  return Object.fromEntries(
    Object.entries(entries).map(([key, text]) => {
      const entry = parseEntry(key, text);
      return [key, entry === undefined ? text : formatEntry(entry)];
    }),
  );
}
