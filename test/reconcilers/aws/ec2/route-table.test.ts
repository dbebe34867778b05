import {
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateVpcEndpointCommand,
  DescribeRouteTablesCommand,
  DisassociateRouteTableCommand,
  ReplaceRouteCommand,
  ReplaceRouteTableAssociationCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Conflict, NotReady } from '../../../../controller/engine/errors.ts';
import type { Observed } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { routesOf } from '../../../../reconcilers/aws/ec2/route-table/route-table-routes.ts';
import type {
  RouteTableOutputs,
  RouteTableSpec,
} from '../../../../reconcilers/aws/ec2/route-table/route-table-spec.ts';
import { RouteTable } from '../../../../reconcilers/aws/ec2/route-table/route-table.ts';
import { startFaultProxy, type Call, type FaultProxy } from '../../../emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { attachInternetGateway, creationOf, idOf, makeSubnet, makeVpc, queryOf } from './network-samples.ts';

const owner = 'Network/test/core';

let emulator: Emulator;
let proxy: FaultProxy;
let beforeForward: (call: Call) => void | Promise<void> = () => undefined;
let connection: TestConnection;
let aws: Aws;
let vpcId: string;
let internet: string;
let subnetId: string;
let spec: RouteTableSpec;

beforeAll(async () => {
  emulator = await startEmulator();
  proxy = await startFaultProxy(emulator.endpoint, { beforeForward: (call) => beforeForward(call) });
  connection = connectTo(proxy.endpoint);
  aws = connection.aws;
});
afterAll(async () => {
  connection.close();
  await proxy.stop();
  await emulator.stop();
});
beforeEach(async () => {
  beforeForward = () => undefined;
  await emulator.reset();
  vpcId = await makeVpc(aws);
  internet = await attachInternetGateway(aws, vpcId);
  subnetId = await makeSubnet(aws, vpcId, '10.0.1.0/24');
  spec = { vpcId, routes: {}, subnetIds: [], propagatingGatewayIds: [] };
});

async function make(wanted: RouteTableSpec, node = 'node') {
  await RouteTable.create(aws, wanted, creationOf(owner, node));
  return current(node);
}

async function current(node = 'node'): Promise<Observed<RouteTableSpec, RouteTableOutputs>> {
  const found = (await RouteTable.list(aws, [queryOf(owner)])).find((table) => table.node === node);
  if (found === undefined) throw new Error('it is gone');
  return found;
}

async function makeInterface(): Promise<string> {
  const answer = await aws.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: subnetId }));
  return idOf(answer.NetworkInterface?.NetworkInterfaceId);
}

async function writesDuring(action: () => Promise<unknown>): Promise<readonly string[]> {
  const calls = await connection.during(action);
  return calls.filter(({ mutating }) => mutating).map(({ operation }) => operation);
}

