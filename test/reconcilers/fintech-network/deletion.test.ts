import { CreateTransitGatewayCommand, DescribeNatGatewaysCommand } from '@aws-sdk/client-ec2';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { changesBetween } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating } from '../../product.ts';
import { readAccount, type Account } from './account.ts';
import { networkKey, production, threeZones } from './network.ts';
import { passes, passesUntilQuiet, refusedIn, removedIn, withoutNetwork } from './removal.ts';

const deletionPolicy = 'Delete';
/** Groups refer to each other: which of them EC2 refuses once depends on which call comes first. */
const mostRefused = 4;

let emulator: Emulator;
let clients: Clients;
let controller: Controller;
/** What is in an account of which nobody has taken anything. */
let untouched: Account;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
  untouched = await readAccount(clients);
});

beforeEach(() => {
  controller = new Controller(emulator.endpoint, [], fasterClock(100));
});

afterEach(async () => {
  controller.close();
  await emulator.reset();
});

afterAll(() => emulator.stop());

async function expectNothingLeft(): Promise<void> {
  expect(controller.objects.get(networkKey)).toBeUndefined();
  expect(await readAccount(clients)).toEqual(untouched);
  expect(untouched).toEqual({});
}

function condition(type: string): string | undefined {
  return controller.conditions(networkKey)[type];
}

test('everything goes in an order that AWS accepts, while conditions say what is waited for', async () => {
  await controller.apply(production({ deletionPolicy }));
  await controller.converge(networkKey);
  const held = { deleting: 'held' } as const;
  await emulator.setLifecycles({ 'ec2/nat-gateway': held, 'ec2/vpc-endpoint': held });
  expect(await controller.apply(withoutNetwork)).toEqual([]);

  const started = await passesUntilQuiet(controller);
  const withBoth = await passes(controller, 2);
  expect(withBoth.flatMap(({ calls }) => mutating(calls))).toEqual([]);
  const goingNats = ['a', 'b'].map((zone) => `ec2/nat-gateway nat-us-east-1${zone} is being deleted`);
  const first = ['ecr-api', 'ecr-dkr', 'kms', 'logs', 'secretsmanager'];
  const goingEndpoints = first.map((name) => `ec2/vpc-endpoint interface-endpoint-${name} is being deleted`);
  expect(condition('Reconciling')).toBe(`True Deleting: ${[...goingEndpoints, 'and 4 more'].join('; ')}`);
  expect(condition('NatReady')).toContain('nat-us-east-1a is being deleted');
  expect(condition('NatReady')).toContain('nat-us-east-1b is being deleted');
  expect(condition('EndpointsReady')).toMatch(
    /^False Deleting: .*interface-endpoint-ecr-api is being deleted/,
  );
  expect(condition('Stalled')).toBeUndefined();

  await emulator.release('ec2/vpc-endpoint');
  const withoutEndpoints = await passesUntilQuiet(controller);
  expect((await controller.pass(networkKey)).calls.filter(({ mutating: writes }) => writes)).toEqual([]);
  expect(condition('Reconciling')).toBe(`True Deleting: ${goingNats.join('; ')}`);
  expect(Object.keys((await readAccount(clients))['addresses'] ?? {})).toHaveLength(2);

  await emulator.release('ec2/nat-gateway');
  const all = [...started, ...withBoth, ...withoutEndpoints, ...(await passes(controller, 6))];
  await expectNothingLeft();

  const refused = refusedIn(all);
  expect(refused.filter((call) => !/^DeleteSecurityGroup \S+ DependencyViolation$/.test(call))).toEqual([]);
  expect(refused.length).toBeLessThanOrEqual(mostRefused);
  expect(refusedIn(all.slice(1))).toEqual([]);
  const removed = removedIn(all, /^(Delete(?!RolePolicy|Tags)|Release)/);
  const orders = [
    ['routes-app-us-east-1a', 'nat-us-east-1a', 'nat-us-east-1a-address', 'vpc'],
    ['nat-us-east-1a', 'public-us-east-1a', 'acl-public', 'vpc'],
    ['nat-us-east-1b', 'internet-gateway', 'vpc'],
    ['interface-endpoint-logs', 'sg-endpoints', 'vpc'],
    ['interface-endpoint-logs', 'app-us-east-1a', 'acl-app', 'vpc'],
    ['gateway-endpoint-s3', 'routes-data', 'data-us-east-1b', 'acl-data', 'vpc'],
    ['flow-log-cloudwatch-all', 'flow-log-group'],
    ['flow-log-cloudwatch-all', 'flow-log-role'],
  ];
  for (const order of orders) expect(removed.filter((node) => order.includes(node))).toEqual(order);
});

