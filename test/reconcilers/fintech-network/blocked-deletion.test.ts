import {
  AcceptVpcPeeringConnectionCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNetworkInterfaceCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DeleteVpcPeeringConnectionCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating, type Pass } from '../../product.ts';
import { readAccount, type Account } from './account.ts';
import { networkKey, production, threeZones } from './network.ts';
import { passes, passesUntilQuiet, refusedIn, withoutNetwork } from './removal.ts';

/** NAT gateways and endpoints do not matter to what is in the way of the VPC, and would only take time. */
const small = {
  deletionPolicy: 'Delete',
  natGateways: 'None',
  endpoints: { gateway: ['s3'], interface: [] },
} as const;

/** With everything that can be taken away from what runs in it. */
const whole = {
  deletionPolicy: 'Delete',
  natGateways: 'PerZone',
  endpoints: { gateway: ['s3'], interface: ['kms'] },
} as const;

let emulator: Emulator;
let clients: Clients;
let controller: Controller;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
});

beforeEach(() => {
  controller = new Controller(emulator.endpoint, [], fasterClock(100));
});

afterEach(async () => {
  controller.close();
  await emulator.reset();
});

afterAll(() => emulator.stop());

async function converged(changes: JsonObject): Promise<Account> {
  await controller.apply(production(changes));
  await controller.converge(networkKey);
  return readAccount(clients);
}

function idOf(node: string): string {
  const found = controller.record(networkKey).status.resources?.find((resource) => resource.node === node);
  if (found?.id === undefined) throw new Error(`there is no ${node}`);
  return found.id;
}

/** Something of somebody else that runs in a subnet. */
async function interfaceIn(subnet: string, Description: string, group?: string): Promise<string> {
  const { NetworkInterface } = await clients.ec2.send(
    new CreateNetworkInterfaceCommand({
      SubnetId: idOf(subnet),
      Description,
      ...(group === undefined ? {} : { Groups: [idOf(group)] }),
    }),
  );
  return NetworkInterface?.NetworkInterfaceId ?? '';
}

async function removeInterface(NetworkInterfaceId: string): Promise<void> {
  await clients.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
}

/** What stands in the way, in one order: AWS lists in none. */
function blockers(type = 'Reconciling'): readonly string[] {
  const text = controller.conditions(networkKey)[type] ?? '';
  return text
    .replace(/^\w+ \w+: /, '')
    .split('; ')
    .toSorted();
}

function namesIn(account: Account, type: string): readonly string[] {
  return Object.keys(account[type] ?? {});
}

/** Everything that the network made is there and works: nothing was so much as tried. */
async function expectNothingTaken(before: Account, made: readonly Pass[]): Promise<void> {
  expect(made.flatMap(({ calls }) => mutating(calls))).toEqual([]);
  expect(changesBetween(before, await readAccount(clients))).toEqual([]);
}

test('as long as something runs in a subnet nothing of the network goes, and all that runs is named', async () => {
  await converged(whole);
  const app = await interfaceIn('app-us-east-1a', 'task of orders', 'sg-app');
  const database = await interfaceIn('data-us-east-1b', 'RDSNetworkInterface', 'sg-database');
  const nameless = await interfaceIn('app-us-east-1b', '', 'sg-default');
  const before = await readAccount(clients);
  const remaining = controller.record(networkKey).status.resources.length;
  await controller.apply(withoutNetwork);
  await expectNothingTaken(before, await passes(controller, 3));

  expect(controller.conditions(networkKey)['Reconciling']).toMatch(/^True Deleting: /);
  expect(controller.conditions(networkKey)['Stalled']).toBeUndefined();
  expect(blockers()).toEqual([
    'and 1 more',
    `ec2/security-group sg-app is still used by ${app} (task of orders)`,
    `ec2/security-group sg-database is still used by ${database} (RDSNetworkInterface)`,
    `ec2/subnet app-us-east-1a is still used by ${app} (task of orders)`,
    `ec2/subnet app-us-east-1b is still used by ${nameless}`,
    `ec2/subnet data-us-east-1b is still used by ${database} (RDSNetworkInterface)`,
  ]);
  expect(controller.conditions(networkKey)['SubnetsReady']).toMatch(/^False Deleting: .*app-us-east-1a is/);
  expect(controller.conditions(networkKey)['NatReady']).toMatch(/^False Deleting/);
  expect(controller.record(networkKey).status.resources).toHaveLength(remaining);

  await removeInterface(app);
  await removeInterface(nameless);
  const later = await readAccount(clients);
  await expectNothingTaken(later, await passes(controller, 2));
  expect(blockers()).toEqual([
    `ec2/security-group sg-database is still used by ${database} (RDSNetworkInterface)`,
    `ec2/subnet data-us-east-1b is still used by ${database} (RDSNetworkInterface)`,
  ]);

  await removeInterface(database);
  await passesUntilQuiet(controller);
  expect(controller.objects.get(networkKey)).toBeUndefined();
  expect(await readAccount(clients)).toEqual({});
});

