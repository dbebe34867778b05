import {
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
  ModifyVpcEndpointCommand,
  type CreateVpcEndpointCommandInput,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let ec2: EC2Client;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  ec2 = new EC2Client({ endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

const ours = [{ Key: 'owner', Value: 'payments' }];
const s3 = 'com.amazonaws.us-east-1.s3';
const ecr = 'com.amazonaws.us-east-1.ecr.api';

async function createVpc(hostnames = true): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  if (hostnames)
    await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
  return VpcId;
}

async function createSubnet(VpcId: string, number: number, zone: string): Promise<string> {
  const AvailabilityZone = `us-east-1${zone}`;
  const command = new CreateSubnetCommand({ VpcId, CidrBlock: `10.0.${number}.0/24`, AvailabilityZone });
  return (await ec2.send(command)).Subnet?.SubnetId ?? '';
}

async function createTable(VpcId: string): Promise<string> {
  return (await ec2.send(new CreateRouteTableCommand({ VpcId }))).RouteTable?.RouteTableId ?? '';
}

async function createGroup(VpcId: string, GroupName: string): Promise<string> {
  const command = new CreateSecurityGroupCommand({ VpcId, GroupName, Description: GroupName });
  return (await ec2.send(command)).GroupId ?? '';
}

async function createEndpoint(input: CreateVpcEndpointCommandInput): Promise<VpcEndpoint> {
  const TagSpecifications = [{ ResourceType: 'vpc-endpoint' as const, Tags: ours }];
  return (await ec2.send(new CreateVpcEndpointCommand({ TagSpecifications, ...input }))).VpcEndpoint ?? {};
}

async function describeEndpoint(id: string | undefined): Promise<VpcEndpoint> {
  const command = new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id ?? ''] });
  return (await ec2.send(command)).VpcEndpoints?.[0] ?? {};
}

async function find(Name: string, ...Values: string[]): Promise<readonly (string | undefined)[]> {
  const command = new DescribeVpcEndpointsCommand({ Filters: [{ Name, Values }] });
  return (await ec2.send(command)).VpcEndpoints?.map((endpoint) => endpoint.VpcEndpointId) ?? [];
}

async function interfacesOf(VpcId: string) {
  const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
  return (await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))).NetworkInterfaces ?? [];
}

async function endpointRoutes(RouteTableId: string) {
  const command = new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] });
  const routes = (await ec2.send(command)).RouteTables?.[0]?.Routes ?? [];
  return routes.filter((route) => route.GatewayId?.startsWith('vpce-'));
}

describe('a gateway endpoint', () => {
  test('is available at once, with a route in each of its tables and the policy of AWS', async () => {
    await emulator.setLifecycles({ 'ec2/vpc-endpoint': { pending: 'held', deleting: 'held' } });
    const VpcId = await createVpc();
    const [first, second] = [await createTable(VpcId), await createTable(VpcId)];
    const created = await createEndpoint({ VpcId, ServiceName: s3, RouteTableIds: [first] });
    expect(created).toMatchObject({
      VpcEndpointType: 'Gateway',
      State: 'available',
      PrivateDnsEnabled: false,
      RouteTableIds: [first],
      Tags: ours,
    });
    expect(JSON.parse(created.PolicyDocument ?? '')).toEqual({
      Version: '2008-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    });
    const { VpcEndpointId = '' } = created;
    expect(await endpointRoutes(first)).toEqual([
      {
        DestinationPrefixListId: expect.stringMatching(/^pl-/),
        GatewayId: VpcEndpointId,
        Origin: 'CreateRoute',
        State: 'active',
      },
    ]);

    const change = { AddRouteTableIds: [second], RemoveRouteTableIds: [first] };
    await ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, ...change }));
    expect(await endpointRoutes(first)).toEqual([]);
    expect(await endpointRoutes(second)).toMatchObject([{ GatewayId: VpcEndpointId }]);

    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
    expect((await describeEndpoint(VpcEndpointId)).State).toBe('deleted');
    expect(await endpointRoutes(second)).toEqual([]);
  });

  test('shares no table with another of its service, and leaves the routes of others alone', async () => {
    const VpcId = await createVpc();
    const [first, second] = [await createTable(VpcId), await createTable(VpcId)];
    const one = await createEndpoint({ VpcId, ServiceName: s3, RouteTableIds: [first] });
    await expect(createEndpoint({ VpcId, ServiceName: s3, RouteTableIds: [first] })).rejects.toMatchObject({
      name: 'RouteAlreadyExists',
    });
    const other = await createEndpoint({ VpcId, ServiceName: s3, RouteTableIds: [second] });
    const ServiceName = 'com.amazonaws.us-east-1.dynamodb';
    const dynamo = await createEndpoint({ VpcId, ServiceName, RouteTableIds: [first, second] });
    const { VpcEndpointId } = other;
    await expect(
      ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, AddRouteTableIds: [first] })),
    ).rejects.toMatchObject({ name: 'RouteAlreadyExists' });

    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId ?? ''] }));
    const left = (await endpointRoutes(first)).map((route) => route.GatewayId);
    expect(new Set(left)).toEqual(new Set([one.VpcEndpointId, dynamo.VpcEndpointId]));
    expect(await endpointRoutes(second)).toMatchObject([{ GatewayId: dynamo.VpcEndpointId }]);
  });

  test('keeps the policy that it is given, until that is reset', async () => {
    const VpcId = await createVpc();
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    const { VpcEndpointId } = await createEndpoint({ VpcId, ServiceName: s3, PolicyDocument });
    expect((await describeEndpoint(VpcEndpointId)).PolicyDocument).toBe(PolicyDocument);
    await ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, ResetPolicy: true }));
    expect((await describeEndpoint(VpcEndpointId)).PolicyDocument).toContain('2008-10-17');
    await expect(
      ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, PolicyDocument: 'no' })),
    ).rejects.toMatchObject({ name: 'InvalidPolicyDocument' });
  });
});

