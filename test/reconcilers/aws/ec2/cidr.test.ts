import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalCidr } from '../../../../reconcilers/aws/ec2/cidr.ts';
import { cidr } from './rule-samples.ts';

describe('the canonical form of a range of addresses', () => {
  test.each([
    ['10.0.0.0/16', '10.0.0.0/16'],
    ['100.68.0.18/18', '100.68.0.0/18'],
    ['1.2.3.4/0', '0.0.0.0/0'],
    ['255.255.255.255/32', '255.255.255.255/32'],
    ['10.0.0.0/08', '10.0.0.0/8'],
    ['::/0', '::/0'],
    ['2001:DB8:1234:1a00:0:0:0:1/64', '2001:db8:1234:1a00::/64'],
    ['2001:db8::ffff/112', '2001:db8::/112'],
    ['::ffff:1.2.3.4/128', '::ffff:102:304/128'],
    ['fe80::1/128', 'fe80::1/128'],
  ])('of %s is %s', (written, canonical) => {
    expect(canonicalCidr(written)).toBe(canonical);
  });

  test.each(['', '10.0.0.0', '10.0.0/8', '10.0.0.0/33', '256.0.0.0/8', '::/129', 'fe80::1%eth0/64', 'sg-1'])(
    '%s has none',
    (written) => {
      expect(canonicalCidr(written)).toBeUndefined();
    },
  );

  test('is its own canonical form', () => {
    fc.assert(
      fc.property(cidr, (canonical) => {
        expect(canonicalCidr(canonical)).toBe(canonical);
      }),
    );
  });
});
