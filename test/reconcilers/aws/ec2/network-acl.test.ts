import {
  CreateNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  ReplaceNetworkAclAssociationCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { NetworkAclSpec } from '../../../../reconcilers/aws/ec2/network-acl/network-acl-spec.ts';
import { NetworkAcl } from '../../../../reconcilers/aws/ec2/network-acl/network-acl.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { creationOf, makeSubnet, makeVpc, queryOf } from './network-samples.ts';

const owner = 'FintechNetwork/test/core';

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;
let vpcId: string;

beforeAll(async () => {
  emulator = await startEmulator();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});
afterAll(async () => {
  connection.close();
  await emulator.stop();
});
beforeEach(async () => {
  await emulator.reset();
  vpcId = await makeVpc(aws);
});

type Entries = NetworkAclSpec['entries'];

function create(entries: Entries) {
  return NetworkAcl.create(aws, { vpcId, entries }, creationOf(owner, 'acl-app'));
}

async function current() {
  const [acl] = await NetworkAcl.list(aws, [queryOf(owner)]);
  if (acl === undefined) throw new Error('there is no network ACL');
  return acl;
}

async function update(entries: Entries, acl?: Awaited<ReturnType<typeof current>>) {
  const before = acl ?? (await current());
  const spec = { vpcId, entries };
  await NetworkAcl.update(aws, before, spec, differences(NetworkAcl, spec, before.spec));
}

async function associate(NetworkAclId: string, subnetId: string): Promise<void> {
  const Filters = [{ Name: 'association.subnet-id', Values: [subnetId] }];
  const { NetworkAcls = [] } = await aws.ec2.send(new DescribeNetworkAclsCommand({ Filters }));
  const associations = NetworkAcls.flatMap(({ Associations = [] }) => Associations);
  const AssociationId = associations.find(({ SubnetId }) => SubnetId === subnetId)?.NetworkAclAssociationId;
  await aws.ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
}

function entriesFrom(first: number, count: number): Entries {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `ingress ${first + index}`,
      'allow tcp 443 from 10.0.0.0/8',
    ]),
  );
}

const https = 'allow tcp 443 from 0.0.0.0/0';

describe('the entries of a network ACL', () => {
  test('are added, changed in place, and only then removed', async () => {
    await create({ 'ingress 100': https, 'ingress 110': 'deny all from 10.0.0.0/8' });
    const calls = await connection.during(() =>
      update({ 'ingress 100': 'allow tcp 8443 from 0.0.0.0/0', 'egress 100': 'allow all to 0.0.0.0/0' }),
    );
    expect(calls.filter(({ mutating }) => mutating).map(({ operation }) => operation)).toEqual([
      'CreateNetworkAclEntry',
      'ReplaceNetworkAclEntry',
      'DeleteNetworkAclEntry',
    ]);
  });

  test('that change places are exchanged', async () => {
    await create({ 'ingress 100': https, 'ingress 110': 'deny all from 10.0.0.0/8' });
    const swapped = { 'ingress 100': 'deny all from 10.0.0.0/8', 'ingress 110': https };
    await update(swapped);
    expect((await current()).spec.entries).toEqual(swapped);
  });

  test('are those wanted whatever somebody did to them meanwhile', async () => {
    await create({});
    const empty = await current();
    await update({ 'ingress 100': 'deny all from 0.0.0.0/0' });
    await update({ 'ingress 100': https }, empty);
    expect((await current()).spec.entries).toEqual({ 'ingress 100': https });
    const full = await current();
    await update({});
    await update({ 'ingress 100': 'allow icmp all from 10.0.0.0/8' }, full);
    await update({}, full);
    expect((await current()).spec.entries).toEqual({});
  });

  test('are told apart by direction', async () => {
    await create({ 'ingress 100': https, 'egress 100': 'allow tcp 443 to 0.0.0.0/0' });
    await update({ 'egress 100': 'allow tcp 443 to 0.0.0.0/0' });
    expect((await current()).spec.entries).toEqual({ 'egress 100': 'allow tcp 443 to 0.0.0.0/0' });
  });

  test('of every protocol are shown as they were written', async () => {
    const entries = {
      'ingress 1': 'deny all from 2001:db8::/32',
      'ingress 2': 'allow udp 1024-65535 from 10.0.0.0/16',
      'ingress 3': 'allow icmp 3/4 from 10.0.0.0/16',
      'ingress 4': 'allow icmpv6 128/all from ::/0',
      'ingress 5': 'allow icmp all from 0.0.0.0/0',
      'ingress 32766': 'allow protocol 50 from 0.0.0.0/0',
    };
    expect((await create(entries)).outputs).toBeDefined();
    expect((await current()).spec.entries).toEqual(entries);
  });

  test('written in another form are those that EC2 makes of them', async () => {
    const wanted = { vpcId, entries: { 'ingress 100': 'allow tcp 443 from 10.0.3.1/16' } };
    await create(wanted.entries);
    expect(differences(NetworkAcl, wanted, (await current()).spec)).toEqual([]);
  });

  test('that EC2 does not have are refused before anything is made', async () => {
    await expect(create({ 'ingress 100': 'allow all from sg-0123' })).rejects.toMatchObject({
      reason: 'InvalidSpec',
    });
    expect(await NetworkAcl.list(aws, [queryOf(owner)])).toEqual([]);
  });

  test('fill the quota, and are exchanged for as many others', async () => {
    await create(entriesFrom(100, 19));
    await update(entriesFrom(200, 19));
    expect((await current()).spec.entries).toEqual(entriesFrom(200, 19));
  });

  test('that cannot all be written leave an ACL that the next pass completes', async () => {
    const { outputs } = await create(entriesFrom(100, 20));
    expect(outputs).toBeUndefined();
    await update({ 'ingress 100': https });
    expect((await current()).spec.entries).toEqual({ 'ingress 100': https });
  });

  test('that somebody else adds are seen and removed', async () => {
    const { id } = await create({ 'ingress 100': https });
    await aws.ec2.send(
      new CreateNetworkAclEntryCommand({
        NetworkAclId: id,
        RuleNumber: 1,
        Egress: true,
        Protocol: '-1',
        RuleAction: 'allow',
        CidrBlock: '0.0.0.0/0',
      }),
    );
    expect((await current()).spec.entries).toEqual({
      'egress 1': 'allow all to 0.0.0.0/0',
      'ingress 100': https,
    });
    await update({ 'ingress 100': https });
    expect((await current()).spec.entries).toEqual({ 'ingress 100': https });
  });
});

test('a network ACL that a subnet still uses says which, and is deleted once it is free', async () => {
  const { id } = await create({});
  const subnetId = await makeSubnet(aws, vpcId, '10.0.0.0/24');
  await associate(id, subnetId);
  const acl = await current();
  const deletion = NetworkAcl.delete(aws, acl);
  await expect(deletion).rejects.toBeInstanceOf(NotReady);
  await expect(deletion).rejects.toThrow(`is still used by ${subnetId}`);
  const Filters = [
    { Name: 'vpc-id', Values: [vpcId] },
    { Name: 'default', Values: ['true'] },
  ];
  const { NetworkAcls = [] } = await aws.ec2.send(new DescribeNetworkAclsCommand({ Filters }));
  await associate(NetworkAcls[0]?.NetworkAclId ?? '', subnetId);
  await NetworkAcl.delete(aws, acl);
  expect(await NetworkAcl.list(aws, [queryOf(owner)])).toEqual([]);
});
