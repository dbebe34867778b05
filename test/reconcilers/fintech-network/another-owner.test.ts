import { AuthorizeSecurityGroupIngressCommand, CreateTagsCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ownerTag } from '../../../controller/engine/ownership.ts';
import { changesBetween } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating } from '../../product.ts';
import { readAccount, type Account } from './account.ts';
import { networkKey, production } from './network.ts';
import { passes, passesUntilQuiet, withoutNetwork } from './removal.ts';

const another = 'FintechNetwork/production/other';
const small = { deletionPolicy: 'Delete', natGateways: 'Single', endpoints: { gateway: [], interface: [] } };
const open = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

let emulator: Emulator;
let clients: Clients;
let controller: Controller;
let converged: Account;
/** Set while everything is as it was converged, so that a test need not begin from nothing. */
let isUntouched = false;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
});

beforeEach(async () => {
  if (!isUntouched) await begin();
  isUntouched = false;
});

async function begin(): Promise<void> {
  await emulator.reset();
  controller?.close();
  controller = new Controller(emulator.endpoint, [], fasterClock(100));
  await controller.apply(production(small));
  await controller.converge(networkKey);
  converged = await readAccount(clients);
}

afterAll(async () => {
  controller.close();
  await emulator.stop();
});

function idOf(node: string): string {
  const { resources } = controller.record(networkKey).status;
  return resources.find((resource) => resource.node === node)?.id ?? '';
}

async function writeOwner(id: string, Value: string): Promise<void> {
  await clients.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: ownerTag, Value }] }));
}

async function openPort(GroupId: string): Promise<void> {
  await clients.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [open] }));
}

describe.each([
  { type: 'ec2/elastic-ip', node: 'nat-us-east-1a-address', part: 'NatReady' },
  { type: 'ec2/security-group', node: 'sg-app', part: 'SecurityGroupsReady' },
  { type: 'ec2/vpc', node: 'vpc', part: 'VpcReady' },
])('somebody who writes another owner into the tag of the $type', ({ type, node, part }) => {
  test('is told to settle it: it is left alone, everything else is corrected, and the old tag heals it', async () => {
    const id = idOf(node);
    await writeOwner(id, another);
    const changed = await readAccount(clients);
    const alone = await passes(controller, 3);
    expect(alone.flatMap(({ calls }) => mutating(calls))).toEqual([]);
    expect(changesBetween(changed, await readAccount(clients))).toEqual([]);
    const says =
      `NotOwned: ${type} ${node} is left alone: the tag fintech.global/owner of ${id} says ${another}; ` +
      `put back ${networkKey} if it was changed by mistake`;
    expect(controller.conditions(networkKey)).toMatchObject({
      Ready: `False ${says}`,
      Stalled: `True ${says}`,
      [part]: expect.stringContaining(`${node} is left alone`),
    });
    expect(idOf(node)).toBe(id);

    await openPort(idOf('sg-database'));
    const correcting = await passesUntilQuiet(controller);
    expect(correcting.flatMap(({ calls }) => mutating(calls))).toEqual(['ec2 RevokeSecurityGroupIngress']);
    expect(changesBetween(changed, await readAccount(clients))).toEqual([]);

    await writeOwner(id, networkKey);
    await controller.converge(networkKey);
    expect(controller.conditions(networkKey)['Ready']).toMatch(/^True InSync/);
    expect(controller.conditions(networkKey)['Stalled']).toBeUndefined();
    expect(changesBetween(converged, await readAccount(clients))).toEqual([]);
    isUntouched = true;
  });
});

test('what another has meanwhile is left as he has it, and corrected again when it is given back', async () => {
  const id = idOf('sg-app');
  await writeOwner(id, another);
  await openPort(id);
  expect((await passes(controller, 2)).flatMap(({ calls }) => mutating(calls))).toEqual([]);
  await writeOwner(id, networkKey);
  await controller.converge(networkKey);
  expect(changesBetween(converged, await readAccount(clients))).toEqual([]);
  isUntouched = true;
});

describe('the deletion of the network', () => {
  test('leaves an address of another owner, and takes everything else', async () => {
    await writeOwner(idOf('nat-us-east-1a-address'), another);
    const before = await readAccount(clients);
    await controller.apply(withoutNetwork);
    await passesUntilQuiet(controller);
    expect(controller.objects.get(networkKey)).toBeUndefined();
    const left = await readAccount(clients);
    expect(Object.keys(left)).toEqual(['addresses']);
    expect(Object.keys(left['addresses'] ?? {})).toEqual(Object.keys(before['addresses'] ?? {}));
  });

  test('leaves a VPC of another owner, with nothing of the network in it', async () => {
    await writeOwner(idOf('vpc'), another);
    await controller.apply(withoutNetwork);
    await passesUntilQuiet(controller);
    expect(controller.objects.get(networkKey)).toBeUndefined();
    const left = await readAccount(clients);
    expect(Object.keys(left['vpcs'] ?? {})).toEqual(['vpcs production-core-vpc']);
    expect(Object.keys(left)).not.toContain('subnets');
  });

  test('waits for a group of another owner, which keeps the VPC, and leaves it as it is', async () => {
    const id = idOf('sg-app');
    await writeOwner(id, another);
    const before = await readAccount(clients);
    await controller.apply(withoutNetwork);
    const made = await passesUntilQuiet(controller);
    const touched = made
      .flatMap(({ calls }) => calls)
      .filter((call) => call.mutating && call.node === 'sg-app');
    expect(touched).toEqual([]);
    expect(controller.conditions(networkKey)['Reconciling']).toContain(`is still used by ${id}`);
    const group = 'securityGroups production-core-sg-app';
    const after = await readAccount(clients);
    expect(after['securityGroups']?.[group]).toEqual(before['securityGroups']?.[group]);
  });
});
