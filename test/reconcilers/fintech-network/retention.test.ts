import { CreateTransitGatewayCommand } from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { changesBetween } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating } from '../../product.ts';
import { readAccount, tagsByName } from './account.ts';
import { contract, networkKey, production } from './network.ts';
import { passes, withoutNetwork } from './removal.ts';

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

test('nobody asked for a deletion: everything stays as it is, tagged as retained, and can be taken back', async () => {
  const { TransitGateway } = await clients.ec2.send(new CreateTransitGatewayCommand({}));
  const transitGateway = { id: TransitGateway?.TransitGatewayId ?? '', routes: ['10.9.0.0/16'] };
  await controller.apply(production({ transitGateway }));
  await controller.converge(networkKey);
  const before = await readAccount(clients);
  const names = Object.keys(tagsByName(before));
  expect(names).toHaveLength(controller.record(networkKey).status.resources?.length ?? 0);

  await controller.apply(withoutNetwork);
  const retaining = await passes(controller, 5);
  expect(controller.objects.get(networkKey)).toBeUndefined();
  const operations = new Set(retaining.flatMap(({ calls }) => mutating(calls)));
  expect(operations).toEqual(new Set(['ec2 CreateTags', 'iam TagRole', 'logs TagResource']));
  const retained = await readAccount(clients);
  const changes = changesBetween(before, retained);
  expect(
    changes.filter((change) => !change.endsWith('.fintech.global/retained: nothing → "<time>"')),
  ).toEqual([]);
  expect(changes).toHaveLength(names.length);

  expect(mutating((await controller.pass(networkKey)).calls)).toEqual([]);
  const another = new Controller(emulator.endpoint, [], fasterClock(100));
  await another.apply(withoutNetwork);
  expect(mutating((await another.pass(networkKey)).calls)).toEqual([]);
  expect(changesBetween(retained, await readAccount(clients))).toEqual([]);

  // Another daemon, that remembers nothing.
  await another.apply(production({ transitGateway }));
  const back = await another.converge(networkKey);
  const written = new Set(back.flatMap(({ calls }) => mutating(calls)));
  expect(written).toEqual(new Set(['ec2 DeleteTags', 'iam UntagRole', 'logs UntagResource']));
  expect(changesBetween(before, await readAccount(clients))).toEqual([]);
  expect(another.conditions(networkKey)['Ready']).toMatch(/^True InSync/);
  expect(mutating((await another.pass(networkKey)).calls)).toEqual([]);
  another.close();
});

test('what is still being created is retained too, and finished when the manifest comes back', async () => {
  const small = { natGateways: 'Single', endpoints: { gateway: ['s3'], interface: ['logs'] } };
  const slow = { pending: 'held' } as const;
  await emulator.setLifecycles({ 'ec2/nat-gateway': slow, 'ec2/vpc-endpoint': slow });
  await controller.apply(production(small));
  await passes(controller, 3);
  await controller.apply(withoutNetwork);
  await passes(controller, 5);
  expect(controller.objects.get(networkKey)).toBeUndefined();
  const untagged = Object.entries(tagsByName(await readAccount(clients))).filter(
    ([, tags]) => tags['fintech.global/retained'] === undefined,
  );
  expect(untagged).toEqual([]);

  await emulator.release();
  await controller.apply(production(small));
  const back = await controller.converge(networkKey);
  const created = back.flatMap(({ calls }) => mutating(calls)).filter((call) => / Create(?!Tags)/.test(call));
  // The tables of the app subnets had waited for the NAT gateway, and the gateway endpoint for them.
  expect(new Set(created)).toEqual(
    new Set(['ec2 CreateRouteTable', 'ec2 CreateRoute', 'ec2 CreateVpcEndpoint']),
  );
  const tags = Object.entries(tagsByName(await readAccount(clients)));
  expect(tags.filter(([, found]) => found['fintech.global/retained'] !== undefined)).toEqual([]);
  expect(tags).toHaveLength(controller.record(networkKey).status.resources?.length ?? 0);
});

test('a part that leaves the manifest goes: only what holds data is retained', async () => {
  const { environment } = contract;
  expect(environment).toMatchObject({ spec: { deletion: { policy: 'Retain' } } });
  await controller.apply(production({ endpoints: { gateway: ['s3'], interface: ['logs'] } }));
  await controller.converge(networkKey);
  const before = await readAccount(clients);
  const changed = {
    natGateways: 'None',
    endpoints: { gateway: [], interface: [] },
    flowLogs: { destination: 'S3', bucketName: 'production-flow-logs' },
  };
  await controller.apply(production(changed));
  await controller.converge(networkKey);
  const after = await readAccount(clients);
  expect([after['natGateways'], after['addresses'], after['endpoints']]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  const group = 'logGroups production-core-flow-log-group';
  expect(changesBetween(before['logGroups']?.[group], after['logGroups']?.[group])).toEqual([
    'Tags.fintech.global/retained: nothing → "<time>"',
  ]);
  expect(before['roles']).toHaveProperty('production-core-flow-log-role');
  expect(after['roles']).toBeUndefined();
});
