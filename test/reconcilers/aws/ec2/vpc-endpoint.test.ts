import { CreateVpcEndpointCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { NotReady, Terminal } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { tagSpecification } from '../../../../reconcilers/aws/ec2/tags.ts';
import { VpcEndpoint } from '../../../../reconcilers/aws/ec2/vpc-endpoint/vpc-endpoint.ts';
import type { VpcEndpointSpec } from '../../../../reconcilers/aws/ec2/vpc-endpoint/vpc-endpoint-spec.ts';
import { AlreadyExists } from '../../../../reconcilers/aws/outcome.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import {
  allowing,
  gatewayEndpoint,
  interfaceEndpoint,
  makeConnectedVpc,
  makeRouteTable,
  makeSecurityGroup,
  makeSubnetIn,
} from './gateway-samples.ts';
import { creationOf, queryOf } from './network-samples.ts';

const owner = 'FintechNetwork/test/core';
const creation = creationOf(owner);

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
  vpcId = await makeConnectedVpc(aws);
});

async function endpoint() {
  const [found] = await VpcEndpoint.list(aws, [queryOf(owner)]);
  if (found === undefined) throw new Error('no endpoint');
  return found;
}

async function update(wanted: VpcEndpointSpec): Promise<void> {
  const current = await endpoint();
  await VpcEndpoint.update(aws, current, wanted, differences(VpcEndpoint, wanted, current.spec));
}

describe('a gateway endpoint', () => {
  test('can be used as soon as it is made', async () => {
    await emulator.setLifecycles({ 'ec2/vpc-endpoint': { pending: 'held' } });
    const spec = { ...gatewayEndpoint(aws, vpcId), routeTableIds: [await makeRouteTable(aws, vpcId)] };
    const { id, outputs } = await VpcEndpoint.create(aws, spec, creation);
    expect(outputs).toEqual({ vpcEndpointId: id });
    expect(await endpoint()).toMatchObject({ id, state: 'ready', outputs, spec });
  });

  test('is refused where another one serves the same route table', async () => {
    const spec = { ...gatewayEndpoint(aws, vpcId), routeTableIds: [await makeRouteTable(aws, vpcId)] };
    await VpcEndpoint.create(aws, spec, creation);
    const again = VpcEndpoint.create(aws, spec, creationOf('FintechNetwork/test/other'));
    await expect(again).rejects.toBeInstanceOf(AlreadyExists);
  });

  test('that somebody made without a policy lets everything through', async () => {
    const { serviceName: ServiceName, policy } = gatewayEndpoint(aws, vpcId);
    const TagSpecifications = tagSpecification('vpc-endpoint', creation.tags);
    await aws.ec2.send(new CreateVpcEndpointCommand({ VpcId: vpcId, ServiceName, TagSpecifications }));
    const { spec } = await endpoint();
    const everything = { ...allowing('*'), Version: '2008-10-17' as const };
    expect(differences(VpcEndpoint, { ...spec, policy: everything }, spec)).toEqual([]);
    const changes = differences(VpcEndpoint, { ...spec, policy }, spec);
    expect(new Set(changes.map(({ field, severity }) => `${field}: ${severity}`))).toEqual(
      new Set(['policy: security']),
    );
  });
});

describe('an interface endpoint', () => {
  let spec: VpcEndpointSpec;
  let inZoneC: string;

  beforeEach(async () => {
    spec = interfaceEndpoint(aws, vpcId, {
      subnetIds: [
        await makeSubnetIn(aws, vpcId, 'a', '10.0.1.0/24'),
        await makeSubnetIn(aws, vpcId, 'b', '10.0.2.0/24'),
      ],
      securityGroupIds: [await makeSecurityGroup(aws, vpcId, 'endpoints')],
    });
    inZoneC = await makeSubnetIn(aws, vpcId, 'c', '10.0.3.0/24');
  });

  test('is pending until it can be used, and deleting until it is gone', async () => {
    await emulator.setLifecycles({ 'ec2/vpc-endpoint': { pending: 'held', deleting: 'held' } });
    const { id, outputs } = await VpcEndpoint.create(aws, spec, creation);
    expect(outputs).toBeUndefined();
    expect(await endpoint()).toMatchObject({ id, state: 'pending', message: 'is pending', spec });
    await emulator.release();
    const current = await endpoint();
    expect(current).toMatchObject({ id, state: 'ready', outputs: { vpcEndpointId: id } });
    await VpcEndpoint.delete(aws, current);
    expect(await endpoint()).toMatchObject({ id, state: 'deleting' });
    await emulator.release();
    expect(await VpcEndpoint.list(aws, [queryOf(owner, new Map([['node', id]]))])).toEqual([]);
  });

  test('that failed says why, and can be deleted', async () => {
    await emulator.setLifecycles({ 'ec2/vpc-endpoint': { failed: 1 } });
    await VpcEndpoint.create(aws, spec, creation);
    const failed = await endpoint();
    expect(failed).toMatchObject({ state: 'failed', message: 'failed: An internal error occurred.' });
    await VpcEndpoint.delete(aws, failed);
    expect(await VpcEndpoint.list(aws, [queryOf(owner)])).toEqual([]);
  });

  test('moves to another zone without a moment in fewer zones, a step in each pass', async () => {
    await VpcEndpoint.create(aws, spec, creation);
    await emulator.setLifecycles({ 'ec2/vpc-endpoint': { pending: 'held' } });
    const [inZoneA = '', inZoneB = ''] = spec.subnetIds;
    const wanted = { ...spec, subnetIds: [inZoneB, inZoneC] };
    await expect(update(wanted)).rejects.toBeInstanceOf(NotReady);
    const between = await endpoint();
    expect(between.state).toBe('pending');
    expect(new Set(between.spec.subnetIds)).toEqual(new Set([inZoneA, inZoneB, inZoneC]));
    await emulator.release();
    await update(wanted);
    await emulator.release();
    expect(differences(VpcEndpoint, wanted, (await endpoint()).spec)).toEqual([]);
  });

  test('moves to another subnet of a zone by leaving the one that it has there', async () => {
    await VpcEndpoint.create(aws, spec, creation);
    const [, inZoneB = ''] = spec.subnetIds;
    const alsoInZoneA = await makeSubnetIn(aws, vpcId, 'a', '10.0.4.0/24');
    const wanted = { ...spec, subnetIds: [alsoInZoneA, inZoneB] };
    await update(wanted);
    expect(differences(VpcEndpoint, wanted, (await endpoint()).spec)).toEqual([]);
  });

  test('gets its policy and groups though its private name is refused', async () => {
    await VpcEndpoint.create(aws, spec, creation);
    const other = { ...spec, subnetIds: [inZoneC], privateDns: true };
    await VpcEndpoint.create(aws, other, creationOf('FintechNetwork/test/other'));
    const wanted = {
      ...spec,
      policy: allowing('kms:Decrypt'),
      securityGroupIds: [await makeSecurityGroup(aws, vpcId, 'another')],
      privateDns: true,
    };
    await expect(update(wanted)).rejects.toBeInstanceOf(Terminal);
    const changes = differences(VpcEndpoint, wanted, (await endpoint()).spec);
    expect(changes).toMatchObject([{ field: 'privateDns', from: false, to: true }]);
  });
});
