import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allTraffic, icmp, tcp } from '../../../../reconcilers/aws/ec2/flow.ts';
import {
  allow,
  deny,
  formatEntry,
  formatEntryKey,
  parseEntry,
  sameEntries,
  type Entry,
} from '../../../../reconcilers/aws/ec2/network-acl/network-acl-entry.ts';
import {
  fromSdkEntry,
  toSdkEntry,
} from '../../../../reconcilers/aws/ec2/network-acl/network-acl-sdk-entry.ts';
import { cidr, direction, traffic } from './rule-samples.ts';

const entry: fc.Arbitrary<Entry> = fc.record({
  direction,
  number: fc.integer({ min: 1, max: 32_766 }),
  action: fc.constantFrom('allow' as const, 'deny' as const),
  traffic,
  cidr,
});

describe('the text of an entry of a network ACL', () => {
  test('reads as the entry that it was made of', () => {
    fc.assert(
      fc.property(entry, (wanted) => {
        expect(parseEntry(formatEntryKey(wanted), formatEntry(wanted))).toEqual(wanted);
      }),
    );
  });

  test.each([
    ['ingress 100', allow(tcp(443).from('0.0.0.0/0')), 'allow tcp 443 from 0.0.0.0/0'],
    ['egress 32766', deny(allTraffic().to('10.0.0.0/8')), 'deny all to 10.0.0.0/8'],
    ['ingress 1', allow(icmp(8, 0).from('::/0')), 'allow icmp 8/0 from ::/0'],
  ])('made of words is read: %s', (key, made, text) => {
    expect(made).toBe(text);
    const read = parseEntry(key, text);
    expect(read && [formatEntryKey(read), formatEntry(read)]).toEqual([key, text]);
  });

  test.each([
    ['ingress 100', 'allow tcp 443 to 0.0.0.0/0'],
    ['egress 100', 'allow tcp 443 from 0.0.0.0/0'],
    ['ingress 0', 'allow all from 0.0.0.0/0'],
    ['ingress 32767', 'deny all from 0.0.0.0/0'],
    ['ingress 99999', 'deny all from 0.0.0.0/0'],
    ['both 100', 'allow all from 0.0.0.0/0'],
    ['ingress 100', 'permit all from 0.0.0.0/0'],
    ['ingress 100', 'allow all from sg-0123'],
    ['ingress 100', 'all from 0.0.0.0/0'],
  ])('is none: %s: %s', (key, text) => {
    expect(parseEntry(key, text)).toBeUndefined();
  });

  test('that EC2 keeps as the same is the same', () => {
    const wanted = { 'ingress 100': 'allow all from 10.0.3.1/16' };
    expect(sameEntries(wanted, { 'ingress 100': 'allow all from 10.0.0.0/16' })).toBe(true);
    expect(sameEntries(wanted, { 'ingress 100': 'deny all from 10.0.0.0/16' })).toBe(false);
    expect(sameEntries(wanted, { 'ingress 110': 'allow all from 10.0.0.0/16' })).toBe(false);
  });
});

describe('an entry as EC2 says it', () => {
  test('is asked for and shown as the same entry', () => {
    fc.assert(
      fc.property(entry, (wanted) => {
        expect(fromSdkEntry(toSdkEntry('acl-1', wanted))).toEqual(wanted);
      }),
    );
  });

  test.each([32_767, 32_768])('is left out where it is one of those that AWS adds: %i', (RuleNumber) => {
    const shown = { RuleNumber, Protocol: '-1', RuleAction: 'deny' as const, CidrBlock: '0.0.0.0/0' };
    expect(fromSdkEntry(shown)).toBeUndefined();
  });
});
