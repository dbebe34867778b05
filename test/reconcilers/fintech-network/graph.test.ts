import { describe, expect, test } from 'vitest';
import { having, nodesOf, specOf, statusOf, threeZones, type Nodes } from './network.ts';

/** Ids of nodes that differ between two networks, or that only one of them has. */
function differences(one: Nodes, other: Nodes): readonly string[] {
  const ids = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...ids].filter((id) => JSON.stringify(one[id]) !== JSON.stringify(other[id])).toSorted();
}

/** Everything that a node needs, and what that needs. */
function allNeeds(nodes: Nodes, id: string): ReadonlySet<string> {
  const needs = new Set(nodes[id]?.needs);
  for (const need of needs) for (const further of nodes[need]?.needs ?? []) needs.add(further);
  return needs;
}

describe('A change of the manifest', () => {
  const before = nodesOf();

  test('that adds a zone adds its nodes and changes none of another zone', () => {
    const after = nodesOf(threeZones);
    const changed = differences(before, after);
    const shared = ['acl-data', 'routes-public', 'routes-data', ...having(before, 'gateway-', 'interface-')];
    const added = Object.keys(after).filter((id) => id.includes('us-east-1c'));
    expect(added).toHaveLength(6);
    expect(changed).toEqual([...shared, ...added].toSorted());
  });

  test('that adds a zone before the others leaves their nodes as they are, too', () => {
    const first = {
      availabilityZones: ['us-east-1b', 'us-east-1c'],
      subnets: {
        public: ['10.0.2.0/24', '10.0.3.0/24'],
        app: ['10.0.12.0/24', '10.0.13.0/24'],
        data: ['10.0.22.0/24', '10.0.23.0/24'],
      },
    };
    const changed = differences(nodesOf(first), nodesOf(threeZones));
    expect(changed.filter((id) => /us-east-1[bc]/.test(id))).toEqual([]);
  });

  test('that puts zones in another order changes nothing', () => {
    const reversed = {
      availabilityZones: threeZones.availabilityZones.toReversed(),
      subnets: {
        public: threeZones.subnets.public.toReversed(),
        app: threeZones.subnets.app.toReversed(),
        data: threeZones.subnets.data.toReversed(),
      },
    };
    for (const natGateways of ['PerZone', 'Single', 'None']) {
      const [one, other] = [
        { ...threeZones, natGateways },
        { ...reversed, natGateways },
      ];
      expect(differences(nodesOf(one), nodesOf(other))).toEqual([]);
      expect(statusOf(other)).toEqual(statusOf(one));
    }
  });

  test('from a NAT gateway per zone to a single one removes NAT gateways and changes only routes', () => {
    const after = nodesOf({ natGateways: 'Single' });
    expect(differences(before, after)).toEqual([
      'nat-us-east-1b',
      'nat-us-east-1b-address',
      'routes-app-us-east-1b',
    ]);
    expect(specOf(after, 'routes-app-us-east-1b')['routes']).toEqual({
      '0.0.0.0/0': '${ec2/nat-gateway nat-us-east-1a.natGatewayId}',
    });
  });

  test('to no NAT gateway leaves the app tier without a default route', () => {
    const after = nodesOf({ natGateways: 'None' });
    expect(having(after, 'nat-')).toEqual([]);
    expect(specOf(after, 'routes-app-us-east-1a')['routes']).toEqual({});
  });

  test('of what cannot be changed about flow logs makes another node', () => {
    const ids = [
      {},
      { flowLogs: { trafficType: 'REJECT' } },
      { flowLogs: { destination: 'S3', bucketName: 'flow-logs' } },
    ].map((change) => having(nodesOf(change), 'flow-log-').toSorted());
    expect(ids).toEqual([
      ['flow-log-cloudwatch-all', 'flow-log-group', 'flow-log-role'],
      ['flow-log-cloudwatch-reject', 'flow-log-group', 'flow-log-role'],
      ['flow-log-bucket', 'flow-log-s3-all'],
    ]);
  });
});

describe('What takes minutes', () => {
  const nodes = nodesOf({
    ...threeZones,
    transitGateway: { id: 'tgw-0123456789abcdef0', routes: ['172.16.0.0/12'] },
  });

  test('NAT gateways are waited for only by routes of app subnets and what is on these', () => {
    const waiting = Object.keys(nodes).filter((id) =>
      [...allNeeds(nodes, id)].some((need) => /^nat-us-east-1[abc]$/.test(need)),
    );
    expect(waiting).toEqual([
      ...having(nodes, 'routes-app-'),
      'gateway-endpoint-s3',
      'gateway-endpoint-dynamodb',
    ]);
  });

  test('endpoints are waited for by nothing', () => {
    const needed = new Set(Object.values(nodes).flatMap(({ needs }) => needs));
    expect(having(nodes, 'gateway-', 'interface-').filter((id) => needed.has(id))).toEqual([]);
  });

  test('addresses of NAT gateways wait for nothing', () => {
    const needs = having(nodes, 'nat-').filter((id) => id.endsWith('-address'));
    expect(needs.map((id) => nodes[id]?.needs)).toEqual([[], [], []]);
  });

  test('NAT gateways wait until the internet gateway is attached, and go before it', () => {
    expect(nodes['nat-us-east-1a']?.needs).toContain('internet-gateway');
  });
});

test('The status of the contract says what other objects need', () => {
  expect(statusOf()).toMatchObject({
    vpcId: '${ec2/vpc vpc.vpcId}',
    subnets: {
      public: [subnet('public', 'a', '10.0.1.0/24'), subnet('public', 'b', '10.0.2.0/24')],
      app: [subnet('app', 'a', '10.0.11.0/24'), subnet('app', 'b', '10.0.12.0/24')],
      data: [subnet('data', 'a', '10.0.21.0/24'), subnet('data', 'b', '10.0.22.0/24')],
    },
    securityGroups: { loadBalancer: '${ec2/security-group sg-load-balancer.groupId}' },
    natGateways: [nat('a'), nat('b')],
    routeTables: { app: [{ zone: 'us-east-1a' }, { zone: 'us-east-1b' }] },
    endpoints: { 'ecr.api': '${ec2/vpc-endpoint interface-endpoint-ecr-api.vpcEndpointId}' },
  });
});

test('The status says the next port of the app while there is one', () => {
  const ports = { app: 8080, database: 5432, cache: 6379 };
  expect(statusOf()).toHaveProperty('ports', ports);
  expect(statusOf({ ports: { appNext: 9090 } })).toHaveProperty('ports', { ...ports, appNext: 9090 });
});

function subnet(tier: string, zone: string, cidr: string) {
  return {
    id: `\${ec2/subnet ${tier}-us-east-1${zone}.subnetId}`,
    zone: `us-east-1${zone}`,
    cidr,
  };
}

function nat(zone: string) {
  return {
    id: `\${ec2/nat-gateway nat-us-east-1${zone}.natGatewayId}`,
    zone: `us-east-1${zone}`,
    publicIp: `\${ec2/elastic-ip nat-us-east-1${zone}-address.publicIp}`,
  };
}