test('three zones, a transit gateway and a bucket with records go as well', async () => {
  const { TransitGateway } = await clients.ec2.send(new CreateTransitGatewayCommand({}));
  const id = TransitGateway?.TransitGatewayId ?? '';
  const network = {
    ...threeZones,
    deletionPolicy,
    natGateways: 'Single',
    networkAcls: 'Default',
    flowLogs: { destination: 'S3', bucketName: 'production-flow-logs', emptyOnDeletion: true },
    transitGateway: { id, routes: ['10.9.0.0/16'] },
  };
  await controller.apply(production(network));
  await controller.converge(networkKey);
  const record = { Bucket: 'production-flow-logs', Key: 'AWSLogs/1.log.gz', Body: 'one' };
  await clients.s3.send(new PutObjectCommand(record));
  await emulator.setLifecycles({ 'ec2/transit-gateway-attachment': { deleting: 'held' } });
  await controller.apply(withoutNetwork);

  const started = await passesUntilQuiet(controller);
  expect(condition('Reconciling')).toBe(
    `True Deleting: ec2/transit-gateway-attachment transit-gateway-${id} is being deleted`,
  );
  expect((await controller.pass(networkKey)).calls.filter(({ mutating: writes }) => writes)).toEqual([]);
  await emulator.release();
  const all = [...started, ...(await passes(controller, 6))];
  await expectNothingLeft();
  expect(refusedIn(all).length).toBeLessThanOrEqual(mostRefused);
  expect(refusedIn(all.slice(1))).toEqual([]);
});

test('a network that is still being created goes too, with gateways and endpoints that are not there yet', async () => {
  const slow = { pending: 'held', deleting: 'held' } as const;
  await emulator.setLifecycles({ 'ec2/nat-gateway': slow, 'ec2/vpc-endpoint': slow });
  await controller.apply(production({ deletionPolicy }));
  await passes(controller, 3);
  expect(condition('NatReady')).toMatch(/^False Progressing: .*nat-us-east-1a is pending/);
  expect(condition('EndpointsReady')).toMatch(/^False Progressing/);

  await controller.apply(withoutNetwork);
  const started = await passesUntilQuiet(controller);
  expect(condition('Reconciling')).toMatch(/^True Deleting: .*is being deleted/);
  await emulator.release();
  const all = [...started, ...(await passes(controller, 6))];
  await expectNothingLeft();
  expect(refusedIn(all).length).toBeLessThanOrEqual(mostRefused);
});

test('a network of which only the first pass was made goes too', async () => {
  await controller.apply(production({ deletionPolicy }));
  await controller.pass(networkKey);
  await controller.apply(withoutNetwork);
  await passes(controller, 20);
  expect(controller.objects.get(networkKey)).toBeUndefined();
  await expectNothingLeft();
});

test('a manifest that comes back in the middle of the deletion makes anew what is gone, and nothing twice', async () => {
  await controller.apply(production({ deletionPolicy }));
  await controller.converge(networkKey);
  const before = await readAccount(clients);
  const held = { deleting: 'held' } as const;
  await emulator.setLifecycles({ 'ec2/nat-gateway': held, 'ec2/vpc-endpoint': held });
  await controller.apply(withoutNetwork);
  await passesUntilQuiet(controller);

  await controller.apply(production({ deletionPolicy }));
  await passesUntilQuiet(controller);
  expect(condition('Ready')).toMatch(/^False Progressing: .*is being deleted/);
  const { NatGateways = [] } = await clients.ec2.send(new DescribeNatGatewaysCommand({}));
  expect(NatGateways.map(({ State }) => State)).toEqual(['deleting', 'deleting']);
  await emulator.release();
  await controller.converge(networkKey);
  expect(condition('Ready')).toMatch(/^True InSync/);
  expect(changesBetween(before, await readAccount(clients))).toEqual([]);
});

test('nothing goes in the modes Observe and Paused, whatever the policy says', async () => {
  const small = { deletionPolicy, natGateways: 'None', endpoints: { gateway: [], interface: [] } };
  await controller.apply(production(small));
  await controller.converge(networkKey);
  const before = await readAccount(clients);
  for (const mode of ['Observe', 'Paused']) {
    await controller.apply(production(small, { 'fintech.global/mode': mode }));
    await controller.apply(withoutNetwork);
    const { calls } = await controller.pass(networkKey);
    expect(mutating(calls)).toEqual([]);
    expect(condition('Stalled')).toMatch(/^True DeletionBlocked: .*nothing is written in mode/);
  }
  expect(changesBetween(before, await readAccount(clients))).toEqual([]);
});
