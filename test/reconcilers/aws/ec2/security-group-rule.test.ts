import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allTraffic, icmp, tcp, udp } from '../../../../reconcilers/aws/ec2/flow.ts';
import type { Peer } from '../../../../reconcilers/aws/ec2/security-group/security-group-peer.ts';
import {
  permissionOf,
  ruleOf,
  rulesOf,
} from '../../../../reconcilers/aws/ec2/security-group/security-group-permissions.ts';
import {
  formatRule,
  parseRule,
  sameRules,
  type KnownRule,
  type Rule,
} from '../../../../reconcilers/aws/ec2/security-group/security-group-rule.ts';
import { cidr, direction, traffic } from './rule-samples.ts';

const account = '123456789012';
const hex = fc.stringMatching(/^[0-9a-f]{8,17}$/);
const knownPeer = fc.oneof(
  fc.record({ cidr }),
  fc.record({ prefixListId: hex.map((id) => `pl-${id}`) }),
  fc.record({
    groupId: hex.map((id) => `sg-${id}`),
    account: fc.constantFrom(undefined, '210987654321'),
  }),
);
const name = fc.oneof(
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
  fc.stringMatching(/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,40}$/),
  fc.constantFrom(
    '10.0.0.0/16',
    '10.0.0.0/99',
    '::/0',
    'pl-1',
    'sg-1',
    `${account}/sg-1`,
    'a from b',
    ' to ',
  ),
);
const peer: fc.Arbitrary<Peer> = fc.oneof(knownPeer, fc.record({ groupName: name }));
const rule: fc.Arbitrary<Rule> = fc.record({ direction, traffic, peer });
const knownRule: fc.Arbitrary<KnownRule> = fc.record({ direction, traffic, peer: knownPeer });
const description = fc.constantFrom('', 'from the load balancer');

describe('the text of a security group rule', () => {
  test('reads as the rule that it was made of', () => {
    fc.assert(
      fc.property(rule, (wanted) => {
        expect(parseRule(formatRule(wanted))).toEqual(wanted);
      }),
    );
  });

  test('reads as a rule that has a text of its own, whatever the other side is called', () => {
    const said = fc.constantFrom('tcp 443 from', 'udp 53 to', 'icmp all from', 'all to');
    fc.assert(
      fc.property(said, fc.string(), (words, called) => {
        const read = parseRule(`${words} ${called}`);
        expect(read && parseRule(formatRule(read))).toEqual(read);
      }),
    );
  });

  test.each([
    [tcp(443).from('10.0.0.0/16'), 'tcp 443 from 10.0.0.0/16'],
    [tcp(1024, 65_535).from('::/0'), 'tcp 1024-65535 from ::/0'],
    [udp(53).to('production-core-sg-app'), 'udp 53 to production-core-sg-app'],
    [icmp(8, 0).from('pl-63a5400a'), 'icmp 8/0 from pl-63a5400a'],
    [icmp(3).from('sg-0123'), 'icmp 3/all from sg-0123'],
    [icmp().from('210987654321/sg-0123'), 'icmp all from 210987654321/sg-0123'],
    [allTraffic().to('0.0.0.0/0'), 'all to 0.0.0.0/0'],
  ])('made of words is read: %s', (made, text) => {
    expect(made).toBe(text);
    const read = parseRule(text);
    expect(read && formatRule(read)).toBe(text);
  });

  test('knows other protocols by their numbers', () => {
    expect(parseRule('protocol 50 from 10.0.0.0/8')?.traffic).toEqual({ protocol: 50, from: -1, to: -1 });
  });

  test.each([
    'tcp from 10.0.0.0/16',
    'tcp 443',
    'tcp 443 10.0.0.0/16',
    'tcp 65536 from 10.0.0.0/16',
    'tcp 90-80 from 10.0.0.0/16',
    'tcp 443 from 10.0.0.0/33',
    'tcp 443 from ',
    'protocol 6 from 10.0.0.0/16',
    'protocol 256 from 10.0.0.0/16',
    'icmp 256/0 from 10.0.0.0/16',
    'icmp all/0 from 10.0.0.0/16',
    'TCP 443 from 10.0.0.0/16',
  ])('is none: %s', (text) => {
    expect(parseRule(text)).toBeUndefined();
  });

  test('that EC2 keeps as the same is the same', () => {
    const wanted = { 'tcp 443 from 10.0.3.1/16': 'one', 'all to 2001:DB8::/32': '' };
    expect(sameRules(wanted, { 'all to 2001:db8::/32': '', 'tcp 443 from 10.0.0.0/16': 'one' })).toBe(true);
    expect(sameRules(wanted, { 'all to 2001:db8::/32': '', 'tcp 443 from 10.0.0.0/16': '' })).toBe(false);
  });
});

describe('a rule as EC2 says it', () => {
  test('is asked for and shown as the same rule', () => {
    fc.assert(
      fc.property(fc.record({ rule: knownRule, description }), (wanted) => {
        expect(rulesOf(wanted.rule.direction, permissionOf(wanted), account)).toEqual([wanted]);
      }),
    );
  });

  test('of a group of the own account is shown without the account', () => {
    const UserIdGroupPairs = [{ GroupId: 'sg-1', UserId: account }];
    const [shown] = rulesOf('ingress', { IpProtocol: '-1', UserIdGroupPairs }, account);
    expect(shown && formatRule(shown.rule)).toBe('all from sg-1');
  });

  test('by its id is the same as in the description of the group', () => {
    const shown = ruleOf(
      {
        IsEgress: true,
        IpProtocol: 'icmpv6',
        FromPort: -1,
        ToPort: -1,
        ReferencedGroupInfo: { GroupId: 'sg-1', UserId: '210987654321' },
        Description: 'pings',
      },
      account,
    );
    expect(shown && formatRule(shown.rule)).toBe('icmpv6 all to 210987654321/sg-1');
    expect(shown?.description).toBe('pings');
  });
});
