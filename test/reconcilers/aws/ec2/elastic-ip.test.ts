import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Observed } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { ElasticIp } from '../../../../reconcilers/aws/ec2/elastic-ip.ts';
import type { ElasticIpOutputs, ElasticIpSpec } from '../../../../reconcilers/aws/ec2/elastic-ip-spec.ts';
import { NatGateway } from '../../../../reconcilers/aws/ec2/nat-gateway.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { makeConnectedVpc } from './gateway-samples.ts';
import { creationOf, makeSubnet, queryOf } from './network-samples.ts';

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

async function address(): Promise<Observed<ElasticIpSpec, ElasticIpOutputs>> {
  const [found] = await ElasticIp.list(aws, [queryOf(owner)]);
  if (found === undefined) throw new Error('no address');
  return found;
}

test('an address that is in use says by what, and goes when that has gone', async () => {
  await emulator.setLifecycles({ 'ec2/nat-gateway': { deleting: 'held' } });
  const { id: allocationId } = await ElasticIp.create(aws, { domain: 'vpc' }, creationOf(owner, 'address'));
  const subnetId = await makeSubnet(aws, await makeConnectedVpc(aws), '10.0.1.0/24');
  const { id } = await NatGateway.create(aws, { subnetId, allocationId }, creationOf(owner, 'nat'));

  const inUse = new RegExp(`^is still used by eni-\\w+ \\(Interface for NAT Gateway ${id}\\)$`);
  const [nat] = await NatGateway.list(aws, [queryOf(owner)]);
  if (nat === undefined) throw new Error('no NAT gateway');
  await expect(ElasticIp.delete(aws, await address())).rejects.toThrow(inUse);
  await NatGateway.delete(aws, nat);
  await expect(ElasticIp.delete(aws, await address())).rejects.toBeInstanceOf(NotReady);

  await emulator.release();
  await ElasticIp.delete(aws, await address());
  expect(await ElasticIp.list(aws, [queryOf(owner)])).toEqual([]);
});
