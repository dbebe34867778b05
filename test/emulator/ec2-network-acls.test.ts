import {
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNetworkAclCommand,
  DeleteNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  EC2Client,
  ReplaceNetworkAclAssociationCommand,
  ReplaceNetworkAclEntryCommand,
  type CreateNetworkAclEntryCommandInput,
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

async function newAcl() {
  const VpcId = await newVpc();
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId }));
  return { VpcId, NetworkAclId: NetworkAcl?.NetworkAclId ?? '' };
}

async function entriesOf(NetworkAclId: string) {
  const Filters = [{ Name: 'network-acl-id', Values: [NetworkAclId] }];
  const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
  return NetworkAcls?.[0]?.Entries?.filter(({ RuleNumber }) => RuleNumber !== 32767);
}

describe('a network ACL', () => {
  const web: Omit<CreateNetworkAclEntryCommandInput, 'NetworkAclId'> = {
    RuleNumber: 100,
    Protocol: 'tcp',
    RuleAction: 'allow',
    Egress: false,
    CidrBlock: '10.0.0.9/16',
    PortRange: { From: 443, To: 443 },
  };

  test('denies everything when it is new', async () => {
    const VpcId = await newVpc();
    const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId }));
    const last = { RuleNumber: 32767, Protocol: '-1', RuleAction: 'deny', CidrBlock: '0.0.0.0/0' };
    expect(NetworkAcl).toMatchObject({ IsDefault: false, VpcId, Associations: [] });
    expect(NetworkAcl?.Entries).toEqual([
      { ...last, Egress: true },
      { ...last, Egress: false },
    ]);
  });

  test('keeps the ports, and the ICMP type and code, of its entries', async () => {
    const { NetworkAclId } = await newAcl();
    const IcmpTypeCode = { Type: 3, Code: 4 };
    const icmp = { ...web, RuleNumber: 110, Protocol: '1', IcmpTypeCode, PortRange: undefined };
    for (const entry of [web, icmp]) {
      await ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId, ...entry }));
    }
    const shown = { RuleAction: 'allow', Egress: false, CidrBlock: '10.0.0.0/16' };
    expect(await entriesOf(NetworkAclId)).toEqual([
      { ...shown, RuleNumber: 100, Protocol: '6', PortRange: { From: 443, To: 443 } },
      { ...shown, RuleNumber: 110, Protocol: '1', IcmpTypeCode },
    ]);
    const portless = new CreateNetworkAclEntryCommand({
      NetworkAclId,
      ...web,
      RuleNumber: 120,
      PortRange: undefined,
    });
    await expect(ec2.send(portless)).rejects.toMatchObject({ name: 'MissingParameter' });
  });

  test('tells entries that exist from those that do not, and takes 20 in a direction', async () => {
    const { NetworkAclId } = await newAcl();
    const entry = { NetworkAclId, ...web };
    const create = (RuleNumber: number) =>
      ec2.send(new CreateNetworkAclEntryCommand({ ...entry, RuleNumber }));
    const missing = { name: 'InvalidNetworkAclEntry.NotFound' };

    await expect(ec2.send(new ReplaceNetworkAclEntryCommand(entry))).rejects.toMatchObject(missing);
    await expect(ec2.send(new DeleteNetworkAclEntryCommand(entry))).rejects.toMatchObject(missing);
    await create(100);
    await expect(create(100)).rejects.toMatchObject({ name: 'NetworkAclEntryAlreadyExists' });
    await ec2.send(new ReplaceNetworkAclEntryCommand({ ...entry, RuleAction: 'deny' }));
    expect(await entriesOf(NetworkAclId)).toMatchObject([{ RuleNumber: 100, RuleAction: 'deny' }]);
    for (let number = 101; number <= 118; number += 1) await create(number);
    await expect(create(119)).rejects.toMatchObject({ name: 'NetworkAclEntryLimitExceeded' });
    await ec2.send(new DeleteNetworkAclEntryCommand({ ...entry, RuleNumber: 118 }));
    await create(119);
  });

  test('guards a subnet instead of the default one, and is not deleted while it does', async () => {
    const { VpcId, NetworkAclId } = await newAcl();
    const SubnetId = await newSubnet(VpcId);
    const Filters = [{ Name: 'association.subnet-id', Values: [SubnetId, 'subnet-0'] }];
    const guard = async () => {
      const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
      const found = NetworkAcls?.[0]?.Associations?.find((each) => each.SubnetId === SubnetId);
      return { AssociationId: found?.NetworkAclAssociationId, NetworkAclId: found?.NetworkAclId };
    };
    const remove = (acl: string | undefined) => ec2.send(new DeleteNetworkAclCommand({ NetworkAclId: acl }));

    const present = await guard();
    const standard = [
      { Name: 'default', Values: ['true'] },
      { Name: 'vpc-id', Values: [VpcId] },
    ];
    const found = await ec2.send(new DescribeNetworkAclsCommand({ Filters: standard }));
    expect(found.NetworkAcls?.[0]?.NetworkAclId).toBe(present.NetworkAclId);
    const { AssociationId } = present;
    await ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
    expect((await guard()).NetworkAclId).toBe(NetworkAclId);
    const again = ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
    await expect(again).rejects.toMatchObject({ name: 'InvalidAssociationID.NotFound' });
    await expect(remove(NetworkAclId)).rejects.toMatchObject({ name: 'DependencyViolation' });
    const standardId = present.NetworkAclId;
    await expect(remove(standardId)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});
