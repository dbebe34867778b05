import { CreateTransitGatewayCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, mutating, type Pass } from '../../product.ts';
import { readable, readAccount, tagsByName, type Account } from './account.ts';
import { contract, networkKey, production, threeZones } from './network.ts';

let emulator: Emulator;
let clients: Clients;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
});

afterAll(() => emulator.stop());

describe('the network of the contract', () => {
  let controller: Controller;
  let passes: readonly Pass[];
  let account: Account;

  beforeAll(async () => {
    controller = new Controller(emulator.endpoint);
    await controller.apply(production());
    passes = await controller.converge(networkKey);
    account = await readAccount(clients);
  });

  afterAll(async () => {
    controller.close();
    await emulator.reset();
  });

  test('is there after two passes, and the third one writes nothing', () => {
    expect(passes.length).toBeLessThanOrEqual(3);
    expect(mutating(passes.at(-1)?.calls ?? [])).toEqual([]);
  });

  test('what is in AWS then is what people who know AWS expect of a network', async () => {
    await expect(readable(account)).toMatchFileSnapshot('converged.txt');
  });

  test('says that it is ready, with all its parts', () => {
    expect(controller.conditions(networkKey)).toEqual({
      Ready: 'True InSync: 37 resources are as the manifest says',
      Drifted: 'False NoDrift: AWS is as it was left',
      VpcReady: 'True InSync: vpc; internet-gateway',
      SubnetsReady: expect.stringMatching(
        /^True InSync: .*public-us-east-1a; public-us-east-1b; and 8 more$/,
      ),
      NatReady: 'True InSync: nat-us-east-1a-address; nat-us-east-1a; nat-us-east-1b-address; nat-us-east-1b',
      EndpointsReady: expect.stringMatching(/^True InSync: gateway-endpoint-s3; .* and 4 more$/),
      SecurityGroupsReady: expect.stringMatching(/^True InSync: sg-default; sg-load-balancer; /),
      FlowLogsReady: 'True InSync: flow-log-group; flow-log-role; flow-log-cloudwatch-all',
    });
  });

  test('has every id that other people need in its status', () => {
    const ids = idsByNode(controller);
    const { status } = controller.record(networkKey);
    const subnets = (tier: string, cidrs: readonly [string, string]) => [
      { id: ids[`${tier}-us-east-1a`], zone: 'us-east-1a', cidr: cidrs[0] },
      { id: ids[`${tier}-us-east-1b`], zone: 'us-east-1b', cidr: cidrs[1] },
    ];
    const publicIp = expect.stringMatching(/^\d+(\.\d+){3}$/);
    expect(status).toMatchObject({
      vpcId: ids['vpc'],
      subnets: {
        public: subnets('public', ['10.0.1.0/24', '10.0.2.0/24']),
        app: subnets('app', ['10.0.11.0/24', '10.0.12.0/24']),
        data: subnets('data', ['10.0.21.0/24', '10.0.22.0/24']),
      },
      securityGroups: {
        loadBalancer: ids['sg-load-balancer'],
        app: ids['sg-app'],
        database: ids['sg-database'],
        cache: ids['sg-cache'],
        endpoints: ids['sg-endpoints'],
      },
      natGateways: [
        { id: ids['nat-us-east-1a'], zone: 'us-east-1a', publicIp },
        { id: ids['nat-us-east-1b'], zone: 'us-east-1b', publicIp },
      ],
      routeTables: {
        public: ids['routes-public'],
        app: [
          { id: ids['routes-app-us-east-1a'], zone: 'us-east-1a' },
          { id: ids['routes-app-us-east-1b'], zone: 'us-east-1b' },
        ],
        data: ids['routes-data'],
      },
      endpoints: {
        s3: ids['gateway-endpoint-s3'],
        dynamodb: ids['gateway-endpoint-dynamodb'],
        'ecr.api': ids['interface-endpoint-ecr-api'],
        'ecr.dkr': ids['interface-endpoint-ecr-dkr'],
        secretsmanager: ids['interface-endpoint-secretsmanager'],
        ssm: ids['interface-endpoint-ssm'],
        logs: ids['interface-endpoint-logs'],
        kms: ids['interface-endpoint-kms'],
        sts: ids['interface-endpoint-sts'],
      },
    });
    expect(Object.keys(ids)).toHaveLength(37);
    expect(new Set(Object.values(ids)).size).toBe(37);
  });

  test('has the tags of the Environment, and a name, on everything', () => {
    const tags = Object.values(tagsByName(account));
    const nodes = tags.map((found) => String(found['fintech.global/node']));
    expect(new Set(nodes).size).toBe(37);
    expect(tags).toEqual(nodes.map(wantedTags));
  });

  test('a pass that finds nothing to do writes nothing and takes 16 calls', async () => {
    const { calls, verdict } = await controller.pass(networkKey);
    expect(mutating(calls)).toEqual([]);
    expect(verdict.error).toBeUndefined();
    expect(verdict).toMatchObject({ wrote: false, appeared: [], resync: 300_000 });
    expect(callsByService(calls)).toEqual({ ec2: 12, iam: 2, logs: 1, tagging: 1 });
  });
});

