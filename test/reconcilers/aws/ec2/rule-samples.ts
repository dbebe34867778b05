import * as fc from 'fast-check';
import { canonicalCidr } from '../../../../reconcilers/aws/ec2/cidr.ts';
import type { Traffic } from '../../../../reconcilers/aws/ec2/traffic.ts';

export const direction = fc.constantFrom('ingress' as const, 'egress' as const);

/** Ranges of addresses as EC2 shows them. */
export const cidr = fc
  .oneof(
    fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
    fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
  )
  .map(([address, length]) => canonicalCidr(`${address}/${length}`) ?? '');

const port = fc.integer({ min: 0, max: 65_535 });
const byte = fc.integer({ min: 0, max: 255 });

export const traffic: fc.Arbitrary<Traffic> = fc.oneof(
  fc.constant({ protocol: 'all' as const, from: -1, to: -1 }),
  fc
    .tuple(fc.constantFrom('tcp' as const, 'udp' as const), port, port)
    .map(([protocol, one, other]) => ({ protocol, from: Math.min(one, other), to: Math.max(one, other) })),
  fc.record({
    protocol: fc.constantFrom('icmp' as const, 'icmpv6' as const),
    from: byte,
    to: fc.oneof(byte, fc.constant(-1)),
  }),
  fc.record({ protocol: fc.constantFrom('icmp' as const), from: fc.constant(-1), to: fc.constant(-1) }),
  byte
    .filter((protocol) => ![1, 6, 17, 58].includes(protocol))
    .map((protocol) => ({ protocol, from: -1, to: -1 })),
);
