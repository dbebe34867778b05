import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { NotReady } from '../../../controller/engine/errors.ts';
import { Controller, mutating, type Pass } from '../../product.ts';
import { networkKey, production } from './network.ts';

const nat = 'ec2/nat-gateway';
const endpoint = 'ec2/vpc-endpoint';

let emulator: Emulator;
let controller: Controller;

beforeAll(async () => {
  emulator = await startEmulator({
    lifecycles: { [nat]: { pending: 'held' }, [endpoint]: { pending: 'held' } },
  });
  controller = new Controller(emulator.endpoint);
  await controller.apply(production());
});

afterAll(async () => {
  controller.close();
  await emulator.stop();
});

/** One story, told by the passes in their order. */
test('while AWS takes its time nothing waits that need not, and the conditions say what is missing', async () => {
  const first = await controller.pass(networkKey);
  expect(callsByName(first)).toMatchObject({
    CreateVpc: 1,
    CreateInternetGateway: 1,
    CreateSubnet: 6,
    CreateNetworkAcl: 3,
    CreateSecurityGroup: 5,
    AllocateAddress: 2,
    CreateNatGateway: 2,
    // Seven interface endpoints; the two of gateways need the tables of the app subnets.
    CreateVpcEndpoint: 7,
    CreateRouteTable: 2,
    AssociateRouteTable: 4,
    CreateLogGroup: 1,
    CreateRole: 1,
    CreateFlowLogs: 1,
  });
  expect(made(controller)).toEqual(expect.arrayContaining(['routes-public', 'routes-data']));

  const waiting = await controller.pass(networkKey);
  expect(mutating(waiting.calls)).toEqual([]);
  expect(waiting.verdict.error).toBeInstanceOf(NotReady);
  expect(controller.conditions(networkKey)).toEqual({
    Ready: expect.stringMatching(
      /^False Progressing: ec2\/nat-gateway nat-us-east-1a is pending; ec2\/nat-gateway nat-us-east-1b is pending; ec2\/route-table routes-app-us-east-1a waits for ec2\/nat-gateway nat-us-east-1a; .* and 8 more$/,
    ),
    Reconciling: expect.stringMatching(/^True Progressing: ec2\/nat-gateway nat-us-east-1a is pending; /),
    Drifted: 'False NoDrift: AWS is as it was left',
    VpcReady: expect.stringMatching(/^True InSync: /),
    SubnetsReady:
      'False Progressing: ec2/route-table routes-app-us-east-1a waits for ec2/nat-gateway nat-us-east-1a; ec2/route-table routes-app-us-east-1b waits for ec2/nat-gateway nat-us-east-1b',
    NatReady:
      'False Progressing: ec2/nat-gateway nat-us-east-1a is pending; ec2/nat-gateway nat-us-east-1b is pending',
    EndpointsReady: expect.stringMatching(
      /^False Progressing: ec2\/vpc-endpoint gateway-endpoint-s3 waits for ec2\/route-table routes-app-us-east-1a; .*ec2\/vpc-endpoint interface-endpoint-ecr-api is pending; /,
    ),
    SecurityGroupsReady: expect.stringMatching(/^True InSync: /),
    FlowLogsReady: expect.stringMatching(/^True InSync: /),
  });

  await emulator.release(nat);
  const released = await controller.pass(networkKey);
  expect(callsByName(released)).toMatchObject({
    CreateRouteTable: 2,
    CreateRoute: 2,
    AssociateRouteTable: 2,
    CreateVpcEndpoint: 2,
  });
  expect(controller.conditions(networkKey)).toMatchObject({
    Ready: expect.stringMatching(
      /^False Progressing: ec2\/vpc-endpoint interface-endpoint-ecr-api is pending; /,
    ),
    SubnetsReady: expect.stringMatching(/^True InSync: /),
    NatReady: 'True InSync: nat-us-east-1a-address; nat-us-east-1a; nat-us-east-1b-address; nat-us-east-1b',
    EndpointsReady: expect.stringMatching(/^False Progressing: .* and 2 more$/),
  });

  await emulator.release(endpoint);
  const last = await controller.pass(networkKey);
  expect(mutating(last.calls)).toEqual([]);
  expect(last.verdict.error).toBeUndefined();
  const conditions = controller.conditions(networkKey);
  expect(conditions['Ready']).toBe('True InSync: 37 resources are as the manifest says');
  expect(conditions).not.toHaveProperty('Reconciling');
  expect(Object.values(conditions).filter((condition) => condition.startsWith('False'))).toEqual([
    'False NoDrift: AWS is as it was left',
  ]);
});

function callsByName({ calls }: Pass): Readonly<Record<string, number>> {
  const groups = Map.groupBy(calls, ({ operation }) => operation);
  return Object.fromEntries([...groups].map(([operation, group]) => [operation, group.length]));
}

function made(of: Controller): readonly string[] {
  return of
    .record(networkKey)
    .status.resources.filter(({ state }) => state === 'ready')
    .map(({ node }) => node);
}
