import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ObjectRecord } from '../../../controller/object.ts';
import { changesBetween } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, mutating } from '../../product.ts';
import { readAccount, type Account } from './account.ts';
import { networkKey, production } from './network.ts';
import { passesUntilQuiet } from './removal.ts';

const ready = 'True InSync: 37 resources are as the manifest says';

let emulator: Emulator;
let clients: Clients;
let wanted: Account;
const controllers: Controller[] = [];

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
});

afterEach(() => {
  for (const controller of controllers.splice(0)) controller.close();
});

afterAll(() => emulator.stop());

/** A process that was started anew, and remembers nothing unless it is told. */
async function started(remembered: Iterable<ObjectRecord> = []): Promise<Controller> {
  const controller = new Controller(emulator.endpoint, remembered);
  controllers.push(controller);
  await controller.apply(production());
  return controller;
}

test('a controller that remembers nothing finds everything again, writes nothing and is ready in one pass', async () => {
  const before = await started();
  await before.converge(networkKey);
  wanted = await readAccount(clients);

  const after = await started();
  const passes = await after.converge(networkKey);
  expect(passes).toHaveLength(1);
  expect(mutating(after.calls)).toEqual([]);
  expect(changesBetween(wanted, await readAccount(clients))).toEqual([]);
  expect(after.conditions(networkKey)).toEqual(before.conditions(networkKey));
  const { lastObservedTime: _, conditions: __, resources, ...outputs } = before.record(networkKey).status;
  expect(after.record(networkKey).status).toMatchObject(outputs);
  expect(after.record(networkKey).status.resources).toEqual(expect.arrayContaining([...resources]));
});

test('neither does it make anything twice while the index of tags does not know the log group yet', async () => {
  await emulator.reset();
  await emulator.setStaleness({ tagging: 600 });
  await (await started()).converge(networkKey);
  const after = await started();
  expect(await after.converge(networkKey)).toHaveLength(1);
  expect(mutating(after.calls)).toEqual([]);
  expect(changesBetween(wanted, await readAccount(clients))).toEqual([]);
});

test('everything lost in the midst of the creation, what AWS is still making is waited for and not made twice', async () => {
  await emulator.reset();
  await emulator.setLifecycles({
    'ec2/nat-gateway': { pending: 'held' },
    'ec2/vpc-endpoint': { pending: 'held' },
  });
  // Rules that name a group which was not there yet are made by the next pass, whoever makes that one.
  await passesUntilQuiet(await started());
  const after = await started();
  const waiting = await after.pass(networkKey);
  expect(mutating(waiting.calls)).toEqual([]);
  expect(after.conditions(networkKey)['NatReady']).toBe(
    'False Progressing: ec2/nat-gateway nat-us-east-1a is pending; ec2/nat-gateway nat-us-east-1b is pending',
  );
  await emulator.release();
  await after.converge(networkKey);
  expect(changesBetween(wanted, await readAccount(clients))).toEqual([]);
  expect(after.conditions(networkKey)['Ready']).toBe(ready);
});

test('a process that starts anew while no list of EC2 shows what was made remembers it, and makes nothing twice', async () => {
  await emulator.reset();
  await emulator.setStaleness({ ec2: 600, tagging: 600, iam: 600, logs: 600 });
  const before = await started();
  await before.pass(networkKey);
  const after = await started(before.objects.all.values());
  const early = await after.pass(networkKey);
  expect(mutating(early.calls)).toEqual([]);
  await emulator.setStaleness({ ec2: 0, tagging: 0, iam: 0, logs: 0 });
  await after.converge(networkKey);
  expect(changesBetween(wanted, await readAccount(clients))).toEqual([]);
});

// EC2 takes no token that outlives its resource, so that with lost state and late lists nothing is left to go by.
test('everything lost while EC2 lists nothing of it yet, a second network is made, and a person is told', async () => {
  await emulator.reset();
  await emulator.setStaleness({ ec2: 600 });
  await (await started()).pass(networkKey);
  const after = await started();
  await after.pass(networkKey);
  await emulator.setStaleness({ ec2: 0 });
  const told = await after.pass(networkKey);
  expect(mutating(told.calls)).toEqual([]);
  expect(told.verdict.error).toMatchObject({ reason: 'DuplicateResources' });
  expect(after.conditions(networkKey)['Ready']).toMatch(
    /^False DuplicateResources: ec2\/\S+ \S+ exists twice: \S+ and \S+; delete the wrong one/,
  );
});
