import {
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcCommand,
  DeleteTransitGatewayCommand,
  DeleteTransitGatewayVpcAttachmentCommand,
  DescribeNetworkInterfacesCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  EC2Client,
  ModifyTransitGatewayVpcAttachmentCommand,
  type TransitGatewayVpcAttachment,
} from '@aws-sdk/client-ec2';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let ec2: EC2Client;
let tagging: ResourceGroupsTaggingAPIClient;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  ec2 = new EC2Client(options);
  tagging = new ResourceGroupsTaggingAPIClient(options);
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

const ours = [{ Key: 'owner', Value: 'payments' }];

async function network() {
  const { TransitGateway } = await ec2.send(new CreateTransitGatewayCommand({}));
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  const subnets: string[] = [];
  for (const zone of ['a', 'b', 'a']) {
    const CidrBlock = `10.0.${subnets.length}.0/24`;
    const AvailabilityZone = `us-east-1${zone}`;
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));
    subnets.push(Subnet?.SubnetId ?? '');
  }
  return { TransitGatewayId: TransitGateway?.TransitGatewayId ?? '', VpcId, subnets };
}

async function attach(
  TransitGatewayId: string,
  VpcId: string,
  SubnetIds: string[],
): Promise<TransitGatewayVpcAttachment> {
  const TagSpecifications = [{ ResourceType: 'transit-gateway-attachment' as const, Tags: ours }];
  const command = new CreateTransitGatewayVpcAttachmentCommand({
    TransitGatewayId,
    VpcId,
    SubnetIds,
    TagSpecifications,
  });
  return (await ec2.send(command)).TransitGatewayVpcAttachment ?? {};
}

async function find(Name: string, ...Values: string[]) {
  const command = new DescribeTransitGatewayVpcAttachmentsCommand({ Filters: [{ Name, Values }] });
  return (await ec2.send(command)).TransitGatewayVpcAttachments ?? [];
}

async function indexed(): Promise<number> {
  const command = new GetResourcesCommand({
    ResourceTypeFilters: ['ec2:transit-gateway-attachment'],
    TagFilters: [{ Key: 'owner', Values: ['payments'] }],
  });
  return (await tagging.send(command)).ResourceTagMappingList?.length ?? 0;
}

async function interfacesOf(VpcId: string): Promise<readonly (string | undefined)[]> {
  const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
  const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
  return NetworkInterfaces.map(({ SubnetId }) => SubnetId);
}

test('An attachment is pending, available, deleting and deleted, and has interfaces until then', async () => {
  const held = { pending: 'held', deleting: 'held' } as const;
  await emulator.setLifecycles({ 'ec2/transit-gateway-attachment': held });
  const { TransitGatewayId, VpcId, subnets } = await network();
  const [a = '', b = ''] = subnets;
  const created = await attach(TransitGatewayId, VpcId, [a]);
  expect(created).toMatchObject({ State: 'pending', VpcId, SubnetIds: [a], Tags: ours });
  const { TransitGatewayAttachmentId = '' } = created;
  expect(await find('state', 'pending')).toHaveLength(1);
  expect(await find('tag:owner', 'ledger')).toEqual([]);
  expect(await find('tag:owner', 'payments', 'ledger')).toMatchObject([{ TransitGatewayAttachmentId }]);

  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  const route = new CreateRouteCommand({
    RouteTableId: RouteTable?.RouteTableId,
    DestinationCidrBlock: '10.8.0.0/16',
    TransitGatewayId,
  });
  await expect(ec2.send(route)).rejects.toMatchObject({ name: 'InvalidTransitGatewayID.NotFound' });
  const change = { TransitGatewayAttachmentId, AddSubnetIds: [b], RemoveSubnetIds: [a] };
  const modify = new ModifyTransitGatewayVpcAttachmentCommand({
    ...change,
    Options: { ApplianceModeSupport: 'enable' },
  });
  await expect(ec2.send(modify)).rejects.toMatchObject({ name: 'IncorrectState' });

  await emulator.release();
  await ec2.send(route);
  await ec2.send(modify);
  expect(await find('transit-gateway-attachment-id', TransitGatewayAttachmentId)).toMatchObject([
    {
      State: 'available',
      SubnetIds: [b],
      Options: { ApplianceModeSupport: 'enable', DnsSupport: 'enable' },
    },
  ]);
  expect(await interfacesOf(VpcId)).toEqual([b]);

  await ec2.send(new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId }));
  expect(await find('state', 'deleting')).toHaveLength(1);
  const deletion = new DeleteTransitGatewayCommand({ TransitGatewayId });
  await expect(ec2.send(deletion)).rejects.toMatchObject({ name: 'IncorrectState' });
  await emulator.release();
  expect(await find('state', 'deleted')).toHaveLength(1);
  expect(await interfacesOf(VpcId)).toEqual([]);
  await expect(
    ec2.send(new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId })),
  ).rejects.toMatchObject({ name: 'InvalidTransitGatewayAttachmentID.NotFound' });
  await attach(TransitGatewayId, VpcId, [a]);
});

test('An attachment has one subnet in a zone, and a VPC one attachment to a transit gateway', async () => {
  const { TransitGatewayId, VpcId, subnets } = await network();
  await expect(attach(TransitGatewayId, VpcId, subnets)).rejects.toMatchObject({
    name: 'DuplicateSubnetsInSameZone',
  });
  await attach(TransitGatewayId, VpcId, subnets.slice(0, 2));
  await expect(attach(TransitGatewayId, VpcId, subnets.slice(0, 2))).rejects.toMatchObject({
    name: 'DuplicateTransitGatewayAttachment',
  });
  await expect(attach('tgw-00000000000000000', VpcId, subnets.slice(0, 1))).rejects.toMatchObject({
    name: 'InvalidTransitGatewayID.NotFound',
  });
});

test('An attachment fails when a test asks for it, and cannot be deleted then', async () => {
  await emulator.setLifecycles({ 'ec2/transit-gateway-attachment': { failed: 'held' } });
  const { TransitGatewayId, VpcId, subnets } = await network();
  const { TransitGatewayAttachmentId } = await attach(TransitGatewayId, VpcId, subnets.slice(0, 1));
  expect(await find('state', 'failed')).toMatchObject([{ TransitGatewayAttachmentId }]);
  expect(await interfacesOf(VpcId)).toEqual([]);
  const deletion = new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId });
  await expect(ec2.send(deletion)).rejects.toMatchObject({ name: 'IncorrectState' });
});

test('The tagging index shows an attachment, later than it is created, and until it is deleted', async () => {
  await emulator.setStaleness({ tagging: 60 });
  const { TransitGatewayId, VpcId, subnets } = await network();
  const { TransitGatewayAttachmentId } = await attach(TransitGatewayId, VpcId, subnets.slice(0, 1));
  expect(await indexed()).toBe(0);
  await emulator.setStaleness({ tagging: 0 });
  expect(await indexed()).toBe(1);
  await ec2.send(new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId }));
  expect(await indexed()).toBe(0);
});
