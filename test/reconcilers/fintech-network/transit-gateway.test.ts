import { DescribeRouteTablesCommand, DescribeTransitGatewayVpcAttachmentsCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import { ChangingNetwork, among } from './changing-network.ts';

const base = { endpoints: { gateway: ['s3'], interface: [] } };
const held = { 'ec2/transit-gateway-attachment': { pending: 'held', deleting: 'held' } } as const;

let network: ChangingNetwork;
let converged: Awaited<ReturnType<ChangingNetwork['state']>>;
let id: string;

beforeAll(async () => {
  network = await ChangingNetwork.start();
  await network.begin(base);
  id = await network.makeTransitGateway();
  converged = await network.state();
});

afterAll(() => network.stop());

function to(...routes: readonly string[]): JsonObject {
  return { ...base, transitGateway: { id, routes } };
}

/** The networks that every app route table sends to the transit gateway. */
async function reached(): Promise<readonly string[]> {
  const Filters = [{ Name: 'tag:fintech.global/node', Values: ['routes-app-*'] }];
  const { RouteTables = [] } = await network.clients.ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const perTable = RouteTables.map(({ Routes = [] }) =>
    Routes.flatMap(({ TransitGatewayId, State, DestinationCidrBlock = '' }) =>
      TransitGatewayId === id ? [`${DestinationCidrBlock} ${State}`] : [],
    ),
  );
  const [first = [], ...others] = perTable;
  return first.filter((route) => others.every((routes) => routes.includes(route))).toSorted();
}

/** Routes that lead to an attachment which is not there, or not any more. */
async function deadEnds(): Promise<readonly string[]> {
  const { ec2 } = network.clients;
  const [{ RouteTables = [] }, { TransitGatewayVpcAttachments = [] }] = await Promise.all([
    ec2.send(new DescribeRouteTablesCommand({})),
    ec2.send(new DescribeTransitGatewayVpcAttachmentsCommand({})),
  ]);
  if (TransitGatewayVpcAttachments.some(({ State }) => State === 'available')) return [];
  return RouteTables.flatMap(({ Routes = [] }) => Routes).flatMap(
    ({ TransitGatewayId, DestinationCidrBlock }) =>
      TransitGatewayId === undefined ? [] : [`${DestinationCidrBlock} leads to ${TransitGatewayId}`],
  );
}

test('is attached, and then routed to', async () => {
  await network.emulator.setLifecycles(held);
  const { faults, writes } = await network.watch(deadEnds, async () => {
    await network.apply(to('10.8.0.0/16', '192.168.0.0/16'));
    await network.pass();
    await network.pass();
    expect(network.conditions['TransitGatewayReady']).toBe(
      `False Progressing: ec2/transit-gateway-attachment transit-gateway-${id} is pending`,
    );
    await network.emulator.release();
    await network.change(to('10.8.0.0/16', '192.168.0.0/16'));
  });
  expect(faults).toEqual([]);
  expect(await reached()).toEqual(['10.8.0.0/16 active', '192.168.0.0/16 active']);
  for (const zone of ['a', 'b']) {
    const order = [
      `CreateTransitGatewayVpcAttachment transit-gateway-${id}`,
      `CreateRoute routes-app-us-east-1${zone}`,
    ];
    expect(among(writes, order)).toEqual(order);
  }
});

test('leads to other networks without an interruption of those that stay', async () => {
  await network.change(to('10.8.0.0/16', '192.168.0.0/16'));
  const interrupted = async () =>
    (await reached()).includes('192.168.0.0/16 active') ? [] : ['192.168.0.0/16 is not reached'];
  const routes = ['10.7.0.0/16', '192.168.0.0/16', '172.16.0.0/12'];
  const { faults, writes } = await network.watch(interrupted, () => network.change(to(...routes)));
  expect(faults).toEqual([]);
  expect(await reached()).toEqual(['10.7.0.0/16 active', '172.16.0.0/12 active', '192.168.0.0/16 active']);
  const order = ['CreateRoute routes-app-us-east-1a', 'DeleteRoute routes-app-us-east-1a'];
  expect(among(writes, order)).toEqual(order);
});

test('changes over to another transit gateway without an interruption', async () => {
  await network.emulator.setLifecycles({ 'ec2/transit-gateway-attachment': { pending: 0, deleting: 0 } });
  const routes = ['10.8.0.0/16'];
  const successor = await network.makeTransitGateway();
  await network.change(to(...routes));
  const { faults, writes } = await network.watch(deadEnds, () =>
    network.change({ ...base, transitGateway: { id: successor, routes } }),
  );
  expect(faults).toEqual([]);
  const order = [
    `CreateTransitGatewayVpcAttachment transit-gateway-${successor}`,
    'ReplaceRoute routes-app-us-east-1a',
    `DeleteTransitGatewayVpcAttachment transit-gateway-${id}`,
  ];
  expect(among(writes, order)).toEqual(order);
  await network.change(to(...routes));
});

test('is routed to no longer, and then detached', async () => {
  await network.emulator.setLifecycles(held);
  const { faults, writes } = await network.watch(deadEnds, async () => {
    await network.apply(base);
    await network.pass();
    await network.pass();
    await network.pass();
    expect(network.conditions['Ready']).toContain(
      `ec2/transit-gateway-attachment transit-gateway-${id} is being deleted`,
    );
    await network.emulator.release();
    await network.change(base);
  });
  expect(faults).toEqual([]);
  for (const zone of ['a', 'b']) {
    const order = [
      `DeleteRoute routes-app-us-east-1${zone}`,
      `DeleteTransitGatewayVpcAttachment transit-gateway-${id}`,
    ];
    expect(among(writes, order)).toEqual(order);
  }
  expect(changesBetween(converged, await network.state())).toEqual([]);
  expect(network.conditions).not.toHaveProperty('TransitGatewayReady');
});
