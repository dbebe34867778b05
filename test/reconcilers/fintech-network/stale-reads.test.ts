import { CreateTransitGatewayCommand } from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startFaultProxy, type Call, type Decision } from '../../emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating } from '../../product.ts';
import { readAccount } from './account.ts';
import { networkKey, production } from './network.ts';
import { withoutNetwork } from './removal.ts';

/** Lists lag by 1 real second, and settle in 30 s of a clock that is 20 times as fast: 1.5 real seconds. */
const lagging = { ec2: 1, tagging: 1, logs: 1, iam: 1 } as const;
const current = { ec2: 0, tagging: 0, logs: 0, iam: 0 } as const;
const factor = 20;

let emulator: Emulator;
let clients: Clients;
/** What an account looks like in which nothing lagged and nothing was lost. */
let wanted: unknown;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
  const controller = new Controller(emulator.endpoint, [], fasterClock(100));
  await controller.apply(production(await everyType()));
  await controller.converge(networkKey);
  controller.close();
  wanted = await found();
  await emulator.reset();
});

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

/** One of each type of resource, and two of what there is one of per zone. */
async function everyType(): Promise<JsonObject> {
  const { TransitGateway } = await clients.ec2.send(new CreateTransitGatewayCommand({}));
  return {
    deletionPolicy: 'Delete',
    endpoints: { gateway: ['s3'], interface: ['logs'] },
    transitGateway: { id: TransitGateway?.TransitGatewayId ?? '', routes: ['10.9.0.0/16'] },
  };
}

/** The transit gateway, which is not the network's, is another one each time. */
async function found(): Promise<unknown> {
  const account: unknown = JSON.parse(
    JSON.stringify(await readAccount(clients)).replaceAll(/\btgw-[0-9a-f]{17}\b/g, '<transit gateway>'),
  );
  return account;
}

test('lists that lag behind lead to nothing twice, also for a controller that is started anew', async () => {
  await emulator.setStaleness(lagging);
  const network = production(await everyType());
  const controller = new Controller(emulator.endpoint, [], fasterClock(factor));
  await controller.apply(network);
  const first = await controller.pass(networkKey);
  const blind = await controller.pass(networkKey);
  controller.close();
  const creations = first.calls.filter(({ operation }) => operation.startsWith('Create'));
  expect(creations.length).toBeGreaterThan(20);
  const created = new Set(creations.map(({ node }) => node));
  // What has a name of its own may be tried again: there cannot be a second one.
  const again = blind.calls
    .filter(({ node, outcome }) => created.has(node) && outcome === 'success')
    .map(({ operation }) => operation)
    .filter((operation) => /^(Create(?!Route$|NetworkAclEntry|Tags)|Allocate)/.test(operation));
  expect(again).toEqual([]);

  const another = new Controller(emulator.endpoint, controller.objects.all.values(), fasterClock(factor));
  await another.converge(networkKey, 300);
  await emulator.setStaleness(current);
  expect(changesBetween(wanted, await found())).toEqual([]);
  expect(mutating((await another.pass(networkKey)).calls)).toEqual([]);
  another.close();
});

test('of every type there is one although the answer to the first creation is lost and lists lag behind', async () => {
  const network = production(await everyType());
  await emulator.setStaleness(lagging);
  const lost = new Set<string>();
  const decide = ({ operation }: Call): Decision => {
    if (!/^(Create(?!Tags)|Allocate)/.test(operation) || lost.has(operation)) return 'pass';
    lost.add(operation);
    return 'lose-response';
  };
  await using proxy = await startFaultProxy(emulator.endpoint, { decide });
  const controller = new Controller(proxy.endpoint, [], fasterClock(factor));
  await controller.apply(network);
  await controller.converge(networkKey, 500);
  await emulator.setStaleness(current);
  expect([...lost].toSorted()).toEqual([
    'AllocateAddress',
    'CreateFlowLogs',
    'CreateInternetGateway',
    'CreateLogGroup',
    'CreateNatGateway',
    'CreateNetworkAcl',
    'CreateNetworkAclEntry',
    'CreateRole',
    'CreateRoute',
    'CreateRouteTable',
    'CreateSecurityGroup',
    'CreateSubnet',
    'CreateTransitGatewayVpcAttachment',
    'CreateVpc',
    'CreateVpcEndpoint',
  ]);
  expect(changesBetween(wanted, await found())).toEqual([]);
  expect(mutating((await controller.pass(networkKey)).calls)).toEqual([]);
  controller.close();
});

test.each(['CreateVpc', 'AllocateAddress'])(
  'a deletion also finds what came of %s whose answer was lost a moment before',
  async (operation) => {
    const network = production(await everyType());
    await emulator.setStaleness(lagging);
    const lost: Call[] = [];
    const decide = (call: Call): Decision => {
      if (call.operation !== operation) return 'pass';
      lost.push(call);
      return 'lose-response';
    };
    await using proxy = await startFaultProxy(emulator.endpoint, { decide });
    const controller = new Controller(proxy.endpoint, [], fasterClock(factor));
    await controller.apply(network);
    // Subnets that lists do not show yet take some passes.
    await expect
      .poll(async () => (await controller.pass(networkKey)) && lost.length, { timeout: 10_000 })
      .toBeGreaterThan(0);
    controller.close();

    // A daemon that was killed in between knows as much.
    const another = new Controller(proxy.endpoint, controller.objects.all.values(), fasterClock(factor));
    await another.apply(withoutNetwork);
    await another.converge(networkKey, 300);
    expect(another.objects.get(networkKey)).toBeUndefined();
    another.close();
    await emulator.setStaleness(current);
    expect(await readAccount(clients)).toEqual({});
  },
);
