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
import { changesBetween, clientsFor, type Clients } from '../../aws-state.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating } from '../../product.ts';
import { readAccount, type Account } from './account.ts';
import { networkKey, production, threeZones } from './network.ts';
import { passes, passesUntilQuiet, refusedIn, withoutNetwork } from './removal.ts';

/** NAT gateways and endpoints do not matter to what is in the way, and would only take time. */
const small = {
  deletionPolicy: 'Delete',
  natGateways: 'None',
  endpoints: { gateway: ['s3'], interface: [] },
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

function groupNamed(node: string): string {
  return `<securityGroups production-core-${node}>`;
}

function namesIn(account: Account, type: string): readonly string[] {
  return Object.keys(account[type] ?? {});
}

test('what still runs in a subnet or in a group is named, keeps what it runs in, and is waited for', async () => {
  const before = await converged({ ...small, natGateways: 'Single' });
  const app = await interfaceIn('app-us-east-1a', 'task of orders', 'sg-app');
  const database = await interfaceIn('data-us-east-1b', 'RDSNetworkInterface', 'sg-database');
  const nameless = await interfaceIn('app-us-east-1b', '');
  await controller.apply(withoutNetwork);
  await passesUntilQuiet(controller);

  expect(controller.conditions(networkKey)['Reconciling']).toMatch(/^True Deleting: /);
  expect(controller.conditions(networkKey)['Stalled']).toBeUndefined();
  expect(blockers()).toEqual([
    `ec2/security-group sg-app is still used by ${app} (task of orders)`,
    `ec2/security-group sg-database is still used by ${database} (RDSNetworkInterface)`,
    `ec2/subnet app-us-east-1a is still used by ${app} (task of orders)`,
    `ec2/subnet app-us-east-1b is still used by ${nameless}`,
    `ec2/subnet data-us-east-1b is still used by ${database} (RDSNetworkInterface)`,
  ]);
  const blocked = await readAccount(clients);
  const kept = {
    vpcs: ['vpcs production-core-vpc'],
    subnets: ['app-us-east-1a', 'app-us-east-1b', 'data-us-east-1b'],
    networkAcls: ['acl-app', 'acl-data'],
    securityGroups: ['sg-app', 'sg-database'],
  };
  expect(namesIn(blocked, 'vpcs')).toEqual(kept.vpcs);
  for (const type of ['subnets', 'networkAcls', 'securityGroups'] as const) {
    const own = namesIn(blocked, type).filter((name) => name.includes('production-core-'));
    const names = kept[type].map((node) => `${type} production-core-${node}`);
    expect(own.filter((name) => !name.endsWith('-sg-default'))).toEqual(names);
  }
  // Each is as it was. Only rules that name a group which nothing runs in have gone with that group, and the
  // ACLs have lost the subnets that are gone; nothing that still runs has more ways in or out than before.
  const changes = changesBetween(
    { subnets: before['subnets'], networkAcls: before['networkAcls'], groups: before['securityGroups'] },
    { subnets: blocked['subnets'], networkAcls: blocked['networkAcls'], groups: blocked['securityGroups'] },
  ).filter((change) => !change.endsWith(' → nothing') && !change.includes('-sg-default.Tags.'));
  const expected = [
    /^networkAcls\.networkAcls production-core-acl-data\.subnets: .*data-us-east-1a.* → \["<subnets production-core-data-us-east-1b>"\]$/,
    /^groups\.securityGroups production-core-sg-app\.IpPermissions: .*sg-load-balancer.* → \[\]$/,
    /^groups\.securityGroups production-core-sg-app\.IpPermissionsEgress: /,
  ];
  expect(changes.filter((change) => !expected.some((pattern) => pattern.test(change)))).toEqual([]);
  expect(blocked['securityGroups']).toMatchObject({
    'securityGroups production-core-sg-app': {
      IpPermissionsEgress: [
        { ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }], UserIdGroupPairs: [] },
        { ToPort: 5432, IpRanges: [], UserIdGroupPairs: [{ GroupId: groupNamed('sg-database') }] },
      ],
    },
    'securityGroups production-core-sg-database': {
      IpPermissions: [
        { FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: groupNamed('sg-app') }] },
      ],
      IpPermissionsEgress: [],
    },
  });

  // It may stay for days: AWS is not asked again and again for what it refuses.
  const waiting = await passes(controller, 3);
  expect(refusedIn(waiting)).toEqual([]);
  expect(waiting.flatMap(({ calls }) => mutating(calls))).toEqual([]);

  await removeInterface(database);
  await passesUntilQuiet(controller);
  expect(blockers()).toEqual([
    `ec2/security-group sg-app is still used by ${app} (task of orders)`,
    `ec2/subnet app-us-east-1a is still used by ${app} (task of orders)`,
    `ec2/subnet app-us-east-1b is still used by ${nameless}`,
  ]);
  await removeInterface(app);
  await removeInterface(nameless);
  await passesUntilQuiet(controller);
  expect(controller.objects.get(networkKey)).toBeUndefined();
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

test('a zone that is removed waits for what still runs in it, and the other zones are kept as they are wanted', async () => {
  const wanted = await converged(small);
  await converged({ ...small, ...threeZones });
  const task = await interfaceIn('app-us-east-1c', 'task of orders', 'sg-app');
  await controller.apply(production(small));
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
  const blocked = changesBetween(wanted, await readAccount(clients));
  expect(blocked.filter((change) => !/app-us-east-1c|^interfaces\./.test(change))).toEqual([]);
  expect(blocked.join('\n')).toContain('subnets production-core-app-us-east-1c');

  await removeInterface(task);
  await controller.converge(networkKey);
  expect(changesBetween(wanted, await readAccount(clients))).toEqual([]);
  expect(controller.conditions(networkKey)['Ready']).toMatch(/^True InSync/);
});
