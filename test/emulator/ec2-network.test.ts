import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNetworkAclCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNetworkAclCommand,
  DeleteNetworkInterfaceCommand,
  DeleteRouteTableCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
  paginateDescribeSubnets,
  type ResourceType,
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

const owned = (type: ResourceType, owner: string) => [
  { ResourceType: type, Tags: [{ Key: 'owner', Value: owner }] },
];

const by = (Name: string, id: string) => ({ Filters: [{ Name, Values: [id, 'other'] }] });

async function newVpc(owner = 'payments'): Promise<string> {
  const TagSpecifications = owned('vpc', owner);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', TagSpecifications }));
  return Vpc?.VpcId ?? '';
}

async function newSubnet(VpcId: string, CidrBlock = '10.0.1.0/24', owner = 'payments'): Promise<string> {
  const TagSpecifications = owned('subnet', owner);
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, TagSpecifications }));
  return Subnet?.SubnetId ?? '';
}

async function newGateway(VpcId: string): Promise<string> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = InternetGateway?.InternetGatewayId ?? '';
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  return InternetGatewayId;
}

describe('a VPC', () => {
  test('is not deleted before everything in it is, and takes its defaults along', async () => {
    const VpcId = await newVpc();
    const SubnetId = await newSubnet(VpcId);
    const InternetGatewayId = await newGateway(VpcId);
    const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId }));
    const remove = () => ec2.send(new DeleteVpcCommand({ VpcId }));
    const refused = { name: 'DependencyViolation' };

    await expect(remove()).rejects.toMatchObject(refused);
    await ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await expect(remove()).rejects.toMatchObject(refused);
    await ec2.send(new DetachInternetGatewayCommand({ VpcId, InternetGatewayId }));
    await expect(remove()).rejects.toMatchObject(refused);
    await ec2.send(new DeleteNetworkAclCommand({ NetworkAclId: NetworkAcl?.NetworkAclId }));
    await remove();

    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    expect((await ec2.send(new DescribeNetworkAclsCommand({ Filters }))).NetworkAcls).toEqual([]);
    await expect(remove()).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' });
  });

  test('has one attribute changed per call, and host names only with a resolver', async () => {
    const VpcId = await newVpc();
    const [on, off] = [{ Value: true }, { Value: false }];
    const modify = (change: object) => ec2.send(new ModifyVpcAttributeCommand({ VpcId, ...change }));

    const both = modify({ EnableDnsSupport: on, EnableDnsHostnames: on });
    await expect(both).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    await modify({ EnableDnsSupport: off });
    const hostnames = modify({ EnableDnsHostnames: on });
    await expect(hostnames).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await modify({ EnableDnsSupport: on });
    await modify({ EnableDnsHostnames: on });
    const read = new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' });
    expect((await ec2.send(read)).EnableDnsHostnames).toEqual(on);
  });
});

