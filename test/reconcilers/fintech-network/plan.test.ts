import { CreateTransitGatewayCommand } from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { clientsFor } from '../../clients.ts';
import { temporaryDirectory } from '../../controller/manifests/directory.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, mutating } from '../../product.ts';
import { convergeAll, planned } from '../planned.ts';
import { contract, networkKey, nodesOf, threeZones } from './network.ts';

let emulator: Emulator;
let controller: Controller;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  controller = new Controller(emulator.endpoint);
});

afterEach(async () => {
  controller.close();
  await emulator.reset();
});

afterAll(() => emulator.stop());

/** The contract, with fields of the network's spec that take the place of those there. */
function contractDirectory(changes: object = {}): Promise<string> {
  const spec = { ...Object(contract.network['spec']), ...changes };
  return temporaryDirectory({
    'environment.yaml': JSON.stringify(contract.environment),
    'network.yaml': JSON.stringify({ ...contract.network, spec }),
  });
}

/** `ec2/vpc vpc` for every resource that a plan would do this with. */
function stepsIn(plan: string, sign: string): readonly string[] {
  const lines = plan.split('\n').filter((line) => line.startsWith(`  ${sign} `));
  return lines.map((line) => line.slice(4).replace(/ \(.*\)$/, '')).toSorted();
}

test('the plan of the contract names every resource with its settings before anything exists', async () => {
  const { code, text } = await planned(controller, await contractDirectory());
  expect(code).toBe(2);
  await expect(text).toMatchFileSnapshot('plan-contract.txt');
  const nodes = Object.entries(nodesOf()).map(([id, { type }]) => `${type} ${id}`);
  expect(stepsIn(text, '+')).toEqual(nodes.toSorted());
});

test('a plan makes no call that writes', async () => {
  await planned(controller, await contractDirectory());
  expect(controller.calls.length).toBeGreaterThan(0);
  expect(mutating(controller.calls)).toEqual([]);
});

test('what was planned is what is made', async () => {
  const directory = await contractDirectory();
  const { text } = await planned(controller, directory);
  await convergeAll(controller, directory);
  const made = controller.record(networkKey).status.resources.map(({ type, node }) => `${type} ${node}`);
  expect(stepsIn(text, '+')).toEqual(made.toSorted());
  expect(await planned(controller, directory)).toMatchObject({ code: 0 });
});

test('after a change of the NAT gateways the plan shows routes and what goes, and nothing else', async () => {
  await convergeAll(controller, await contractDirectory());
  const { text } = await planned(controller, await contractDirectory({ natGateways: 'Single' }));
  expect(stepsIn(text, '~')).toEqual(['ec2/route-table routes-app-us-east-1b']);
  expect(text).toMatch(/^Plan: 0 to create, 1 to change, 0 to replace, 2 to delete, 0 to retain$/m);
});

test.each([
  ['flow logs in S3', { flowLogs: { destination: 'S3', bucketName: 'flow-logs-of-production' } }],
  ['no way to the internet', { natGateways: 'None', networkAcls: 'Default' }],
  ['three zones behind one NAT gateway', { ...threeZones, natGateways: 'Single' }],
])('a network with %s is made, and then nothing is left', async (_, changes) => {
  const directory = await contractDirectory(changes);
  await convergeAll(controller, directory);
  expect(await planned(controller, directory)).toMatchObject({
    code: 0,
    text: expect.stringMatching(/^FintechNetwork\/production\/core: nothing to do/),
  });
});

test('a network behind a transit gateway is made, and then nothing is left', async () => {
  const { ec2 } = clientsFor(emulator.endpoint);
  const { TransitGateway: gateway } = await ec2.send(new CreateTransitGatewayCommand({}));
  const transitGateway = { id: gateway?.TransitGatewayId, routes: ['172.16.0.0/12'] };
  const directory = await contractDirectory({ transitGateway });
  await convergeAll(controller, directory);
  expect(await planned(controller, directory)).toMatchObject({ code: 0 });
});
