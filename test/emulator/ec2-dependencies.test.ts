import {
  AcceptVpcPeeringConnectionCommand,
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNatGatewayCommand,
  DeleteNetworkInterfaceCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteTagsCommand,
  DeleteVpcCommand,
  DeleteVpcEndpointsCommand,
  DeleteVpcPeeringConnectionCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let ec2: EC2Client;
let VpcId: string;
let SubnetId: string;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  ec2 = new EC2Client({ endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}, 300_000);

beforeEach(async () => {
  VpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId ?? '';
  const create = new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24' });
  SubnetId = (await ec2.send(create)).Subnet?.SubnetId ?? '';
});

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

const refused = { name: 'DependencyViolation' };
const deleteVpc = () => ec2.send(new DeleteVpcCommand({ VpcId }));
const deleteSubnet = () => ec2.send(new DeleteSubnetCommand({ SubnetId }));

async function interfacesInSubnet() {
  const Filters = [{ Name: 'subnet-id', Values: [SubnetId] }];
  return (await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))).NetworkInterfaces ?? [];
}

async function tagsOfVpc() {
  return (await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }))).Vpcs?.[0]?.Tags;
}

async function newInternetGateway(): Promise<string> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = InternetGateway?.InternetGatewayId ?? '';
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  return InternetGatewayId;
}

describe('what AWS puts into a subnet', () => {
  test('keeps a NAT gateway from losing its subnet and its internet gateway until it is deleted', async () => {
    await emulator.setLifecycles({ 'ec2/nat-gateway': { deleting: 'held' } });
    const InternetGatewayId = await newInternetGateway();
    const detach = () => ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
    const { AllocationId, PublicIp } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
    const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
    const NatGatewayId = NatGateway?.NatGatewayId ?? '';
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
    const RouteTableId = RouteTable?.RouteTableId ?? '';
    const DestinationCidrBlock = '0.0.0.0/0';
    await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, NatGatewayId }));
    const route = async () => {
      const Filters = [{ Name: 'route.nat-gateway-id', Values: [NatGatewayId] }];
      const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
      return RouteTables?.[0]?.Routes?.find((each) => each.NatGatewayId === NatGatewayId)?.State;
    };

    expect(await interfacesInSubnet()).toMatchObject([
      {
        InterfaceType: 'nat_gateway',
        Description: `Interface for NAT Gateway ${NatGatewayId}`,
        RequesterManaged: true,
        Groups: [],
        Association: { PublicIp },
      },
    ]);
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    await expect(deleteSubnet()).rejects.toMatchObject(refused);
    await expect(detach()).rejects.toMatchObject(refused);
    expect(await route()).toBe('active');
    await emulator.release('ec2/nat-gateway');
    expect(await route()).toBe('blackhole');
    await ec2.send(new DeleteRouteTableCommand({ RouteTableId }));
    await detach();
    await deleteSubnet();
    await deleteVpc();
  });

  test('keeps an interface endpoint from losing its subnet and its groups until it is deleted', async () => {
    await emulator.setLifecycles({ 'ec2/vpc-endpoint': { deleting: 'held' } });
    const group = { VpcId, GroupName: 'endpoints', Description: 'endpoints' };
    const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(group));
    const deleteGroup = () => ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    const create = new CreateVpcEndpointCommand({
      VpcId,
      ServiceName: 'com.amazonaws.us-east-1.ecr.api',
      VpcEndpointType: 'Interface',
      SubnetIds: [SubnetId],
      SecurityGroupIds: [GroupId],
      PrivateDnsEnabled: false,
    });
    const VpcEndpointId = (await ec2.send(create)).VpcEndpoint?.VpcEndpointId ?? '';
    const interfaces = await interfacesInSubnet();
    expect(interfaces).toMatchObject([
      {
        InterfaceType: 'vpc_endpoint',
        Description: `VPC Endpoint Interface ${VpcEndpointId}`,
        RequesterManaged: true,
        Groups: [{ GroupId }],
      },
    ]);
    const { NetworkInterfaceId } = interfaces[0] ?? {};
    const byHand = ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
    await expect(byHand).rejects.toMatchObject({ name: 'InvalidParameterValue' });

    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
    await expect(deleteGroup()).rejects.toMatchObject(refused);
    await expect(deleteSubnet()).rejects.toMatchObject(refused);
    await emulator.release('ec2/vpc-endpoint');
    await deleteSubnet();
    await expect(deleteVpc()).rejects.toMatchObject(refused);
    await deleteGroup();
    await deleteVpc();
  });

  test('keeps a VPC from being deleted when it is a gateway endpoint, which has no subnet', async () => {
    const ServiceName = 'com.amazonaws.us-east-1.s3';
    const { VpcEndpoint } = await ec2.send(new CreateVpcEndpointCommand({ VpcId, ServiceName }));
    await deleteSubnet();
    await expect(deleteVpc()).rejects.toMatchObject(refused);
    const VpcEndpointIds = [VpcEndpoint?.VpcEndpointId ?? ''];
    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds }));
    await deleteVpc();
  });
});