test('as long as something runs in a group, in a subnet of somebody else, nothing of the network goes', async () => {
  await converged(whole);
  const place = { VpcId: idOf('vpc'), CidrBlock: '10.0.99.0/24' };
  const { Subnet } = await clients.ec2.send(new CreateSubnetCommand(place));
  const { NetworkInterface } = await clients.ec2.send(
    new CreateNetworkInterfaceCommand({
      SubnetId: Subnet?.SubnetId,
      Groups: [idOf('sg-app')],
      Description: 'a migration',
    }),
  );
  const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId ?? '';
  const before = await readAccount(clients);
  await controller.apply(withoutNetwork);
  await expectNothingTaken(before, await passes(controller, 3));
  expect(blockers()).toEqual([
    `ec2/security-group sg-app is still used by ${NetworkInterfaceId} (a migration)`,
  ]);

  await removeInterface(NetworkInterfaceId);
  await clients.ec2.send(new DeleteSubnetCommand({ SubnetId: Subnet?.SubnetId }));
  await passesUntilQuiet(controller);
  expect(await readAccount(clients)).toEqual({});
});

test('what begins to run while NAT gateways and endpoints are going stops the rest, until it has ended', async () => {
  await converged(whole);
  const held = { deleting: 'held' } as const;
  await emulator.setLifecycles({ 'ec2/nat-gateway': held, 'ec2/vpc-endpoint': held });
  await controller.apply(withoutNetwork);
  await controller.pass(networkKey);
  const late = await interfaceIn('public-us-east-1a', 'ELB app/orders');
  await emulator.setLifecycles({ 'ec2/nat-gateway': { deleting: 0 }, 'ec2/vpc-endpoint': { deleting: 0 } });
  await emulator.release();
  const before = await readAccount(clients);
  await expectNothingTaken(before, await passes(controller, 3));
  expect(blockers()).toContain(`ec2/subnet public-us-east-1a is still used by ${late} (ELB app/orders)`);

  await removeInterface(late);
  await passesUntilQuiet(controller);
  expect(await readAccount(clients)).toEqual({});
});

