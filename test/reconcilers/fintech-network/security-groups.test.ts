import { describe, expect, test } from 'vitest';
import { formatRule, parseRule } from '../../../reconcilers/aws/ec2/security-group/security-group-rule.ts';
import { having, nodesOf, specOf, type Nodes } from './network.ts';

function rulesOf(nodes: Nodes, id: string): readonly string[] {
  const { ingress, egress } = specOf(nodes, id);
  return [...Object.keys(Object(ingress)), ...Object.keys(Object(egress))];
}

function group(name: string): string {
  return `production-core-sg-${name}`;
}

describe('Security groups', () => {
  test('let through what the matrix says, and nothing else', () => {
    const nodes = nodesOf();
    expect(Object.fromEntries(having(nodes, 'sg-').map((id) => [id, rulesOf(nodes, id)]))).toEqual({
      'sg-default': [],
      'sg-load-balancer': ['tcp 443 from 0.0.0.0/0', 'tcp 80 from 0.0.0.0/0', `tcp 8080 to ${group('app')}`],
      'sg-app': [
        `tcp 8080 from ${group('load-balancer')}`,
        `tcp 5432 to ${group('database')}`,
        `tcp 6379 to ${group('cache')}`,
        `tcp 443 to ${group('endpoints')}`,
        'tcp 443 to 0.0.0.0/0',
      ],
      'sg-database': [`tcp 5432 from ${group('app')}`],
      'sg-cache': [`tcp 6379 from ${group('app')}`],
      'sg-endpoints': [`tcp 443 from ${group('app')}`, 'tcp 443 from 10.0.0.0/16', 'tcp 443 to 0.0.0.0/0'],
    });
  });

  test('let the next port of the app through beside the present one', () => {
    const [now, moving] = [nodesOf(), nodesOf({ ports: { appNext: 9090 } })];
    const opened = having(now, 'sg-').flatMap((id) => {
      const before = rulesOf(now, id);
      return rulesOf(moving, id).flatMap((rule) => (before.includes(rule) ? [] : [`${id}: ${rule}`]));
    });
    expect(opened).toEqual([
      `sg-load-balancer: tcp 9090 to ${group('app')}`,
      `sg-app: tcp 9090 from ${group('load-balancer')}`,
    ]);
    for (const id of having(now, 'sg-'))
      expect(rulesOf(moving, id)).toEqual(expect.arrayContaining([...rulesOf(now, id)]));
  });

  test('keep the app inside where nothing leads out', () => {
    const inside = { natGateways: 'None', endpoints: { gateway: [], interface: ['logs'] } };
    expect(rulesOf(nodesOf(inside), 'sg-app')).not.toContain('tcp 443 to 0.0.0.0/0');
    const throughS3 = { natGateways: 'None', endpoints: { gateway: ['s3'], interface: [] } };
    expect(rulesOf(nodesOf(throughS3), 'sg-app')).toContain('tcp 443 to 0.0.0.0/0');
  });

  test('let every network of clients in on both ports', () => {
    const rules = rulesOf(nodesOf({ ingressCidrs: ['192.0.2.0/24', '198.51.100.0/24'] }), 'sg-load-balancer');
    expect(rules.filter((rule) => rule.includes('from'))).toEqual([
      'tcp 443 from 192.0.2.0/24',
      'tcp 80 from 192.0.2.0/24',
      'tcp 443 from 198.51.100.0/24',
      'tcp 80 from 198.51.100.0/24',
    ]);
  });

  test('are written as EC2 shows them, with descriptions that it accepts', () => {
    const nodes = nodesOf();
    for (const id of having(nodes, 'sg-')) {
      const { description, ingress, egress } = specOf(nodes, id);
      const rules = { ...Object(ingress), ...Object(egress) };
      for (const text of Object.keys(rules)) {
        const rule = parseRule(text);
        expect(rule && formatRule(rule)).toBe(text);
      }
      for (const text of [description, ...Object.values(rules)])
        expect(text).toMatch(/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/);
    }
  });
});
