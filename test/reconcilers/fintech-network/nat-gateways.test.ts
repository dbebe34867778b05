import { DescribeNatGatewaysCommand, DescribeRouteTablesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changesBetween } from '../../aws-state.ts';
import { readNetworkState, type NetworkState } from '../../network-state.ts';
import { ChangingNetwork, among, writesIn } from './changing-network.ts';

const held = { 'ec2/nat-gateway': { pending: 'held', deleting: 'held' } } as const;
const atOnce = { 'ec2/nat-gateway': { pending: 0, deleting: 0 } };
const zones = ['us-east-1a', 'us-east-1b'];

let network: ChangingNetwork;
let perZone: NetworkState;

beforeAll(async () => {
  network = await ChangingNetwork.start();
  await network.begin();
  perZone = await readNetworkState(network.clients);
});

beforeEach(async () => {
  await network.emulator.setLifecycles(atOnce);
  await network.emulator.release();
  await network.change({});
});

afterAll(() => network.stop());

/** The target of the default route of each app route table with the state of that target. */
async function waysOut(): Promise<Readonly<Record<string, string>>> {
  const { ec2 } = network.clients;
  const [{ RouteTables = [] }, { NatGateways = [] }] = await Promise.all([
    ec2.send(
      new DescribeRouteTablesCommand({
        Filters: [{ Name: 'tag:fintech.global/node', Values: ['routes-app-*'] }],
      }),
    ),
    ec2.send(new DescribeNatGatewaysCommand({})),
  ]);
  return Object.fromEntries(
    RouteTables.map(({ Routes = [], Tags = [] }) => {
      const table = Tags.find(({ Key }) => Key === 'fintech.global/node')?.Value ?? '';
      const route = Routes.find(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0');
      const nat = NatGateways.find(({ NatGatewayId }) => NatGatewayId === route?.NatGatewayId);
      const name = nat?.Tags?.find(({ Key }) => Key === 'fintech.global/node')?.Value ?? 'nothing';
      return [table, route === undefined ? 'nothing' : `${name} ${nat?.State} ${route.State}`];
    }),
  );
}

/** No default route leads to what is not, or not yet, or no longer there. */
async function deadEnds(): Promise<readonly string[]> {
  const ways = Object.entries(await waysOut()).filter(([, way]) => way !== 'nothing');
  return ways.flatMap(([table, way]) => (/^nat-\S+ available active$/.test(way) ? [] : `${table}: ${way}`));
}

/** And every zone has one. */
async function withoutWayOut(): Promise<readonly string[]> {
  const ways = await waysOut();
  const missing = zones.filter((zone) => !(ways[`routes-app-${zone}`] ?? '').endsWith(' available active'));
  return missing.map((zone) => `${zone}: ${ways[`routes-app-${zone}`] ?? 'no table'}`);
}

test('from PerZone to Single no zone is a moment without its way out, and the address goes after its gateway', async () => {
  await network.emulator.setLifecycles(held);
  const { faults, writes } = await network.watch(withoutWayOut, async () => {
    await network.apply({ natGateways: 'Single' });
    await network.pass();
    await network.pass();
    const waiting = await network.pass();
    expect(writesIn([waiting])).toEqual([]);
    expect(network.conditions['NatReady']).toContain(
      'False Progressing: ec2/nat-gateway nat-us-east-1b is being deleted',
    );
    await network.emulator.release('ec2/nat-gateway');
    await network.change({ natGateways: 'Single' });
  });
  expect(faults).toEqual([]);
  expect(writes).toEqual([
    'ReplaceRoute routes-app-us-east-1b',
    'DeleteNatGateway nat-us-east-1b',
    'ReleaseAddress nat-us-east-1b-address',
  ]);
  expect(await waysOut()).toEqual({
    'routes-app-us-east-1a': 'nat-us-east-1a available active',
    'routes-app-us-east-1b': 'nat-us-east-1a available active',
  });
});

test('from Single to PerZone the route changes when the new gateway is available, and not before', async () => {
  await network.change({ natGateways: 'Single' });
  await network.emulator.setLifecycles(held);
  const { faults, writes } = await network.watch(withoutWayOut, async () => {
    await network.apply({});
    await network.pass();
    await network.pass();
    const waiting = await network.pass();
    expect(writesIn([waiting])).toEqual([]);
    expect(network.conditions['NatReady']).toBe(
      'False Progressing: ec2/nat-gateway nat-us-east-1b is pending',
    );
    await network.emulator.release('ec2/nat-gateway');
    await network.change({});
  });
  expect(faults).toEqual([]);
  expect(writes).toEqual([
    'AllocateAddress nat-us-east-1b-address',
    'CreateNatGateway nat-us-east-1b',
    'ReplaceRoute routes-app-us-east-1b',
  ]);
  expect(changesBetween(perZone, await readNetworkState(network.clients))).toEqual([]);
});

test('to None the routes go before what they lead to, and come back only to what is available', async () => {
  await network.emulator.setLifecycles(held);
  const { faults, writes } = await network.watch(deadEnds, async () => {
    await network.apply({ natGateways: 'None' });
    await network.pass();
    expect(await waysOut()).toEqual({
      'routes-app-us-east-1a': 'nothing',
      'routes-app-us-east-1b': 'nothing',
    });
    await network.pass();
    await network.emulator.release('ec2/nat-gateway');
    await network.change({ natGateways: 'None' });
    await network.apply({});
    await network.pass();
    await network.pass();
    await network.emulator.release('ec2/nat-gateway');
    await network.change({});
  });
  expect(faults).toEqual([]);
  for (const zone of zones) {
    const order = [
      `DeleteRoute routes-app-${zone}`,
      `DeleteNatGateway nat-${zone}`,
      `ReleaseAddress nat-${zone}-address`,
      `AllocateAddress nat-${zone}-address`,
      `CreateNatGateway nat-${zone}`,
      `CreateRoute routes-app-${zone}`,
    ];
    expect(among(writes, order)).toEqual(order);
  }
  expect(writes).toHaveLength(12);
  expect(changesBetween(perZone, await readNetworkState(network.clients))).toEqual([]);
});

test('from PerZone back to PerZone while the old gateway still goes, its zone sends through the other one', async () => {
  await network.emulator.setLifecycles(held);
  const { faults } = await network.watch(withoutWayOut, async () => {
    await network.apply({ natGateways: 'Single' });
    await network.pass();
    await network.pass();
    await network.apply({});
    await network.pass();
    expect((await waysOut())['routes-app-us-east-1b']).toBe('nat-us-east-1a available active');
    await network.emulator.setLifecycles(atOnce);
    await network.emulator.release('ec2/nat-gateway');
    await network.change({});
  });
  expect(faults).toEqual([]);
  expect(changesBetween(perZone, await readNetworkState(network.clients))).toEqual([]);
});