describe('an interface endpoint', () => {
  test('is pending first and deleting at last, with an interface in each subnet until it is gone', async () => {
    await emulator.setLifecycles({ 'ec2/vpc-endpoint': { pending: 'held', deleting: 'held' } });
    const VpcId = await createVpc();
    const SubnetIds = [await createSubnet(VpcId, 0, 'a'), await createSubnet(VpcId, 1, 'b')];
    const SecurityGroupIds = [await createGroup(VpcId, 'endpoints')];
    const VpcEndpointType = 'Interface' as const;
    const input = { VpcId, ServiceName: ecr, VpcEndpointType, SubnetIds, SecurityGroupIds };
    const { VpcEndpointId = '', ...created } = await createEndpoint(input);
    expect(created).toMatchObject({ State: 'pending', SubnetIds, PrivateDnsEnabled: true });
    expect(created.Groups?.map((group) => group.GroupId)).toEqual(SecurityGroupIds);
    const change = new ModifyVpcEndpointCommand({ VpcEndpointId, PrivateDnsEnabled: false });
    await expect(ec2.send(change)).rejects.toMatchObject({ name: 'OperationInProgress' });

    await emulator.release();
    expect(await describeEndpoint(VpcEndpointId)).toMatchObject({ State: 'available', Tags: ours });
    const interfaces = await interfacesOf(VpcId);
    expect(interfaces).toHaveLength(2);
    expect(interfaces[0]).toMatchObject({
      InterfaceType: 'vpc_endpoint',
      Description: `VPC Endpoint Interface ${VpcEndpointId}`,
      Groups: [{ GroupId: SecurityGroupIds[0] }],
    });

    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
    expect((await describeEndpoint(VpcEndpointId)).State).toBe('deleting');
    expect(await interfacesOf(VpcId)).toHaveLength(2);
    await emulator.release();
    expect((await describeEndpoint(VpcEndpointId)).State).toBe('deleted');
    expect(await interfacesOf(VpcId)).toEqual([]);
  });

  test('fails when a test asks for it', async () => {
    await emulator.setLifecycles({ 'ec2/vpc-endpoint': { failed: 'held' } });
    const VpcEndpointType = 'Interface' as const;
    const { VpcEndpointId = '' } = await createEndpoint({
      VpcId: await createVpc(),
      ServiceName: ecr,
      VpcEndpointType,
    });
    expect(await describeEndpoint(VpcEndpointId)).toMatchObject({
      State: 'failed',
      LastError: { Code: 'InternalError' },
    });
    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
    expect((await describeEndpoint(VpcEndpointId)).State).toBe('deleted');
  });

  test('keeps every change of it', async () => {
    const VpcId = await createVpc();
    const [a, b] = [await createSubnet(VpcId, 0, 'a'), await createSubnet(VpcId, 1, 'b')];
    const [one, two] = [await createGroup(VpcId, 'one'), await createGroup(VpcId, 'two')];
    const VpcEndpointType = 'Interface' as const;
    const groups = { SecurityGroupIds: [one] };
    const input = { VpcId, ServiceName: ecr, VpcEndpointType, SubnetIds: [a], ...groups };
    const { VpcEndpointId = '' } = await createEndpoint(input);
    const PolicyDocument = JSON.stringify({ Statement: [] });
    await ec2.send(
      new ModifyVpcEndpointCommand({
        VpcEndpointId,
        PolicyDocument,
        PrivateDnsEnabled: false,
        AddSubnetIds: [b],
        RemoveSubnetIds: [a],
        AddSecurityGroupIds: [two],
        RemoveSecurityGroupIds: [one],
      }),
    );
    expect(await describeEndpoint(VpcEndpointId)).toMatchObject({
      PolicyDocument,
      PrivateDnsEnabled: false,
      SubnetIds: [b],
      Groups: [{ GroupId: two }],
    });
    expect(await interfacesOf(VpcId)).toMatchObject([{ SubnetId: b, Groups: [{ GroupId: two }] }]);
  });

  test('needs the DNS of its VPC for a private name, which only one endpoint of a service has', async () => {
    const VpcEndpointType = 'Interface' as const;
    const without = { VpcId: await createVpc(false), ServiceName: ecr, VpcEndpointType };
    await expect(createEndpoint(without)).rejects.toMatchObject({ name: 'InvalidParameter' });
    await createEndpoint({ ...without, PrivateDnsEnabled: false });

    const input = { VpcId: await createVpc(), ServiceName: ecr, VpcEndpointType };
    const first = await createEndpoint(input);
    await expect(createEndpoint(input)).rejects.toMatchObject({
      name: 'InvalidParameter',
      message: expect.stringContaining('conflicting DNS domain for api.ecr.us-east-1.amazonaws.com'),
    });
    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [first.VpcEndpointId ?? ''] }));
    await createEndpoint(input);
  });

  test('has one subnet in a zone', async () => {
    const VpcId = await createVpc();
    const SubnetIds = [await createSubnet(VpcId, 0, 'a'), await createSubnet(VpcId, 1, 'a')];
    const input = { VpcId, ServiceName: ecr, VpcEndpointType: 'Interface' as const };
    await expect(createEndpoint({ ...input, SubnetIds })).rejects.toMatchObject({
      name: 'DuplicateSubnetsInSameZone',
    });
    const { VpcEndpointId } = await createEndpoint({ ...input, SubnetIds: SubnetIds.slice(0, 1) });
    const change = { VpcEndpointId, AddSubnetIds: SubnetIds.slice(1) };
    await expect(ec2.send(new ModifyVpcEndpointCommand(change))).rejects.toMatchObject({
      name: 'DuplicateSubnetsInSameZone',
    });
  });
});

