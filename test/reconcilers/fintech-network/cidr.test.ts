import { assert, integer, nat, pre, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contains,
  networkOf,
  overlap,
  parseCidr,
  type Network,
} from '../../../reconcilers/fintech-network/cidr.ts';

const networks = tuple(nat({ max: 2 ** 32 - 1 }), nat({ max: 32 })).map(([address, prefix]) =>
  networkWith(address, prefix),
);

/** The network that an address is in, made with shifts of bits, which `cidr.ts` does without. */
function networkWith(address: number, prefix: number): Network {
  const mask = (2n ** BigInt(prefix) - 1n) << BigInt(32 - prefix);
  const first = BigInt(address) & mask;
  const octets = [24n, 16n, 8n, 0n].map((shift) => (first >> shift) & 255n);
  const last = first | (~mask & 0xff_ff_ff_ffn);
  return { cidr: `${octets.join('.')}/${prefix}`, first: Number(first), last: Number(last), prefix };
}

describe('CIDR notation', () => {
  test('of every network is read as its first and its last address', () => {
    assert(
      property(networks, (network) => {
        expect(parseCidr(network.cidr)).toEqual(network);
      }),
    );
  });

  test('of an address inside a network names the network that may be meant', () => {
    assert(
      property(nat({ max: 2 ** 32 - 1 }), integer({ min: 0, max: 31 }), (address, prefix) => {
        const network = networkWith(address, prefix);
        pre(network.first !== address);
        const cidr = networkWith(address, 32).cidr.replace('/32', `/${prefix}`);
        expect(parseCidr(cidr)).toEqual({
          fault: `${cidr} is an address in ${network.cidr} and no network; is ${network.cidr} meant?`,
        });
      }),
    );
  });

  test.each([
    ['10.0.0.0', '10.0.0.0 is no IPv4 network, like 10.0.0.0/16'],
    ['10.0.0/16', '10.0.0/16 is no IPv4 network, like 10.0.0.0/16'],
    ['fd00::/8', 'fd00::/8 is no IPv4 network, like 10.0.0.0/16'],
    ['10.0.0.0/16 ', '10.0.0.0/16  is no IPv4 network, like 10.0.0.0/16'],
    ['10.0.256.0/24', '10.0.256.0/24 is no IPv4 network: 256 is more than 255'],
    ['10.0.0.0/33', '10.0.0.0/33 is no IPv4 network: /33 is more than /32'],
    ['10.010.0.0/16', '10.010.0.0/16 is ambiguous: write 10 for 010'],
    ['10.0.0.0/08', '10.0.0.0/08 is ambiguous: write 8 for 08'],
  ])('%j is refused', (cidr, fault) => {
    expect(parseCidr(cidr)).toEqual({ fault });
    expect(networkOf(cidr)).toBeUndefined();
  });
});

describe('Two networks', () => {
  test('contain each other as their first bits do', () => {
    assert(
      property(networks, networks, (outer, inner) => {
        const sameBits = networkWith(inner.first, outer.prefix).first === outer.first;
        expect(contains(outer, inner)).toBe(outer.prefix <= inner.prefix && sameBits);
      }),
    );
  });

  test('overlap only if one contains the other, and then in both directions', () => {
    const near = tuple(networks, nat({ max: 32 }), integer({ min: -1, max: 1 })).map(
      ([{ first, last, prefix }, length, step]) => {
        const size = last - first + 1;
        const address = Math.min(Math.max(first + step * size, 0), 2 ** 32 - 1);
        return [networkWith(first, prefix), networkWith(address, length)] as const;
      },
    );
    assert(
      property(near, ([one, other]) => {
        expect(overlap(one, other)).toBe(contains(one, other) || contains(other, one));
        expect(overlap(other, one)).toBe(overlap(one, other));
      }),
    );
  });
});
