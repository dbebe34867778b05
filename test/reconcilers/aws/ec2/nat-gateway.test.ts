import { DetachInternetGatewayCommand, DescribeInternetGatewaysCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { NatGateway } from '../../../../reconcilers/aws/ec2/nat-gateway.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { sampleNatGateway } from './gateway-samples.ts';
import { creationOf, queryOf } from './network-samples.ts';

const owner = 'FintechNetwork/test/core';

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;

beforeAll(async () => {
  emulator = await startEmulator();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});
afterAll(async () => {
  connection.close();
  await emulator.stop();
});
beforeEach(() => emulator.reset());

async function natGateway(known: ReadonlyMap<string, string> = new Map()) {
  const [found] = await NatGateway.list(aws, [queryOf(owner, known)]);
  return found;
}

test('a NAT gateway is pending with the address it will have, then ready', async () => {
  await emulator.setLifecycles({ 'ec2/nat-gateway': { pending: 'held' } });
  const spec = await sampleNatGateway(aws);
  const { id, outputs } = await NatGateway.create(aws, spec, creationOf(owner));
  expect(outputs).toBeUndefined();
  expect(await natGateway()).toMatchObject({ id, state: 'pending', spec });
  await emulator.release();
  expect(await natGateway()).toMatchObject({ id, state: 'ready', spec, outputs: { natGatewayId: id } });
});

test('one that failed says why, and can be deleted', async () => {
  const spec = await sampleNatGateway(aws);
  const { InternetGateways: [gateway] = [] } = await aws.ec2.send(new DescribeInternetGatewaysCommand());
  const { InternetGatewayId, Attachments: [attachment] = [] } = gateway ?? {};
  await aws.ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId: attachment?.VpcId }));
  await NatGateway.create(aws, spec, creationOf(owner));
  const failed = await natGateway();
  expect(failed).toMatchObject({ state: 'failed', spec });
  expect(failed?.message).toMatch(/^Gateway.NotAttached: Network vpc-\w+ has no Internet gateway attached$/);
  if (failed !== undefined) await NatGateway.delete(aws, failed);
  expect(await natGateway()).toBeUndefined();
});

test('one that is being deleted is listed as that, and a deleted one not even by its id', async () => {
  await emulator.setLifecycles({ 'ec2/nat-gateway': { deleting: 'held' } });
  const { id } = await NatGateway.create(aws, await sampleNatGateway(aws), creationOf(owner));
  const known = new Map([['node', id]]);
  const current = await natGateway();
  if (current !== undefined) await NatGateway.delete(aws, current);
  expect(await natGateway(known)).toMatchObject({ id, state: 'deleting' });
  await emulator.release();
  expect(await natGateway(known)).toBeUndefined();
});
