import {
  AllocateAddressCommand,
  CreateNatGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateVpcEndpointCommand,
  DescribeNetworkAclsCommand,
  ModifySubnetAttributeCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Observed } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { networkAcls } from '../../../../reconcilers/aws/ec2/network-acl/network-acl-search.ts';
import type { SubnetOutputs, SubnetSpec } from '../../../../reconcilers/aws/ec2/subnet/subnet-spec.ts';
import { Subnet } from '../../../../reconcilers/aws/ec2/subnet/subnet.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import {
  attachInternetGateway,
  creationOf,
  idOf,
  makeNetworkAcl,
  makeVpc,
  queryOf,
} from './network-samples.ts';

const owner = 'Network/test/core';

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;
let vpcId: string;
let spec: SubnetSpec;

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
  spec = {
    vpcId,
    availabilityZone: 'eu-west-1a',
    cidrBlock: '10.0.0.0/24',
    mapPublicIpOnLaunch: false,
    networkAclId: 'default',
  };
});

async function current(): Promise<Observed<SubnetSpec, SubnetOutputs>> {
  const [found] = await Subnet.list(aws, [queryOf(owner)]);
  if (found === undefined) throw new Error('it is gone');
  return found;
}

describe('a subnet', () => {
  test('whose network ACL belongs to the same owner costs no call beyond the search that both types share', async () => {
    const networkAclId = await makeNetworkAcl(aws, vpcId, creationOf(owner, 'acl').tags);
    await Subnet.create(aws, { ...spec, networkAclId }, creationOf(owner));
    const calls = await connection.during(async () => {
      const [subnets, acls] = await Promise.all([
        Subnet.list(aws, [queryOf(owner)]),
        networkAcls.list(aws, [queryOf(owner)]),
      ]);
      expect(subnets).toMatchObject([{ spec: { networkAclId } }]);
      expect(acls).toMatchObject([{ id: networkAclId, node: 'acl' }]);
    });
    expect(calls.map(({ operation }) => operation).sort()).toEqual([
      'DescribeNetworkAcls',
      'DescribeSubnets',
    ]);
  });

  test('of which many have a network ACL that the owner does not have is looked up with all others in one call', async () => {
    const strange = await makeNetworkAcl(aws, vpcId);
    for (const number of [0, 1, 2]) {
      const networkAclId = number === 0 ? 'default' : strange;
      const one = { ...spec, cidrBlock: `10.0.${number}.0/24`, networkAclId };
      await Subnet.create(aws, one, creationOf(owner, `subnet-${number}`));
    }
    const calls = await connection.during(async () => {
      const found = await Subnet.list(aws, [queryOf(owner)]);
      expect(new Map(found.map((subnet) => [subnet.node, subnet.spec.networkAclId]))).toEqual(
        new Map([
          ['subnet-0', 'default'],
          ['subnet-1', strange],
          ['subnet-2', strange],
        ]),
      );
    });
    expect(calls).toHaveLength(3);
  });

  test('changes its network ACL in one call and has one all the time', async () => {
    const networkAclId = await makeNetworkAcl(aws, vpcId);
    await Subnet.create(aws, spec, creationOf(owner));
    const before = await current();
    const calls = await connection.during(() => Subnet.update(aws, before, { ...spec, networkAclId }, []));
    const writes = calls.filter(({ mutating }) => mutating).map(({ operation }) => operation);
    expect(writes).toEqual(['ReplaceNetworkAclAssociation']);
    await Subnet.update(aws, await current(), spec, []);
    const Filters = [{ Name: 'association.subnet-id', Values: [before.id] }];
    const { NetworkAcls } = await aws.ec2.send(new DescribeNetworkAclsCommand({ Filters }));
    expect(NetworkAcls).toMatchObject([{ IsDefault: true, VpcId: vpcId }]);
  });

  test('is made though its network ACL is not there, and waits for it', async () => {
    const networkAclId = 'acl-00000000000000000';
    const { id, outputs } = await Subnet.create(aws, { ...spec, networkAclId }, creationOf(owner));
    expect(outputs).toBeUndefined();
    expect(await current()).toMatchObject({ id, spec: { ...spec, networkAclId: 'default' } });
  });

  test('of a range that overlaps another one is refused, and nothing is made', async () => {
    await Subnet.create(aws, spec, creationOf(owner));
    const overlapping = { ...spec, cidrBlock: '10.0.0.128/25' };
    await expect(Subnet.create(aws, overlapping, creationOf(owner, 'other'))).rejects.toMatchObject({
      reason: 'InvalidSpec',
    });
    expect(await Subnet.list(aws, [queryOf(owner)])).toHaveLength(1);
  });

  test('that instances could get public addresses in is seen when somebody changes it', async () => {
    const { id: SubnetId } = await Subnet.create(aws, spec, creationOf(owner));
    const MapPublicIpOnLaunch = { Value: true };
    await aws.ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch }));
    expect((await current()).spec.mapPublicIpOnLaunch).toBe(true);
  });

  test('in use is not deleted, and says by what', async () => {
    const { id: SubnetId } = await Subnet.create(aws, spec, creationOf(owner));
    const { NetworkInterface } = await aws.ec2.send(
      new CreateNetworkInterfaceCommand({ SubnetId, Description: 'of a database' }),
    );
    const interfaceId = idOf(NetworkInterface?.NetworkInterfaceId);
    const refusal: unknown = await Subnet.delete(aws, await current()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(NotReady);
    expect(refusal).toMatchObject({ message: `is still used by ${interfaceId} (of a database)` });
  });

  test('with more in it than anybody reads names some and counts the rest', async () => {
    const { id: SubnetId } = await Subnet.create(aws, spec, creationOf(owner));
    for (let made = 0; made < 7; made += 1)
      await aws.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
    const deletion = Subnet.delete(aws, await current());
    await expect(deletion).rejects.toThrow(/^is still used by (eni-\w+, ){4}eni-\w+ and 2 more$/);
  });

  test('is used by what runs in it, and not by gateways and endpoints, which go with their network', async () => {
    await attachInternetGateway(aws, vpcId);
    const made = [0, 1, 2].map((number) =>
      Subnet.create(
        aws,
        { ...spec, cidrBlock: `10.0.${number}.0/24` },
        creationOf(owner, `subnet-${number}`),
      ),
    );
    const [used = '', free = '', unasked = ''] = (await Promise.all(made)).map(({ id }) => id);
    const { ec2 } = aws;
    const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
    await ec2.send(new CreateNatGatewayCommand({ SubnetId: free, AllocationId }));
    const endpoint = {
      VpcId: vpcId,
      ServiceName: `com.amazonaws.${aws.region}.kms`,
      SubnetIds: [free],
      PrivateDnsEnabled: false,
    };
    await ec2.send(new CreateVpcEndpointCommand({ ...endpoint, VpcEndpointType: 'Interface' }));
    const ids: string[] = [];
    for (const SubnetId of [used, unasked]) {
      const one = { SubnetId, Description: 'of a task' };
      const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand(one));
      ids.push(idOf(NetworkInterface?.NetworkInterfaceId));
    }
    const subnets = await Subnet.list(aws, [queryOf(owner)]);
    const going = subnets.filter(({ id }) => id !== unasked);
    const calls = await connection.during(async () => {
      expect(await Subnet.usersOf?.(aws, going)).toEqual(new Map([[used, `${ids[0]} (of a task)`]]));
    });
    expect(calls.map(({ operation }) => operation)).toEqual(['DescribeNetworkInterfaces']);
  });
});
