import { describe, expect, test } from 'vitest';
import { formatEntry, parseEntry } from '../../../reconcilers/aws/ec2/network-acl/network-acl-entry.ts';
import { having, nodesOf, specOf, threeZones, type Nodes } from './network.ts';

function entriesOf(nodes: Nodes, tier: string): unknown {
  return specOf(nodes, `acl-${tier}`)['entries'];
}

describe('Network ACLs', () => {
  const three = nodesOf(threeZones);

  test('let into public subnets HTTPS, HTTP and answers, and out everything', () => {
    expect(entriesOf(three, 'public')).toEqual({
      'ingress 100': 'allow tcp 443 from 0.0.0.0/0',
      'ingress 110': 'allow tcp 80 from 0.0.0.0/0',
      'ingress 120': 'allow tcp 1024-65535 from 0.0.0.0/0',
      'egress 100': 'allow all to 0.0.0.0/0',
    });
  });

  test('let app subnets speak with the VPC, and with the internet by HTTPS', () => {
    expect(entriesOf(three, 'app')).toEqual({
      'ingress 100': 'allow all from 10.0.0.0/16',
      'ingress 110': 'allow tcp 1024-65535 from 0.0.0.0/0',
      'egress 100': 'allow all to 10.0.0.0/16',
      'egress 110': 'allow tcp 443 to 0.0.0.0/0',
    });
  });

  test('let into data subnets only the ports of database and cache from app subnets', () => {
    expect(entriesOf(three, 'data')).toEqual({
      'ingress 100': 'allow tcp 5432 from 10.0.11.0/24',
      'ingress 101': 'allow tcp 5432 from 10.0.12.0/24',
      'ingress 102': 'allow tcp 5432 from 10.0.13.0/24',
      'ingress 110': 'allow tcp 6379 from 10.0.11.0/24',
      'ingress 111': 'allow tcp 6379 from 10.0.12.0/24',
      'ingress 112': 'allow tcp 6379 from 10.0.13.0/24',
      'egress 100': 'allow tcp 1024-65535 to 10.0.11.0/24',
      'egress 101': 'allow tcp 1024-65535 to 10.0.12.0/24',
      'egress 102': 'allow tcp 1024-65535 to 10.0.13.0/24',
    });
  });

  test('tell no ports apart between load balancer and app, so that another one changes nothing', () => {
    const moving = nodesOf({ ...threeZones, ports: { app: 443, appNext: 1023 } });
    for (const tier of ['public', 'app', 'data'])
      expect(entriesOf(moving, tier)).toEqual(entriesOf(three, tier));
  });

  test('let app subnets speak with networks behind the transit gateway, in both directions', () => {
    const transitGateway = { id: 'tgw-0123456789abcdef0', routes: ['192.168.0.0/16', '172.16.0.0/12'] };
    expect(entriesOf(nodesOf({ transitGateway }), 'app')).toMatchObject({
      'ingress 120': 'allow all from 172.16.0.0/12',
      'ingress 121': 'allow all from 192.168.0.0/16',
      'egress 120': 'allow all to 172.16.0.0/12',
      'egress 121': 'allow all to 192.168.0.0/16',
    });
  });

  test('are those of the VPC where none are wanted', () => {
    const nodes = nodesOf({ networkAcls: 'Default' });
    expect(having(nodes, 'acl-')).toEqual([]);
    const subnets = having(nodes, 'public-', 'app-', 'data-').map((id) => specOf(nodes, id)['networkAclId']);
    expect(new Set(subnets)).toEqual(new Set(['default']));
  });

  test('are written as EC2 shows them', () => {
    const texts = ['public', 'app', 'data'].flatMap((tier) => Object.entries(Object(entriesOf(three, tier))));
    for (const [key, text] of texts) {
      const entry = parseEntry(key, String(text));
      expect(entry && formatEntry(entry)).toBe(text);
    }
  });
});