describe('another network: three zones, one NAT gateway, a transit gateway, flow logs in a bucket, no network ACLs', () => {
  let controller: Controller;
  let account: Account;

  beforeAll(async () => {
    const { TransitGateway } = await clients.ec2.send(new CreateTransitGatewayCommand({}));
    const transitGatewayId = TransitGateway?.TransitGatewayId ?? '';
    controller = new Controller(emulator.endpoint);
    await controller.apply(
      production({
        ...threeZones,
        natGateways: 'Single',
        networkAcls: 'Default',
        flowLogs: {
          destination: 'S3',
          trafficType: 'REJECT',
          retentionDays: 365,
          bucketName: 'fintech-flow-logs-123456789012',
          maxAggregationSeconds: 60,
        },
        transitGateway: { id: transitGatewayId, routes: ['10.128.0.0/9', '172.16.0.0/12'] },
      }),
    );
    await controller.converge(networkKey);
    account = withName(await readAccount(clients), transitGatewayId, '<transit gateway>');
  });

  afterAll(async () => {
    controller.close();
    await emulator.reset();
  });

  test('is there, and ready', () => {
    expect(Object.keys(account['natGateways'] ?? {})).toEqual(['natGateways production-core-nat-us-east-1a']);
    for (const zone of threeZones.availabilityZones) {
      const table = part(account['routeTables'], `routeTables production-core-routes-app-${zone}`);
      const NatGatewayId = '<natGateways production-core-nat-us-east-1a>';
      const TransitGatewayId = '<transit gateway>';
      expect(table['Routes']).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId, State: 'active' }),
          expect.objectContaining({ DestinationCidrBlock: '10.128.0.0/9', TransitGatewayId }),
          expect.objectContaining({ DestinationCidrBlock: '172.16.0.0/12', TransitGatewayId }),
        ]),
      );
    }
    const acls = Object.values(account['networkAcls'] ?? {});
    expect(acls).toMatchObject([{ IsDefault: true, subnets: { length: 9 } }]);
    expect(account['flowLogs']).toMatchObject({
      'flowLogs production-core-flow-log-s3-reject': {
        DeliverLogsStatus: 'SUCCESS',
        LogDestination: 'arn:aws:s3:::fintech-flow-logs-123456789012',
        MaxAggregationInterval: 60,
        TrafficType: 'REJECT',
      },
    });
    expect(account).not.toHaveProperty('logGroups');
    expect(account).not.toHaveProperty('roles');
    expect(controller.conditions(networkKey)).toMatchObject({
      Ready: 'True InSync: 36 resources are as the manifest says',
      NatReady: 'True InSync: nat-us-east-1a-address; nat-us-east-1a',
      FlowLogsReady: 'True InSync: flow-log-bucket; flow-log-s3-reject',
      TransitGatewayReady: expect.stringMatching(/^True InSync: transit-gateway-tgw-/),
    });
  });

  test('has the tags of the Environment, and a name, on everything', () => {
    const tags = Object.values(tagsByName(account));
    const nodes = tags.map((found) => String(found['fintech.global/node']));
    expect(new Set(nodes).size).toBe(36);
    expect(tags).toEqual(nodes.map(wantedTags));
  });

  test('a pass that finds nothing to do writes nothing', async () => {
    const { calls, verdict } = await controller.pass(networkKey);
    expect(mutating(calls)).toEqual([]);
    expect(verdict).toMatchObject({ wrote: false, appeared: [], resync: 300_000 });
    // Two more than above: attachments are not in the shared searches, and nothing of ours names default ACLs. S3
    // tells the fifteen parts of a bucket one by one.
    expect(callsByService(calls)).toEqual({ ec2: 14, iam: 1, s3: 15, tagging: 1 });
  });
});

function idsByNode(controller: Controller): Readonly<Record<string, string>> {
  const { resources } = controller.record(networkKey).status;
  return Object.fromEntries(resources.map(({ node, id }) => [node, id ?? '']));
}

/** The name of a log group shows in brackets, because other resources refer to it by that. */
function wantedTags(node: string): JsonObject {
  return {
    ...part(part(contract.environment, 'spec'), 'tags'),
    ManagedBy: 'fintech-controller',
    Name: expect.stringMatching(new RegExp(`^(<logGroups )?production-core-${node}>?$`)),
    'fintech.global/owner': networkKey,
    'fintech.global/node': node,
  };
}

function withName(account: Account, id: string, name: string): Account {
  const read: Account = JSON.parse(JSON.stringify(account).replaceAll(id, name));
  return read;
}

function part(of: unknown, name: string): JsonObject {
  const found = isJsonObject(of) ? of[name] : undefined;
  if (!isJsonObject(found)) throw new Error(`there is no ${name}`);
  return found;
}

function callsByService(calls: Pass['calls']): Readonly<Record<string, number>> {
  const byService = Map.groupBy(calls, ({ service }) => service);
  return Object.fromEntries([...byService].map(([service, group]) => [service, group.length]));
}
