import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { drawn, file } from '../docs/drawing/files.ts';
import { drawing } from '../docs/drawing/drawing.ts';
import { networkOf } from '../docs/drawing/network.ts';
import { passages } from '../docs/drawing/rules.ts';

it('The drawing of the network is that of the plan of today: npm run draw', async () => {
  expect(await readFile(file, 'utf8')).toBe(await drawn());
});

it('Rules are put together by whom they are about, and those about the same ports by these', () => {
  const rules = [
    'allow tcp 5432 from 10.0.11.0/24',
    'allow tcp 6379 from 10.0.11.0/24',
    'allow tcp 5432 from 10.0.12.0/24',
    'allow tcp 6379 from 10.0.12.0/24',
    'tcp 1024-65535 from 0.0.0.0/0',
    'udp 53 from 10.0.0.2/32',
    'all from app',
  ];
  const names = new Map([
    ['10.0.12.0/24', 'app subnets'],
    ['app', 'sg-app'],
  ]);
  expect(passages(rules, (peer) => names.get(peer) ?? peer)).toEqual([
    { ports: ['5432', '6379'], preposition: 'from', peers: ['10.0.11.0/24', 'app subnets'] },
    { ports: ['1024–65535'], preposition: 'from', peers: ['0.0.0.0/0'] },
    { ports: ['udp 53'], preposition: 'from', peers: ['10.0.0.2/32'] },
    { ports: ['all'], preposition: 'from', peers: ['sg-app'] },
  ]);
});

it('A route leads to the node that it will know only later, in the zone of another subnet too', () => {
  const network = networkOf('FintechNetwork/a/b', [
    subnet('public-us-east-1a', 'us-east-1a'),
    subnet('app-us-east-1b', 'us-east-1b'),
    {
      node: 'nat-us-east-1a',
      type: 'ec2/nat-gateway',
      settings: {
        subnetId: after('ec2/subnet', 'public-us-east-1a', 'subnetId'),
        allocationId: after('ec2/elastic-ip', 'address', 'allocationId'),
      },
    },
    {
      node: 'routes-app-us-east-1b',
      type: 'ec2/route-table',
      settings: {
        routes: { '0.0.0.0/0': after('ec2/nat-gateway', 'nat-us-east-1a', 'natGatewayId') },
        subnetIds: [after('ec2/subnet', 'app-us-east-1b', 'subnetId')],
      },
    },
  ]);
  expect(network).toMatchObject({
    zones: ['us-east-1a', 'us-east-1b'],
    nats: [{ node: 'nat-us-east-1a', subnet: 'public-us-east-1a', address: 'address' }],
    subnets: [{ routes: [] }, { routes: [['0.0.0.0/0', 'nat-us-east-1a']], table: 'routes-app-us-east-1b' }],
  });
  // Up from the subnet, sideways between the tiers, and up into the NAT gateway.
  expect(drawing(network)).toMatch(/<path d="M(\S+) \S+ L\1 (\S+) L(\S+) \2 L\3 \S+"/);
});

function subnet(node: string, availabilityZone: string) {
  return { node, type: 'ec2/subnet', settings: { availabilityZone, cidrBlock: '10.0.1.0/24' } };
}

/** As a plan shows what is not known before it exists. */
function after(type: string, node: string, output: string): string {
  return `(known after ${type} ${node}.${output})`;
}
