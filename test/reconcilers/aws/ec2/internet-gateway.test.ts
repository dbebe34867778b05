import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  CreateNetworkInterfaceCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Observed } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type {
  InternetGatewayOutputs,
  InternetGatewaySpec,
} from '../../../../reconcilers/aws/ec2/internet-gateway-spec.ts';
import { InternetGateway } from '../../../../reconcilers/aws/ec2/internet-gateway.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { attachInternetGateway, creationOf, idOf, makeSubnet, makeVpc, queryOf } from './network-samples.ts';

const owner = 'Network/test/core';

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;
let vpcId: string;

beforeAll(async () => {
  emulator = await startEmulator();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});
afterAll(async () => {
  connection.close();
  await emulator.stop();
});
beforeEach(async () => {
  await emulator.reset();
  vpcId = await makeVpc(aws);
});

async function current(): Promise<Observed<InternetGatewaySpec, InternetGatewayOutputs>> {
  const [found] = await InternetGateway.list(aws, [queryOf(owner)]);
  if (found === undefined) throw new Error('it is gone');
  return found;
}

describe('an internet gateway', () => {
  test('that somebody attached to another VPC comes back', async () => {
    const other = await makeVpc(aws, '10.1.0.0/16');
    await InternetGateway.create(aws, { vpcId: other }, creationOf(owner));
    await InternetGateway.update(aws, await current(), { vpcId }, []);
    expect((await current()).spec).toEqual({ vpcId });
  });

  test('that somebody detached a moment ago, which no list shows yet, is attached where it belongs', async () => {
    const other = await makeVpc(aws, '10.1.0.0/16');
    await InternetGateway.create(aws, { vpcId: undefined }, creationOf(owner));
    const stale = { ...(await current()), spec: { vpcId: other } };
    await InternetGateway.update(aws, stale, { vpcId }, []);
    expect((await current()).spec).toEqual({ vpcId });
  });

  test('for a VPC that has one already is made, and says in its next update why it is not attached', async () => {
    const present = await attachInternetGateway(aws, vpcId);
    expect(present).toMatch(/^igw-/);
    const { outputs } = await InternetGateway.create(aws, { vpcId }, creationOf(owner));
    expect(outputs).toBeUndefined();
    const update = InternetGateway.update(aws, await current(), { vpcId }, []);
    await expect(update).rejects.toMatchObject({ reason: 'InvalidSpec' });
  });

  test('stays while something in the VPC has a public address, and says what', async () => {
    await InternetGateway.create(aws, { vpcId }, creationOf(owner));
    const SubnetId = await makeSubnet(aws, vpcId, '10.0.1.0/24');
    await aws.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId, Description: 'private' }));
    const { NetworkInterface } = await aws.ec2.send(
      new CreateNetworkInterfaceCommand({ SubnetId, Description: 'public' }),
    );
    const NetworkInterfaceId = idOf(NetworkInterface?.NetworkInterfaceId);
    const { AllocationId } = await aws.ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
    await aws.ec2.send(new AssociateAddressCommand({ AllocationId, NetworkInterfaceId }));
    const deletion = InternetGateway.delete(aws, await current());
    const refusal: unknown = await deletion.catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(NotReady);
    expect(refusal).toMatchObject({ message: `is still used by ${NetworkInterfaceId} (public)` });
    expect((await current()).spec).toEqual({ vpcId });
  });
});
