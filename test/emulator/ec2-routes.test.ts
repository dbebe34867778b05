import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DescribeRouteTablesCommand,
  DetachInternetGatewayCommand,
  DisassociateRouteTableCommand,
  EC2Client,
  ReplaceRouteCommand,
  ReplaceRouteTableAssociationCommand,
  AttachVpnGatewayCommand,
  CreateVpnGatewayCommand,
  DetachVpnGatewayCommand,
  EnableVgwRoutePropagationCommand,
  DisableVgwRoutePropagationCommand,
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

async function newVpc(): Promise<string> {
  return (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId ?? '';
}

async function newSubnet(VpcId: string): Promise<string> {
  const create = new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24' });
  return (await ec2.send(create)).Subnet?.SubnetId ?? '';
}

async function newTable(VpcId: string): Promise<string> {
  return (await ec2.send(new CreateRouteTableCommand({ VpcId }))).RouteTable?.RouteTableId ?? '';
}

async function newGateway(VpcId: string): Promise<string> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = InternetGateway?.InternetGatewayId ?? '';
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  return InternetGatewayId;
}

async function routesOf(RouteTableId: string) {
  const RouteTableIds = [RouteTableId];
  return (await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds }))).RouteTables?.[0]?.Routes;
}

describe('a route table', () => {
  test('has one route to a destination, which is created, replaced and deleted', async () => {
    const VpcId = await newVpc();
    const RouteTableId = await newTable(VpcId);
    const GatewayId = await newGateway(VpcId);
    const route = { RouteTableId, GatewayId, DestinationCidrBlock: '0.0.0.0/0' };
    const replace = () => ec2.send(new ReplaceRouteCommand(route));
    const create = (change = {}) => ec2.send(new CreateRouteCommand({ ...route, ...change }));
    const remove = () => ec2.send(new DeleteRouteCommand({ ...route }));

    await expect(replace()).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(remove()).rejects.toMatchObject({ name: 'InvalidRoute.NotFound' });
    await create();
    await expect(create()).rejects.toMatchObject({ name: 'RouteAlreadyExists' });
    const local = create({ DestinationCidrBlock: '10.0.0.0/16' });
    await expect(local).rejects.toMatchObject({ name: 'RouteAlreadyExists' });
    const toNowhere = create({
      DestinationCidrBlock: '9.0.0.0/8',
      GatewayId: undefined,
      NatGatewayId: 'nat-0123456789abcdef0',
    });
    await expect(toNowhere).rejects.toMatchObject({ name: 'InvalidNatGatewayID.NotFound' });
    await replace();
    await ec2.send(new DetachInternetGatewayCommand({ VpcId, InternetGatewayId: GatewayId }));
    expect(await routesOf(RouteTableId)).toMatchObject([
      { GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
      { GatewayId, Origin: 'CreateRoute', State: 'blackhole' },
    ]);
    await remove();
    expect(await routesOf(RouteTableId)).toHaveLength(1);
  });

  test('can send its local route through an interface, and back', async () => {
    const VpcId = await newVpc();
    const RouteTableId = await newTable(VpcId);
    const SubnetId = await newSubnet(VpcId);
    const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
    const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId;
    const route = { RouteTableId, DestinationCidrBlock: '10.0.0.0/16' };

    await ec2.send(new ReplaceRouteCommand({ ...route, NetworkInterfaceId }));
    const through = await routesOf(RouteTableId);
    expect(through).toMatchObject([{ NetworkInterfaceId, Origin: 'CreateRouteTable', State: 'active' }]);
    expect(through?.[0]).not.toHaveProperty('GatewayId');
    await ec2.send(new ReplaceRouteCommand({ ...route, LocalTarget: true }));
    expect(await routesOf(RouteTableId)).toMatchObject([{ GatewayId: 'local', State: 'active' }]);
  });

  test('takes a subnet from another one only by replacing its association', async () => {
    const VpcId = await newVpc();
    const SubnetId = await newSubnet(VpcId);
    const [first, second] = [await newTable(VpcId), await newTable(VpcId)];
    const associate = (RouteTableId: string) =>
      ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));

    const { AssociationId } = await associate(first);
    await expect(associate(second)).rejects.toMatchObject({ name: 'Resource.AlreadyAssociated' });
    const removal = ec2.send(new DeleteRouteTableCommand({ RouteTableId: first }));
    await expect(removal).rejects.toMatchObject({ name: 'DependencyViolation' });
    const replace = new ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId: second });
    const { NewAssociationId } = await ec2.send(replace);
    const Filters = [{ Name: 'association.subnet-id', Values: [SubnetId, 'subnet-0'] }];
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
    expect(RouteTables?.map(({ RouteTableId }) => RouteTableId)).toEqual([second]);

    const missing = { name: 'InvalidAssociationID.NotFound' };
    const again = new ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId: first });
    await expect(ec2.send(again)).rejects.toMatchObject(missing);
    const disassociate = new DisassociateRouteTableCommand({ AssociationId: NewAssociationId });
    await ec2.send(disassociate);
    await expect(ec2.send(disassociate)).rejects.toMatchObject(missing);
  });

  test('lets a virtual private gateway of its VPC add routes', async () => {
    const VpcId = await newVpc();
    const RouteTableId = await newTable(VpcId);
    const { VpnGateway } = await ec2.send(new CreateVpnGatewayCommand({ Type: 'ipsec.1' }));
    const GatewayId = VpnGateway?.VpnGatewayId ?? '';
    const enable = () => ec2.send(new EnableVgwRoutePropagationCommand({ RouteTableId, GatewayId }));
    const propagating = async () => {
      const Filters = [{ Name: 'route-table-id', Values: [RouteTableId] }];
      return (await ec2.send(new DescribeRouteTablesCommand({ Filters }))).RouteTables?.[0]?.PropagatingVgws;
    };

    await expect(enable()).rejects.toMatchObject({ name: 'Gateway.NotAttached' });
    await ec2.send(new AttachVpnGatewayCommand({ VpnGatewayId: GatewayId, VpcId }));
    await enable();
    expect(await propagating()).toEqual([{ GatewayId }]);
    await ec2.send(new DisableVgwRoutePropagationCommand({ RouteTableId, GatewayId }));
    expect(await propagating()).toEqual([]);
    await enable();
    await ec2.send(new DetachVpnGatewayCommand({ VpnGatewayId: GatewayId, VpcId }));
    expect(await propagating()).toEqual([]);
  });
});
