import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  UpdateSecurityGroupRuleDescriptionsIngressCommand,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let ec2: EC2Client;
let VpcId: string;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  ec2 = new EC2Client({ endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}, 300_000);

beforeEach(async () => {
  VpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId ?? '';
});

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

async function newGroup(GroupName: string, owner = 'payments'): Promise<string> {
  const Tags = [{ Key: 'owner', Value: owner }];
  const create = new CreateSecurityGroupCommand({
    GroupName,
    Description: 'a group',
    VpcId,
    TagSpecifications: [{ ResourceType: 'security-group', Tags }],
  });
  return (await ec2.send(create)).GroupId ?? '';
}

const allow = (GroupId: string, ...IpPermissions: IpPermission[]) =>
  ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));

const from = (CidrIp: string, port: number, Description?: string): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp, Description }],
});

const fromGroup = (GroupId: string, Description?: string): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: 5432,
  ToPort: 5432,
  UserIdGroupPairs: [{ GroupId, Description }],
});

const remove = (GroupId: string) => ec2.send(new DeleteSecurityGroupCommand({ GroupId }));

async function find(Name: string, ...Values: string[]) {
  const { SecurityGroups = [] } = await ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name, Values }] }),
  );
  return SecurityGroups;
}

const namesOf = async (...filter: Parameters<typeof find>) =>
  (await find(...filter)).map(({ GroupName }) => GroupName);

async function rulesOf(GroupId: string, egress = false) {
  const Filters = [{ Name: 'group-id', Values: [GroupId] }];
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  return SecurityGroupRules.filter(({ IsEgress }) => IsEgress === egress);
}

describe('a security group', () => {
  test('lets everything out and nothing in when it is new, and has a name of its own', async () => {
    const GroupId = await newGroup('app');
    const [group] = await find('group-id', GroupId);
    expect(group).toMatchObject({ GroupName: 'app', VpcId, IpPermissions: [] });
    expect(group?.IpPermissionsEgress).toMatchObject([
      { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ]);
    await expect(newGroup('app')).rejects.toMatchObject({ name: 'InvalidGroup.Duplicate' });
    await expect(newGroup('sg-app')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(newGroup('default')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('lets its own members in when it is the default one, which cannot be deleted', async () => {
    const standard = (await find('vpc-id', VpcId)).find(({ GroupName }) => GroupName === 'default');
    const GroupId = standard?.GroupId ?? '';
    expect(standard?.IpPermissions).toMatchObject([{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }]);
    await expect(remove(GroupId)).rejects.toMatchObject({ name: 'CannotDelete' });
  });

  test('is not deleted while an interface has it, or a rule of another group names it', async () => {
    const [GroupId, other] = [await newGroup('app'), await newGroup('database')];
    const refused = { name: 'DependencyViolation' };
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
    const SubnetId = Subnet?.SubnetId;
    const { NetworkInterface } = await ec2.send(
      new CreateNetworkInterfaceCommand({ SubnetId, Groups: [GroupId] }),
    );
    await allow(GroupId, fromGroup(GroupId));
    await expect(remove(GroupId)).rejects.toMatchObject(refused);
    const { NetworkInterfaceId } = NetworkInterface ?? {};
    await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));

    const { SecurityGroupRules } = await allow(other, fromGroup(GroupId));
    await expect(remove(GroupId)).rejects.toMatchObject(refused);
    const SecurityGroupRuleIds = [SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? ''];
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: other, SecurityGroupRuleIds }));
    await remove(GroupId);
    await expect(remove(GroupId)).rejects.toMatchObject({ name: 'InvalidGroup.NotFound' });
  });

  test('is found by its tags, its name, its VPC and its rules, in pages', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const ids: string[] = [];
    for (const name of names) ids.push(await newGroup(name, name < 'd' ? 'payments' : 'lending'));
    const [first = '', second = ''] = ids;
    await allow(first, from('10.1.0.0/16', 443), fromGroup(second));
    expect(await namesOf('tag:owner', 'payments', 'none')).toEqual(['a', 'b', 'c']);
    expect(await namesOf('group-name', 'a', 'g')).toEqual(['a', 'g']);
    expect(await namesOf('vpc-id', VpcId)).toHaveLength(8);
    expect(await namesOf('ip-permission.group-id', second)).toEqual(['a']);
    expect(await namesOf('ip-permission.cidr', '10.1.0.0/16')).toEqual(['a']);
    expect(await namesOf('egress.ip-permission.group-id', second)).toEqual([]);

    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    const read = (NextToken?: string) =>
      ec2.send(new DescribeSecurityGroupsCommand({ Filters, MaxResults: 5, NextToken }));
    const page = await read();
    const rest = await read(page.NextToken);
    expect([page.SecurityGroups?.length, rest.SecurityGroups?.length]).toEqual([5, 3]);
    expect(rest.NextToken).toBeUndefined();
  });
});

