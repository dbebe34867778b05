import { DescribeVpcEndpointsCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import { ChangingNetwork, writesIn } from './changing-network.ts';

const held = { 'ec2/vpc-endpoint': { pending: 'held', deleting: 'held' } } as const;

function endpoints(gateway: readonly string[], ...interfaces: readonly string[]): JsonObject {
  return { endpoints: { gateway, interface: interfaces } };
}

const base = endpoints(['s3'], 'kms', 'sts');

let network: ChangingNetwork;
let converged: Awaited<ReturnType<ChangingNetwork['state']>>;

beforeAll(async () => {
  network = await ChangingNetwork.start();
  await network.begin(base);
  converged = await network.state();
});

beforeEach(() => network.change(base));

afterAll(() => network.stop());

async function states(): Promise<Readonly<Record<string, string>>> {
  const { VpcEndpoints = [] } = await network.clients.ec2.send(new DescribeVpcEndpointsCommand({}));
  return Object.fromEntries(
    VpcEndpoints.filter(({ State }) => State?.toLowerCase() !== 'deleted').map(
      ({ ServiceName = '', State = '' }) => [ServiceName.replace('com.amazonaws.us-east-1.', ''), State],
    ),
  );
}

test('in another order they are the same endpoints', async () => {
  expect(writesIn(await network.change(endpoints(['s3'], 'sts', 'kms')))).toEqual([]);
});

test('an endpoint that is added or removed leaves everything else alone', async () => {
  expect(
    writesIn(await network.change(endpoints(['s3', 'dynamodb'], 'kms', 'sts', 'ecr.api'))).toSorted(),
  ).toEqual(['CreateVpcEndpoint gateway-endpoint-dynamodb', 'CreateVpcEndpoint interface-endpoint-ecr-api']);
  expect(writesIn(await network.change(base)).toSorted()).toEqual([
    'DeleteVpcEndpoints gateway-endpoint-dynamodb',
    'DeleteVpcEndpoints interface-endpoint-ecr-api',
  ]);
  expect(changesBetween(converged, await network.state())).toEqual([]);
});

test('the only gateway endpoint goes and comes back with its routes', async () => {
  expect(writesIn(await network.change(endpoints([], 'kms', 'sts')))).toEqual([
    'DeleteVpcEndpoints gateway-endpoint-s3',
  ]);
  expect(writesIn(await network.change(base))).toEqual(['CreateVpcEndpoint gateway-endpoint-s3']);
  expect(changesBetween(converged, await network.state())).toEqual([]);
});

test('an endpoint goes only when the one that is added beside is there, and what is waited for is said', async () => {
  await network.emulator.setLifecycles(held);
  await network.apply(endpoints(['s3'], 'kms', 'logs'));
  await network.pass();
  const waiting = await network.pass();
  expect(writesIn([waiting])).toEqual([]);
  expect(await states()).toEqual({ s3: 'available', kms: 'available', sts: 'available', logs: 'pending' });
  expect(network.conditions['EndpointsReady']).toContain(
    'False Progressing: ec2/vpc-endpoint interface-endpoint-logs is pending',
  );
  expect(network.conditions['NatReady']).toMatch(/^True InSync/);

  await network.emulator.release('ec2/vpc-endpoint');
  expect(writesIn([await network.pass()])).toEqual(['DeleteVpcEndpoints interface-endpoint-sts']);
  await network.pass();
  expect(await states()).toEqual({ s3: 'available', kms: 'available', sts: 'deleting', logs: 'available' });
  expect(network.conditions['Ready']).toContain('interface-endpoint-sts is being deleted');

  await network.emulator.release('ec2/vpc-endpoint');
  expect(writesIn(await network.change(endpoints(['s3'], 'kms', 'logs')))).toEqual([]);
  expect(network.conditions['Ready']).toMatch(/^True InSync/);
});