describe('the routes of a table', () => {
  test('are those that somebody chose, not those of AWS, of endpoints or of other routers', () => {
    const Routes = [
      { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable' },
      { DestinationIpv6CidrBlock: '2001:db8::/56', GatewayId: 'local', Origin: 'CreateRouteTable' },
      { DestinationPrefixListId: 'pl-s3', GatewayId: 'vpce-1', Origin: 'CreateRoute' },
      { DestinationPrefixListId: 'pl-lattice', GatewayId: 'VpcLattice', Origin: 'CreateRoute' },
      { DestinationCidrBlock: '172.16.0.0/12', GatewayId: 'vgw-1', Origin: 'EnableVgwRoutePropagation' },
      { DestinationCidrBlock: '172.32.0.0/16', NetworkInterfaceId: 'eni-1', Origin: 'Advertisement' },
      { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1', Origin: 'CreateRoute', State: 'blackhole' },
      { DestinationPrefixListId: 'pl-offices', TransitGatewayId: 'tgw-1', Origin: 'CreateRoute' },
      { DestinationCidrBlock: '192.168.0.0/16', GatewayId: 'vgw-1', Origin: 'CreateRoute' },
      { DestinationCidrBlock: '192.0.2.0/24', GatewayId: 'vpce-gwlb', Origin: 'CreateRoute' },
    ] as const;
    expect(routesOf({ Routes: [...Routes] })).toEqual({
      '0.0.0.0/0': 'nat-1',
      'pl-offices': 'tgw-1',
      '192.168.0.0/16': 'vgw-1',
      '192.0.2.0/24': 'vpce-gwlb',
    });
  });

  test('stay what they are when a gateway endpoint adds its own', async () => {
    const { id } = await make({ ...spec, routes: { '0.0.0.0/0': internet } });
    await aws.ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: vpcId,
        ServiceName: 'com.amazonaws.eu-west-1.s3',
        RouteTableIds: [id],
      }),
    );
    const { RouteTables } = await aws.ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [id] }));
    expect(RouteTables?.[0]?.Routes).toHaveLength(3);
    expect((await current()).spec.routes).toEqual({ '0.0.0.0/0': internet });
  });

  test('change their target in one call, so that there is a route all the time', async () => {
    const before = await make({ ...spec, routes: { '0.0.0.0/0': internet } });
    const routes = { '0.0.0.0/0': await makeInterface() };
    const writes = await writesDuring(() => RouteTable.update(aws, before, { ...spec, routes }, []));
    expect(writes).toEqual(['ReplaceRoute']);
    expect((await current()).spec.routes).toEqual(routes);
  });

  test('are added before others are removed', async () => {
    const before = await make({ ...spec, routes: { '192.0.2.0/24': internet } });
    const routes = { '0.0.0.0/0': internet };
    const writes = await writesDuring(() => RouteTable.update(aws, before, { ...spec, routes }, []));
    expect(writes).toEqual(['CreateRoute', 'DeleteRoute']);
    expect((await current()).spec.routes).toEqual(routes);
  });

  test('that somebody made or removed meanwhile end as wanted', async () => {
    const before = await make({ ...spec, routes: { '192.0.2.0/24': internet } });
    const NetworkInterfaceId = await makeInterface();
    await aws.ec2.send(
      new CreateRouteCommand({
        RouteTableId: before.id,
        DestinationCidrBlock: '0.0.0.0/0',
        NetworkInterfaceId,
      }),
    );
    const routes = { '0.0.0.0/0': internet };
    await RouteTable.update(aws, before, { ...spec, routes }, []);
    await RouteTable.update(aws, before, { ...spec, routes }, []);
    expect((await current()).spec.routes).toEqual(routes);
  });

  test('inside the VPC are shown when somebody leads them elsewhere, and become local again', async () => {
    const { id } = await make(spec);
    const NetworkInterfaceId = await makeInterface();
    const inside = { RouteTableId: id, DestinationCidrBlock: '10.0.0.0/16' };
    await aws.ec2.send(new ReplaceRouteCommand({ ...inside, NetworkInterfaceId }));
    const changed = await current();
    expect(changed.spec.routes).toEqual({ '10.0.0.0/16': NetworkInterfaceId });
    await RouteTable.update(aws, changed, spec, []);
    expect((await current()).spec.routes).toEqual({});
  });

  test('wait for a target that EC2 does not know yet', async () => {
    const missing = { ...spec, routes: { '0.0.0.0/0': 'nat-00000000000000000' } };
    const { id, outputs } = await RouteTable.create(aws, missing, creationOf(owner));
    expect(outputs).toBeUndefined();
    const before = await current();
    expect(before).toMatchObject({ id, spec });
    await expect(RouteTable.update(aws, before, missing, [])).rejects.toBeInstanceOf(NotReady);
    const replaced = await make({ ...spec, routes: { '0.0.0.0/0': internet } }, 'other');
    await expect(RouteTable.update(aws, replaced, missing, [])).rejects.toBeInstanceOf(NotReady);
    expect((await current('other')).spec.routes).toEqual({ '0.0.0.0/0': internet });
  });
});

