import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNatGatewayCommand,
  DescribeAddressesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DisassociateAddressCommand,
  EC2Client,
  ReleaseAddressCommand,
  type NatGateway,
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

async function network(): Promise<{ readonly vpcId: string; readonly subnetId: string }> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const vpcId = Vpc?.VpcId ?? '';
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({ VpcId: vpcId, CidrBlock: '10.0.0.0/24', AvailabilityZone: 'us-east-1a' }),
  );
  return { vpcId, subnetId: Subnet?.SubnetId ?? '' };
}

async function attachInternetGateway(VpcId: string): Promise<void> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = InternetGateway?.InternetGatewayId;
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
}

async function allocate(): Promise<string> {
  const TagSpecifications = [{ ResourceType: 'elastic-ip' as const, Tags: ours }];
  return (await ec2.send(new AllocateAddressCommand({ TagSpecifications }))).AllocationId ?? '';
}

async function createNat(SubnetId: string, AllocationId: string): Promise<NatGateway> {
  const TagSpecifications = [{ ResourceType: 'natgateway' as const, Tags: ours }];
  const command = new CreateNatGatewayCommand({ SubnetId, AllocationId, TagSpecifications });
  return (await ec2.send(command)).NatGateway ?? {};
}

async function describeNat(natId: string | undefined): Promise<NatGateway> {
  const command = new DescribeNatGatewaysCommand({ NatGatewayIds: [natId ?? ''] });
  return (await ec2.send(command)).NatGateways?.[0] ?? {};
}

async function interfacesOf(subnetId: string) {
  const Filters = [{ Name: 'subnet-id', Values: [subnetId] }];
  return (await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))).NetworkInterfaces ?? [];
}

async function describeAddress(AllocationId: string) {
  const Filters = [{ Name: 'allocation-id', Values: [AllocationId] }];
  return (await ec2.send(new DescribeAddressesCommand({ Filters }))).Addresses?.[0];
}

