import {
  AcceptVpcPeeringConnectionCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateSecurityGroupCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteEgressOnlyInternetGatewayCommand,
  DeleteVpcPeeringConnectionCommand,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { VpcSpec } from '../../../../reconcilers/aws/ec2/vpc/vpc-spec.ts';
import { Vpc } from '../../../../reconcilers/aws/ec2/vpc/vpc.ts';
import { startFaultProxy, type Call, type Decision, type FaultProxy } from '../../../emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { attachInternetGateway, creationOf, makeSubnet, queryOf } from './network-samples.ts';

const owner = 'Network/test/core';
const spec: VpcSpec = { cidrBlock: '10.0.0.0/16', tenancy: 'default', dnsSupport: true, dnsHostnames: true };

let emulator: Emulator;
let proxy: FaultProxy;
let decide: (call: Call) => Decision = () => 'pass';
let connection: TestConnection;
let aws: Aws;

beforeAll(async () => {
  emulator = await startEmulator();
  proxy = await startFaultProxy(emulator.endpoint, { decide: (call) => decide(call) });
  connection = connectTo(proxy.endpoint);
  aws = connection.aws;
});
afterAll(async () => {
  connection.close();
  await proxy.stop();
  await emulator.stop();
});
beforeEach(() => emulator.reset());

function deletions(): number {
  return proxy.calls.filter(({ operation }) => operation === 'DeleteVpc').length;
}

describe('a VPC', () => {
  test('that could not be set up exists all the same, cannot be used yet, and is set up by the next update', async () => {
    decide = ({ operation }) => (operation === 'ModifyVpcAttribute' ? 'error500' : 'pass');
    const { id, outputs } = await Vpc.create(aws, spec, creationOf(owner));
    expect(outputs).toBeUndefined();
    decide = () => 'pass';
    const [current] = await Vpc.list(aws, [queryOf(owner)]);
    expect(current).toMatchObject({ id, spec: { ...spec, dnsHostnames: false } });
    if (current !== undefined) await Vpc.update(aws, current, spec, []);
    expect(await Vpc.list(aws, [queryOf(owner)])).toMatchObject([{ id, spec }]);
  });

  test('loses both settings of DNS, and gets them back, in an order that AWS takes', async () => {
    await Vpc.create(aws, spec, creationOf(owner));
    for (const on of [false, true]) {
      const [current] = await Vpc.list(aws, [queryOf(owner)]);
      if (current === undefined) throw new Error('it is gone');
      const wanted = { ...spec, dnsSupport: on, dnsHostnames: on };
      await Vpc.update(aws, current, wanted, []);
      expect(await Vpc.list(aws, [queryOf(owner)])).toMatchObject([{ spec: wanted }]);
    }
  });

  test('is deleted when it is empty, and until then says what is left in it', async () => {
    const { id } = await Vpc.create(aws, spec, creationOf(owner));
    const [current] = await Vpc.list(aws, [queryOf(owner)]);
    if (current === undefined) throw new Error('it is gone');
    const subnetId = await makeSubnet(aws, id, '10.0.1.0/24');
    const gatewayId = await attachInternetGateway(aws, id);
    const { GroupId = '' } = await aws.ec2.send(
      new CreateSecurityGroupCommand({ VpcId: id, GroupName: 'left', Description: 'left' }),
    );
    const refusal: unknown = await Vpc.delete(aws, current).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(NotReady);
    expect(refusal).toMatchObject({ message: `is still used by ${gatewayId}, ${subnetId}, ${GroupId}` });
    expect(await Vpc.list(aws, [queryOf(owner)])).toHaveLength(1);
  });

  test('is not deleted while it is connected, says by what, and asks again only when it no longer is', async () => {
    const { id: VpcId } = await Vpc.create(aws, spec, creationOf(owner));
    const [current] = await Vpc.list(aws, [queryOf(owner)]);
    if (current === undefined) throw new Error('it is gone');
    const other = await Vpc.create(
      aws,
      { ...spec, cidrBlock: '10.1.0.0/16' },
      creationOf('Network/test/other'),
    );
    const { VpcPeeringConnection } = await aws.ec2.send(
      new CreateVpcPeeringConnectionCommand({ VpcId: other.id, PeerVpcId: VpcId }),
    );
    const { VpcPeeringConnectionId } = VpcPeeringConnection ?? {};
    await aws.ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    const egress = await aws.ec2.send(new CreateEgressOnlyInternetGatewayCommand({ VpcId }));
    const { EgressOnlyInternetGatewayId } = egress.EgressOnlyInternetGateway ?? {};

    const before = deletions();
    const remove = () => Vpc.delete(aws, current);
    const users = `${EgressOnlyInternetGatewayId}, ${VpcPeeringConnectionId}`;
    await expect(remove()).rejects.toThrow(new NotReady(`is still used by ${users}`));
    await expect(remove()).rejects.toThrow(new NotReady(`is still used by ${users}`));
    expect(deletions()).toBe(before + 1);

    await aws.ec2.send(new DeleteEgressOnlyInternetGatewayCommand({ EgressOnlyInternetGatewayId }));
    await aws.ec2.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    await remove();
    expect(await Vpc.list(aws, [queryOf(owner)])).toEqual([]);
    expect(deletions()).toBe(before + 2);
  });
});

describe('the VPCs of twenty networks', () => {
  const queries = Array.from({ length: 20 }, (_, index) => queryOf(`Network/test/${index}`));

  async function makeAll(): Promise<readonly string[]> {
    const made = queries.map((query) => Vpc.create(aws, spec, creationOf(query.owner)));
    return (await Promise.all(made)).map(({ id }) => id);
  }

  test('are listed with two calls for each that was never read, and later with no more than 32', async () => {
    await makeAll();
    const counts: number[] = [];
    for (let list = 0; list < 3; list += 1)
      counts.push((await connection.during(() => Vpc.list(aws, queries))).length);
    expect(counts).toEqual([1 + 2 * 20, 1 + 32, 1 + 32]);
  });

  test('are all read anew within two lists, so that no change by hand stays unseen', async () => {
    const ids = await makeAll();
    await Vpc.list(aws, queries);
    const EnableDnsHostnames = { Value: false };
    await Promise.all(
      ids.map((VpcId) => aws.ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames }))),
    );
    const first = await Vpc.list(aws, queries);
    expect(first.filter((vpc) => !vpc.spec.dnsHostnames)).toHaveLength(16);
    const second = await Vpc.list(aws, queries);
    expect(second.filter((vpc) => !vpc.spec.dnsHostnames)).toHaveLength(20);
  });

  test('show what we wrote at once, though it was read a moment ago', async () => {
    await makeAll();
    const found = await Vpc.list(aws, queries);
    await Promise.all(found.map((vpc) => Vpc.update(aws, vpc, { ...spec, dnsHostnames: false }, [])));
    const after = await Vpc.list(aws, queries);
    expect(after.filter((vpc) => !vpc.spec.dnsHostnames)).toHaveLength(20);
  });

  test('are asked one by one only when one is looked at alone', async () => {
    await makeAll();
    await Vpc.list(aws, queries);
    expect(await connection.during(() => Vpc.list(aws, queries.slice(0, 1)))).toHaveLength(3);
  });
});
