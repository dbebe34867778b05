/** A range of IPv4 addresses, as numbers. */
export type Network = {
  readonly cidr: string;
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
};

export const everywhere = '0.0.0.0/0';

/** Reads CIDR notation; what is wrong with it otherwise. */
export function parseCidr(cidr: string): Network | { readonly fault: string } {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr)?.slice(1);
  if (parts === undefined) return { fault: `${cidr} is no IPv4 network, like 10.0.0.0/16` };
  const padded = parts.find((part) => /^0\d/.test(part));
  // Some programs read these as octal numbers.
  if (padded !== undefined) return { fault: `${cidr} is ambiguous: write ${Number(padded)} for ${padded}` };
  const octets = parts.slice(0, 4).map(Number);
  const tooLarge = octets.find((octet) => octet > 255);
  if (tooLarge !== undefined) return { fault: `${cidr} is no IPv4 network: ${tooLarge} is more than 255` };
  const prefix = Number(parts[4]);
  if (prefix > 32) return { fault: `${cidr} is no IPv4 network: /${prefix} is more than /32` };

  const address = octets.reduce((number, octet) => number * 256 + octet, 0);
  const size = 2 ** (32 - prefix);
  const first = address - (address % size);
  if (first !== address) {
    const network = `${addressOf(first)}/${prefix}`;
    return { fault: `${cidr} is an address in ${network} and no network; is ${network} meant?` };
  }
  return { cidr, first, last: first + size - 1, prefix };
}

/** A network that is certainly one; undefined for what is not. */
export function networkOf(cidr: unknown): Network | undefined {
  const network = typeof cidr === 'string' ? parseCidr(cidr) : undefined;
  return network === undefined || 'fault' in network ? undefined : network;
}

export function contains(outer: Network, inner: Network): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlap(one: Network, other: Network): boolean {
  return one.first <= other.last && other.first <= one.last;
}

function addressOf(number: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');
}