describe('the subnets of a table', () => {
  test('get it when its routes are there', async () => {
    const wanted = { ...spec, routes: { '0.0.0.0/0': internet }, subnetIds: [subnetId] };
    const writes = await writesDuring(() => RouteTable.create(aws, wanted, creationOf(owner)));
    expect(writes).toEqual(['CreateRouteTable', 'CreateRoute', 'AssociateRouteTable']);
  });

  test('change over from another table in one call', async () => {
    const one = await make({ ...spec, subnetIds: [subnetId] }, 'one');
    const other = await make(spec, 'other');
    const wanted = { ...spec, subnetIds: [subnetId] };
    const writes = await writesDuring(() => RouteTable.update(aws, other, wanted, []));
    expect(writes).toEqual(['ReplaceRouteTableAssociation']);
    expect((await current('other')).spec.subnetIds).toEqual([subnetId]);
    expect((await current('one')).spec.subnetIds).toEqual([]);

    // The table that lost it was observed before that, and gives up what it has no more.
    expect(await writesDuring(() => RouteTable.update(aws, one, spec, []))).toEqual([]);
    expect((await current('other')).spec.subnetIds).toEqual([subnetId]);
  });

  test('that their other table gives up at the same moment get this one all the same', async () => {
    await make({ ...spec, subnetIds: [subnetId] }, 'one');
    const other = await make(spec, 'other');
    const wanted = { ...spec, subnetIds: [subnetId] };
    beforeForward = async ({ operation }) => {
      if (operation === 'ReplaceRouteTableAssociation') await disassociate(subnetId);
    };
    await RouteTable.update(aws, other, wanted, []);
    expect((await current('other')).spec.subnetIds).toEqual([subnetId]);
  });

  test('that get another table at the same moment are looked at again', async () => {
    const one = await make(spec, 'one');
    const other = await make(spec, 'other');
    const wanted = { ...spec, subnetIds: [subnetId] };
    beforeForward = async ({ operation }) => {
      if (operation !== 'AssociateRouteTable') return;
      beforeForward = () => undefined;
      await RouteTable.update(aws, one, wanted, []);
    };
    await expect(RouteTable.update(aws, other, wanted, [])).rejects.toBeInstanceOf(Conflict);
  });

  test('that somebody took away meanwhile are no trouble', async () => {
    const before = await make({ ...spec, subnetIds: [subnetId] });
    beforeForward = async ({ operation }) => {
      if (operation !== 'DisassociateRouteTable') return;
      beforeForward = () => undefined;
      await disassociate(subnetId);
    };
    await RouteTable.update(aws, before, spec, []);
    expect((await current()).spec.subnetIds).toEqual([]);
  });

  test('are given up when the table is deleted', async () => {
    const before = await make({ ...spec, subnetIds: [subnetId] });
    const writes = await writesDuring(() => RouteTable.delete(aws, before));
    expect(writes).toEqual(['DisassociateRouteTable', 'DeleteRouteTable']);
    expect(await RouteTable.list(aws, [queryOf(owner)])).toEqual([]);
  });

  test('that somebody gave a table meanwhile keep it from being deleted, and are named', async () => {
    const before = await make(spec);
    await RouteTable.update(aws, before, { ...spec, subnetIds: [subnetId] }, []);
    const refusal: unknown = await RouteTable.delete(aws, before).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(NotReady);
    expect(refusal).toMatchObject({ message: `is still used by ${subnetId}` });
  });
});

describe('a table', () => {
  test('that somebody made the main one of its VPC is not deleted, and says why', async () => {
    const before = await make(spec);
    const Filters = [
      { Name: 'vpc-id', Values: [vpcId] },
      { Name: 'association.main', Values: ['true'] },
    ];
    const { RouteTables } = await aws.ec2.send(new DescribeRouteTablesCommand({ Filters }));
    const AssociationId = RouteTables?.[0]?.Associations?.[0]?.RouteTableAssociationId;
    await aws.ec2.send(new ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId: before.id }));
    expect((await current()).spec.subnetIds).toEqual([]);
    await expect(RouteTable.delete(aws, before)).rejects.toThrow(
      `is still used by ${vpcId}, whose main route table it is`,
    );
  });
});

/** As somebody else would. */
async function disassociate(subnet: string): Promise<void> {
  const Filters = [{ Name: 'association.subnet-id', Values: [subnet] }];
  const { RouteTables } = await aws.ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const association = RouteTables?.[0]?.Associations?.find(({ SubnetId }) => SubnetId === subnet);
  const AssociationId = association?.RouteTableAssociationId;
  await aws.ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
}