describe('a rule of a security group', () => {
  test('keeps its description, also when it names a group, and its block canonically', async () => {
    const [GroupId, peer] = [await newGroup('database'), await newGroup('app')];
    await allow(GroupId, from('10.2.0.9/16', 5432, 'from the office'), fromGroup(peer, 'from the app'));
    const [group] = await find('group-id', GroupId);
    expect(group?.IpPermissions).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 5432,
        ToPort: 5432,
        IpRanges: [{ CidrIp: '10.2.0.0/16', Description: 'from the office' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [{ GroupId: peer, Description: 'from the app', UserId: '123456789012' }],
      },
    ]);
    const rules = await rulesOf(GroupId);
    expect(rules).toMatchObject([
      { CidrIpv4: '10.2.0.0/16', Description: 'from the office' },
      { ReferencedGroupInfo: { GroupId: peer, UserId: '123456789012' }, Description: 'from the app' },
    ]);

    const update = (change: object) =>
      ec2.send(new UpdateSecurityGroupRuleDescriptionsIngressCommand({ GroupId, ...change }));
    await update({ IpPermissions: [fromGroup(peer, 'from another app')] });
    const SecurityGroupRuleId = rules[0]?.SecurityGroupRuleId;
    await update({ SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId }] });
    const [fromOffice, fromApp] = await rulesOf(GroupId);
    expect([fromOffice?.Description, fromApp?.Description]).toEqual([undefined, 'from another app']);
    const unknown = update({ IpPermissions: [fromGroup(GroupId, 'nobody')] });
    await expect(unknown).rejects.toMatchObject({ name: 'InvalidPermission.NotFound' });
  });

  test('is added once, together with the others of its request or not at all', async () => {
    const GroupId = await newGroup('app');
    await allow(GroupId, from('10.0.0.0/8', 443));
    const twice = allow(GroupId, from('10.0.0.0/8', 80), from('10.9.9.9/8', 443, 'again'));
    await expect(twice).rejects.toMatchObject({ name: 'InvalidPermission.Duplicate' });
    const same = allow(GroupId, from('10.0.0.0/8', 22), from('10.0.0.0/8', 22));
    await expect(same).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    expect(await rulesOf(GroupId)).toHaveLength(1);

    const many = Array.from({ length: 60 }, (_, port) => from('10.0.0.0/8', 1000 + port));
    await expect(allow(GroupId, ...many)).rejects.toMatchObject({
      name: 'RulesPerSecurityGroupLimitExceeded',
    });
    await allow(GroupId, ...many.slice(1));
    expect(await rulesOf(GroupId)).toHaveLength(60);
  });

  test.each<[string, IpPermission]>([
    ['a port that does not exist', from('10.0.0.0/8', 99_999)],
    ['no ports', { IpProtocol: 'tcp', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['ports the wrong way round', { ...from('10.0.0.0/8', 443), ToPort: 80 }],
    ['no CIDR block', from('10.0.0.0', 443)],
    ['an unknown protocol', { ...from('10.0.0.0/8', 443), IpProtocol: 'carrier-pigeon' }],
    ['a description with other characters', from('10.0.0.0/8', 443, 'caf\u00e9')],
  ])('is refused with %s', async (_, permission) => {
    const refused = { name: 'InvalidParameterValue' };
    await expect(allow(await newGroup('app'), permission)).rejects.toMatchObject(refused);
  });

  test('has ports only where its protocol has', async () => {
    const GroupId = await newGroup('app');
    const IpRanges = [{ CidrIp: '10.0.0.0/8' }];
    await allow(
      GroupId,
      { IpProtocol: '50', IpRanges },
      { IpProtocol: '-1', FromPort: 1, ToPort: 2, IpRanges },
      { IpProtocol: '58', Ipv6Ranges: [{ CidrIpv6: 'fd00::9/64' }] },
    );
    const [group] = await find('group-id', GroupId);
    const [esp, all, icmp] = group?.IpPermissions ?? [];
    expect([esp?.IpProtocol, esp?.FromPort, all?.IpProtocol, all?.FromPort]).toEqual([
      '50',
      undefined,
      '-1',
      undefined,
    ]);
    expect(icmp).toMatchObject({ IpProtocol: 'icmpv6', Ipv6Ranges: [{ CidrIpv6: 'fd00::/64' }] });
  });

  test('is removed by its id or by what it allows, and else known to be missing', async () => {
    const GroupId = await newGroup('app');
    const { SecurityGroupRules } = await allow(GroupId, from('10.0.0.0/8', 443), from('10.0.0.0/8', 80));
    const ids = SecurityGroupRules?.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId ?? '') ?? [];
    const revoke = (change: object) =>
      ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, ...change }));

    const unknown = revoke({ SecurityGroupRuleIds: [...ids, 'sgr-0123456789abcdef0'] });
    await expect(unknown).rejects.toMatchObject({ name: 'InvalidSecurityGroupRuleId.NotFound' });
    const other = revoke({ IpPermissions: [from('10.0.0.0/8', 22), from('10.0.0.0/8', 443)] });
    await expect(other).rejects.toMatchObject({ name: 'InvalidPermission.NotFound' });
    expect(await rulesOf(GroupId)).toHaveLength(2);
    const answer = await revoke({ IpPermissions: [from('10.0.0.0/8', 443, 'any')] });
    expect(answer.RevokedSecurityGroupRules).toMatchObject([{ SecurityGroupRuleId: ids[0] }]);
    await revoke({ SecurityGroupRuleIds: ids.slice(1) });
    expect(await rulesOf(GroupId)).toEqual([]);

    const [outward] = await rulesOf(GroupId, true);
    const SecurityGroupRuleIds = [outward?.SecurityGroupRuleId ?? ''];
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, SecurityGroupRuleIds }));
    const IpPermissions = [from('0.0.0.0/0', 443)];
    await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions }));
    expect(await rulesOf(GroupId, true)).toMatchObject([{ FromPort: 443, CidrIpv4: '0.0.0.0/0' }]);
  });

  test('is changed in place', async () => {
    const [GroupId, peer] = [await newGroup('database'), await newGroup('app')];
    await allow(GroupId, fromGroup(GroupId));
    const SecurityGroupRuleId = (await rulesOf(GroupId))[0]?.SecurityGroupRuleId;
    const wanted = { IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, Description: 'moved' };
    const modify = (change: object) => {
      const rule = { SecurityGroupRuleId, SecurityGroupRule: { ...wanted, ...change } };
      return ec2.send(new ModifySecurityGroupRulesCommand({ GroupId, SecurityGroupRules: [rule] }));
    };
    await modify({ ReferencedGroupId: peer });
    expect(await rulesOf(GroupId)).toMatchObject([
      { SecurityGroupRuleId, FromPort: 3306, ReferencedGroupInfo: { GroupId: peer }, Description: 'moved' },
    ]);
    const other = modify({ CidrIpv4: '10.0.0.0/8' });
    await expect(other).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});