describe('VPC endpoints', () => {
  test('that do not exist are told in a successful answer of a deletion', async () => {
    const missing = 'vpce-00000000000000000';
    const answer = await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [missing] }));
    expect(answer.Unsuccessful).toMatchObject([
      { ResourceId: missing, Error: { Code: 'InvalidVpcEndpointId.NotFound' } },
    ]);
  });

  test('are found by tag, id and VPC, quickly when there are many, and a moment late where lists lag', async () => {
    const VpcId = await createVpc();
    const ids: (string | undefined)[] = [];
    for (let made = 0; made < 180; made += 1)
      ids.push((await createEndpoint({ VpcId, ServiceName: s3 })).VpcEndpointId);

    await find('tag:owner', 'payments');
    const before = performance.now();
    expect(await find('tag:owner', 'payments', 'ledger')).toHaveLength(180);
    const took = performance.now() - before;
    expect(await find('tag:owner', 'ledger')).toEqual([]);
    expect(await find('vpc-endpoint-id', ids[7] ?? '')).toEqual([ids[7]]);
    expect(await find('vpc-id', VpcId)).toHaveLength(180);
    // A hundred milliseconds when nothing else runs.
    expect(took).toBeLessThan(1000);

    await emulator.setStaleness({ ec2: 60 });
    expect(await find('tag:owner', 'payments')).toEqual([]);
  });
});