describe('a description', () => {
  test('finds what has one of several tags, and pages of what it finds', async () => {
    const VpcId = await newVpc();
    const created: string[] = [];
    for (let part = 0; part < 12; part += 1) {
      const owner = ['payments', 'lending', 'other'][part % 3];
      created.push(await newSubnet(VpcId, `10.0.${part}.0/24`, owner));
    }
    const Filters = [{ Name: 'tag:owner', Values: ['pay*', 'lending'] }];
    const pages: (string | undefined)[][] = [];
    for await (const page of paginateDescribeSubnets({ client: ec2, pageSize: 5 }, { Filters })) {
      pages.push(page.Subnets?.map(({ SubnetId }) => SubnetId) ?? []);
    }
    expect(pages.map((page) => page.length)).toEqual([5, 3]);
    expect(new Set(pages.flat())).toEqual(new Set(created.filter((_, part) => part % 3 < 2)));

    const small = ec2.send(new DescribeSubnetsCommand({ MaxResults: 4 }));
    await expect(small).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('finds each of them by a filter of its id, and refuses ids that do not exist', async () => {
    const VpcId = await newVpc();
    const SubnetId = await newSubnet(VpcId);
    const InternetGatewayId = await newGateway(VpcId);

    const vpcs = await ec2.send(new DescribeVpcsCommand(by('vpc-id', VpcId)));
    expect(vpcs.Vpcs).toMatchObject([{ VpcId }]);
    const subnets = await ec2.send(new DescribeSubnetsCommand(by('subnet-id', SubnetId)));
    expect(subnets.Subnets).toMatchObject([{ SubnetId }]);
    for (const [filter, id] of [
      ['internet-gateway-id', InternetGatewayId],
      ['attachment.vpc-id', VpcId],
    ] as const) {
      const gateways = await ec2.send(new DescribeInternetGatewaysCommand(by(filter, id)));
      expect(gateways.InternetGateways).toMatchObject([{ InternetGatewayId, Attachments: [{ VpcId }] }]);
    }
    const missingVpc = ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId, 'vpc-0'] }));
    await expect(missingVpc).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' });
    const missingSubnet = ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId, 'subnet-0'] }));
    await expect(missingSubnet).rejects.toMatchObject({ name: 'InvalidSubnetID.NotFound' });
  });

  test('may lag behind creations, unless it is asked for by id', async () => {
    await emulator.setStaleness({ ec2: 60 });
    const VpcId = await newVpc();
    const Filters = [{ Name: 'tag:owner', Values: ['payments'] }];
    const inVpc = [{ Name: 'vpc-id', Values: [VpcId] }];

    expect((await ec2.send(new DescribeVpcsCommand({ Filters }))).Vpcs).toEqual([]);
    expect((await ec2.send(new DescribeRouteTablesCommand({ Filters: inVpc }))).RouteTables).toEqual([]);
    expect((await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }))).Vpcs).toHaveLength(1);
    await emulator.setStaleness({ ec2: 0 });
    expect((await ec2.send(new DescribeVpcsCommand({ Filters }))).Vpcs).toHaveLength(1);
  });
});

describe('a subnet', () => {
  test('is refused where it overlaps, lies outside, is too small, or in another region', async () => {
    const VpcId = await newVpc();
    await newSubnet(VpcId, '10.0.0.0/20');
    const create = (CidrBlock: string, AvailabilityZone = 'us-east-1a') =>
      ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));

    await expect(create('10.0.15.0/24')).rejects.toMatchObject({ name: 'InvalidSubnet.Conflict' });
    await expect(create('10.1.0.0/24')).rejects.toMatchObject({ name: 'InvalidSubnet.Range' });
    await expect(create('10.0.32.0/29')).rejects.toMatchObject({ name: 'InvalidSubnet.Range' });
    const elsewhere = create('10.0.32.0/24', 'eu-west-1a');
    await expect(elsewhere).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    const { Subnet } = await create('10.0.32.7/24');
    expect(Subnet).toMatchObject({ CidrBlock: '10.0.32.0/24', MapPublicIpOnLaunch: false });
  });

  test('is not deleted with an interface in it, and leaves its route table and ACL', async () => {
    const VpcId = await newVpc();
    const SubnetId = await newSubnet(VpcId);
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
    const RouteTableId = RouteTable?.RouteTableId;
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
    const Filters = [{ Name: 'subnet-id', Values: [SubnetId] }];
    const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
    const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId;
    expect(NetworkInterfaces).toMatchObject([
      { NetworkInterfaceId, InterfaceType: 'interface', RequesterManaged: false, SubnetId, VpcId },
    ]);

    const remove = () => ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await expect(remove()).rejects.toMatchObject({ name: 'DependencyViolation' });
    await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
    await remove();
    const associated = [{ Name: 'association.subnet-id', Values: [SubnetId] }];
    const acls = await ec2.send(new DescribeNetworkAclsCommand({ Filters: associated }));
    expect(acls.NetworkAcls).toEqual([]);
    await ec2.send(new DeleteRouteTableCommand({ RouteTableId }));
    await expect(remove()).rejects.toMatchObject({ name: 'InvalidSubnetID.NotFound' });
  });
});