describe('a NAT gateway', () => {
  test('has its interface and its address until it is deleted', async () => {
    await emulator.setLifecycles({ 'ec2/nat-gateway': { pending: 'held', deleting: 'held' } });
    const { vpcId, subnetId } = await network();
    await attachInternetGateway(vpcId);
    const AllocationId = await allocate();

    const created = await createNat(subnetId, AllocationId);
    const { NatGatewayId = '' } = created;
    expect(created).toMatchObject({
      State: 'pending',
      VpcId: vpcId,
      Tags: ours,
      NatGatewayAddresses: [{ AllocationId, IsPrimary: true, Status: 'associating' }],
    });
    expect(created.NatGatewayAddresses?.[0]?.PublicIp).toBeUndefined();

    await emulator.release();
    const [networkInterface] = await interfacesOf(subnetId);
    expect(networkInterface).toMatchObject({
      InterfaceType: 'nat_gateway',
      Description: `Interface for NAT Gateway ${NatGatewayId}`,
      RequesterManaged: true,
      Groups: [],
      Association: { AllocationId },
    });
    const address = await describeAddress(AllocationId);
    expect(address).toMatchObject({ NetworkInterfaceId: networkInterface?.NetworkInterfaceId, Tags: ours });
    expect(await describeNat(NatGatewayId)).toMatchObject({
      State: 'available',
      NatGatewayAddresses: [
        {
          PublicIp: address?.PublicIp,
          AssociationId: address?.AssociationId,
          NetworkInterfaceId: networkInterface?.NetworkInterfaceId,
          Status: 'succeeded',
        },
      ],
    });

    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    expect((await describeNat(NatGatewayId)).State).toBe('deleting');
    await expect(ec2.send(new ReleaseAddressCommand({ AllocationId }))).rejects.toMatchObject({
      name: 'AuthFailure',
    });

    await emulator.release();
    expect((await describeNat(NatGatewayId)).State).toBe('deleted');
    expect((await describeAddress(AllocationId))?.AssociationId).toBeUndefined();
    expect(await interfacesOf(subnetId)).toEqual([]);
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));
    expect(await describeAddress(AllocationId)).toBeUndefined();
  });

  test('fails when its VPC has no internet gateway, without taking its address', async () => {
    await emulator.setLifecycles({ 'ec2/nat-gateway': { pending: 'held' } });
    const { vpcId, subnetId } = await network();
    const AllocationId = await allocate();
    const { NatGatewayId, State } = await createNat(subnetId, AllocationId);
    expect(State).toBe('pending');
    await emulator.release();
    expect(await describeNat(NatGatewayId)).toMatchObject({
      State: 'failed',
      FailureCode: 'Gateway.NotAttached',
      FailureMessage: `Network ${vpcId} has no Internet gateway attached`,
    });
    expect(await interfacesOf(subnetId)).toEqual([]);
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    expect((await describeNat(NatGatewayId)).State).toBe('deleted');
  });

  test('fails when its address is in use', async () => {
    const { vpcId, subnetId } = await network();
    await attachInternetGateway(vpcId);
    const AllocationId = await allocate();
    const first = await createNat(subnetId, AllocationId);
    const second = await createNat(subnetId, AllocationId);
    expect(await describeNat(second.NatGatewayId)).toMatchObject({
      State: 'failed',
      FailureCode: 'Resource.AlreadyAssociated',
    });
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: second.NatGatewayId }));
    expect((await describeNat(first.NatGatewayId)).State).toBe('available');
    expect((await describeAddress(AllocationId))?.AssociationId).toBeDefined();
  });

  test('fails when a test asks for it', async () => {
    await emulator.setLifecycles({ 'ec2/nat-gateway': { failed: 'held' } });
    const { vpcId, subnetId } = await network();
    await attachInternetGateway(vpcId);
    const { NatGatewayId } = await createNat(subnetId, await allocate());
    expect(await describeNat(NatGatewayId)).toMatchObject({ State: 'failed', FailureCode: 'InternalError' });
  });

  test('is refused for an address that does not exist, and so is deleting one that does not', async () => {
    const { subnetId } = await network();
    await expect(createNat(subnetId, 'eipalloc-00000000000000000')).rejects.toMatchObject({
      name: 'InvalidAllocationID.NotFound',
    });
    const missing = new DeleteNatGatewayCommand({ NatGatewayId: 'nat-00000000000000000' });
    await expect(ec2.send(missing)).rejects.toMatchObject({ name: 'NatGatewayNotFound' });
  });

  test('is found by its tags, in pages, and a moment late where lists lag', async () => {
    const { vpcId, subnetId } = await network();
    await attachInternetGateway(vpcId);
    const ids: (string | undefined)[] = [];
    for (let made = 0; made < 6; made += 1)
      ids.push((await createNat(subnetId, await allocate())).NatGatewayId);

    const Filter = [{ Name: 'tag:owner', Values: ['payments', 'ledger'] }];
    const first = await ec2.send(new DescribeNatGatewaysCommand({ Filter, MaxResults: 5 }));
    const { NextToken } = first;
    const second = await ec2.send(new DescribeNatGatewaysCommand({ Filter, MaxResults: 5, NextToken }));
    const found = [...(first.NatGateways ?? []), ...(second.NatGateways ?? [])];
    expect(found).toHaveLength(6);
    expect(new Set(found.map((nat) => nat.NatGatewayId))).toEqual(new Set(ids));
    const others = [{ Name: 'tag:owner', Values: ['ledger'] }];
    expect((await ec2.send(new DescribeNatGatewaysCommand({ Filter: others }))).NatGateways).toEqual([]);

    await emulator.setStaleness({ ec2: 60 });
    expect((await ec2.send(new DescribeNatGatewaysCommand({ Filter }))).NatGateways).toEqual([]);
    expect((await describeNat(ids[0])).State).toBe('available');
  });
});

describe('an elastic IP address', () => {
  test('of a NAT gateway cannot be disassociated by hand', async () => {
    const { vpcId, subnetId } = await network();
    await attachInternetGateway(vpcId);
    const AllocationId = await allocate();
    await createNat(subnetId, AllocationId);
    const AssociationId = (await describeAddress(AllocationId))?.AssociationId;
    await expect(ec2.send(new DisassociateAddressCommand({ AssociationId }))).rejects.toMatchObject({
      name: 'AuthFailure',
    });
  });

  test('of an interface is released when it is free, and once', async () => {
    const { subnetId: SubnetId } = await network();
    const AllocationId = await allocate();
    const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
    const { NetworkInterfaceId } = NetworkInterface ?? {};
    const { AssociationId } = await ec2.send(
      new AssociateAddressCommand({ AllocationId, NetworkInterfaceId }),
    );
    await expect(ec2.send(new ReleaseAddressCommand({ AllocationId }))).rejects.toMatchObject({
      name: 'InvalidIPAddress.InUse',
    });
    await ec2.send(new DisassociateAddressCommand({ AssociationId }));
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));
    await expect(ec2.send(new ReleaseAddressCommand({ AllocationId }))).rejects.toMatchObject({
      name: 'InvalidAllocationID.NotFound',
    });
  });
});
