import { isIP } from 'node:net';

/**
 * The form in which EC2 keeps and shows a range of addresses, `10.0.0.5/16` being `10.0.0.0/16`. Undefined for
 * what is none. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
 */
export function canonicalCidr(text: string): string | undefined {
  const [, address = '', length = ''] = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(text) ?? [];
  const version = isIP(address);
  const bits = version === 4 ? 32 : 128;
  if (version === 0 || Number(length) > bits) return undefined;
  const hostBits = BigInt(bits - Number(length));
  const value = version === 4 ? parse(address.split('.'), 10, 8n) : parse(groupsOf(address), 16, 16n);
  const network = (value >> hostBits) << hostBits;
  return `${version === 4 ? formatIpv4(network) : formatIpv6(network)}/${Number(length)}`;
}

/** Whether somebody meant a range of addresses, rightly written or not. */
export function resemblesCidr(text: string): boolean {
  return /^[\da-f]*[.:][\da-f.:]*\/\d+$/i.test(text);
}

export function isIpv6(cidr: string): boolean {
  return cidr.includes(':');
}

function parse(parts: readonly string[], radix: number, width: bigint): bigint {
  return parts.reduce((value, part) => (value << width) | BigInt(Number.parseInt(part, radix)), 0n);
}

function groupsOf(address: string): readonly string[] {
  const [start = '', end] = shortened(address).split('::');
  const [first, last] = [start, end ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const between = 8 - (first?.length ?? 0) - (last?.length ?? 0);
  return [...(first ?? []), ...Array<string>(between).fill('0'), ...(last ?? [])];
}

function formatIpv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
}

function formatIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => (value >> BigInt(112 - 16 * index)) & 0xffffn);
  return shortened(groups.map((group) => group.toString(16)).join(':'));
}

/** As RFC 5952 says, which is how URLs write addresses. */
function shortened(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