describe('a peering connection', () => {
  test('keeps both VPCs from being deleted, is found by either, and a mere request keeps the asked one', async () => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
    const asked = { VpcId: Vpc?.VpcId };
    const deleteAsked = () => ec2.send(new DeleteVpcCommand(asked));
    const { VpcPeeringConnection } = await ec2.send(
      new CreateVpcPeeringConnectionCommand({ VpcId, PeerVpcId: asked.VpcId }),
    );
    const { VpcPeeringConnectionId } = VpcPeeringConnection ?? {};
    await expect(deleteAsked()).rejects.toMatchObject(refused);
    await ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    await expect(deleteAsked()).rejects.toMatchObject(refused);
    await ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await expect(deleteVpc()).rejects.toMatchObject(refused);

    const find = async (...filters: readonly (readonly [string, string | undefined])[]) => {
      const Filters = filters.map(([Name, value]) => ({ Name, Values: [value ?? ''] }));
      const answer = await ec2.send(new DescribeVpcPeeringConnectionsCommand({ Filters }));
      return answer.VpcPeeringConnections?.map((each) => each.VpcPeeringConnectionId);
    };
    const active = ['status-code', 'active'] as const;
    expect(await find(active, ['requester-vpc-info.vpc-id', VpcId])).toEqual([VpcPeeringConnectionId]);
    expect(await find(active, ['accepter-vpc-info.vpc-id', asked.VpcId])).toEqual([VpcPeeringConnectionId]);
    expect(await find(active, ['accepter-vpc-info.vpc-id', VpcId])).toEqual([]);

    await ec2.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    expect(await find(active)).toEqual([]);
    await deleteAsked();
    await deleteVpc();
  });
});

describe('the tags of a resource', () => {
  const Tags = [
    { Key: 'owner', Value: 'payments' },
    { Key: 'stage', Value: '' },
  ];

  test('are all deleted when none is named, else by key, or by key and value', async () => {
    const Resources = [VpcId];
    const remove = (change: object) => ec2.send(new DeleteTagsCommand({ Resources, ...change }));
    await ec2.send(new CreateTagsCommand({ Resources, Tags }));
    await remove({ Tags: [{ Key: 'owner', Value: 'lending' }] });
    expect(await tagsOfVpc()).toEqual(Tags);
    await remove({ Tags: [{ Key: 'owner' }] });
    expect(await tagsOfVpc()).toEqual(Tags.slice(1));
    await remove({});
    expect(await tagsOfVpc()).toEqual([]);
  });

  test('cannot be put on what does not exist', async () => {
    for (const [id, name] of [
      ['acl-0123456789abcdef0', 'InvalidNetworkAclID.NotFound'],
      ['eipalloc-0123456789abcdef0', 'InvalidAllocationID.NotFound'],
      ['subnet-0123456789abcdef0', 'InvalidSubnetID.NotFound'],
    ] as const) {
      const create = ec2.send(new CreateTagsCommand({ Resources: [id], Tags }));
      await expect(create).rejects.toMatchObject({ name });
    }
  });
});

test('A dry run changes nothing', async () => {
  for (const dry of [
    ec2.send(new DeleteSubnetCommand({ SubnetId, DryRun: true })),
    ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', DryRun: true })),
  ]) {
    await expect(dry).rejects.toMatchObject({
      name: 'DryRunOperation',
      $metadata: { httpStatusCode: 412 },
    });
  }
  const Filters = [{ Name: 'cidr', Values: ['10.0.0.0/16'] }];
  expect((await ec2.send(new DescribeVpcsCommand({ Filters }))).Vpcs).toHaveLength(1);
  await deleteSubnet();
});