test('what somebody else made in the VPC keeps it, is named, and is left alone', async () => {
  await converged(small);
  const VpcId = idOf('vpc');
  const { ec2 } = clients;
  const other = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.7.0.0/16' }));
  const [subnet, group, table, peering] = await Promise.all([
    ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.99.0/24' })),
    ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName: 'monitoring', Description: 'theirs' })),
    ec2.send(new CreateRouteTableCommand({ VpcId })),
    ec2.send(new CreateVpcPeeringConnectionCommand({ VpcId, PeerVpcId: other.Vpc?.VpcId })),
  ]);
  const SubnetId = subnet.Subnet?.SubnetId ?? '';
  const RouteTableId = table.RouteTable?.RouteTableId ?? '';
  const { VpcPeeringConnectionId = '' } = peering.VpcPeeringConnection ?? {};
  const { GroupId = '' } = group;
  await ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
  const reference = {
    IpProtocol: 'tcp',
    FromPort: 9,
    ToPort: 9,
    UserIdGroupPairs: [{ GroupId: idOf('sg-app') }],
  };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [reference] }));
  await controller.apply(withoutNetwork);

  await passesUntilQuiet(controller);
  expect(blockers()).toEqual([`ec2/security-group sg-app is still used by ${GroupId} (monitoring)`]);
  expect(refusedIn(await passes(controller, 3))).toEqual([]);
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));

  await passesUntilQuiet(controller);
  const named = [VpcPeeringConnectionId, SubnetId, RouteTableId];
  expect(blockers()).toEqual([`ec2/vpc vpc is still used by ${named.join(', ')}`]);
  const waiting = await passes(controller, 3);
  expect(refusedIn(waiting)).toEqual([]);
  expect(Object.keys(await readAccount(clients))).toEqual(
    expect.arrayContaining(['vpcs', 'subnets', 'routeTables']),
  );

  await ec2.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
  await ec2.send(new DeleteRouteTableCommand({ RouteTableId }));
  await controller.pass(networkKey);
  expect(blockers()).toEqual([`ec2/vpc vpc is still used by ${SubnetId}`]);
  await ec2.send(new DeleteSubnetCommand({ SubnetId }));
  await passesUntilQuiet(controller);
  expect(controller.objects.get(networkKey)).toBeUndefined();
  await ec2.send(new DeleteVpcCommand({ VpcId: other.Vpc?.VpcId }));
  expect(await readAccount(clients)).toEqual({});
});

/** What all zones share is as it is wanted for the zones that stay: tables, endpoints, entries for the data tier. */
const sharedParts = [
  /^routeTables\.routeTables production-core-routes-(public|data)\.Associations/,
  /^routeTables\.routeTables production-core-routes-(app-us-east-1c|public|data)\.(Routes|subnets): /,
  /^endpoints\.endpoints production-core-(gateway|interface)-endpoint-/,
  /^interfaces\.interfaces .*<endpoints production-core-interface-endpoint-kms> in .*app-us-east-1c/,
  /^networkAcls\.networkAcls production-core-acl-data\.rules/,
];

function isOfSharedParts(change: string): boolean {
  return sharedParts.some((pattern) => pattern.test(change));
}

test('as long as something runs in a zone nothing of it goes, and the other zones are kept as they are wanted', async () => {
  const wanted = await converged(whole);
  await converged({ ...whole, ...threeZones });
  const task = await interfaceIn('app-us-east-1c', 'task of orders', 'sg-app');
  const before = await readAccount(clients);
  await controller.apply(production(whole));
  await passesUntilQuiet(controller);
  expect(blockers()).toEqual([`ec2/subnet app-us-east-1c is still used by ${task} (task of orders)`]);
  expect(controller.conditions(networkKey)['Ready']).toMatch(/^False Progressing/);
  expect(controller.conditions(networkKey)['SubnetsReady']).toMatch(/^False .*app-us-east-1c is still used/);

  const open = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  const GroupId = idOf('sg-database');
  await clients.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [open] }));
  const correcting = await passesUntilQuiet(controller);
  expect(refusedIn(correcting)).toEqual([]);
  expect(correcting.flatMap(({ calls }) => mutating(calls))).toEqual(['ec2 RevokeSecurityGroupIngress']);

  const blocked = await readAccount(clients);
  const changes = changesBetween(before, blocked);
  expect(changes.filter((change) => !isOfSharedParts(change))).toEqual([]);
  const { interfaces: _, ...made } = before;
  expect(Object.keys(made).map((type) => [type, namesIn(blocked, type)])).toEqual(
    Object.entries(made).map(([type, found]) => [type, Object.keys(found)]),
  );
  const inOtherZones = changesBetween(wanted, blocked).filter((change) => !/us-east-1c/.test(change));
  expect(inOtherZones).toEqual([]);

  await removeInterface(task);
  await controller.converge(networkKey);
  expect(changesBetween(wanted, await readAccount(clients))).toEqual([]);
  expect(controller.conditions(networkKey)['Ready']).toMatch(/^True InSync/);
});
