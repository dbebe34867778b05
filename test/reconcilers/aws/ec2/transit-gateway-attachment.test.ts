import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { TransitGatewayAttachmentSpec } from '../../../../reconcilers/aws/ec2/transit-gateway-attachment/transit-gateway-attachment-spec.ts';
import { TransitGatewayAttachment } from '../../../../reconcilers/aws/ec2/transit-gateway-attachment/transit-gateway-attachment.ts';
import { AlreadyExists } from '../../../../reconcilers/aws/outcome.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { makeTransitGateway } from './gateway-samples.ts';
import { creationOf, makeSubnet, makeVpc, queryOf } from './network-samples.ts';

const owner = 'FintechNetwork/test/core';
const creation = creationOf(owner, 'transit-gateway');

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

async function sample(): Promise<TransitGatewayAttachmentSpec> {
  const vpcId = await makeVpc(aws);
  return {
    transitGatewayId: await makeTransitGateway(aws),
    vpcId,
    subnetIds: [await makeSubnet(aws, vpcId, '10.0.1.0/24')],
    dnsSupport: true,
    applianceModeSupport: false,
  };
}

const list = (query = queryOf(owner)) => TransitGatewayAttachment.list(aws, [query]);

test('where there is none, EC2 is not asked', async () => {
  const calls = await connection.during(() => list());
  const operations = calls.filter(({ service }) => service !== 'sts').map(({ operation }) => operation);
  expect(operations).toEqual(['GetResources']);
});

test('one that the index of tags does not show yet is found by its id', async () => {
  await emulator.setStaleness({ tagging: 60 });
  const { id } = await TransitGatewayAttachment.create(aws, await sample(), creation);
  expect(await list()).toEqual([]);
  expect(await list(queryOf(owner, new Map([['transit-gateway', id]])))).toMatchObject([{ id, owner }]);
});

test('one whose creation was started and its answer lost is found among all of the account', async () => {
  await emulator.setStaleness({ tagging: 60 });
  const { id } = await TransitGatewayAttachment.create(aws, await sample(), creation);
  const others = creationOf('FintechNetwork/test/other', 'transit-gateway');
  await TransitGatewayAttachment.create(aws, await sample(), others);
  const unconfirmed = new Set(['transit-gateway']);
  expect(await list({ ...queryOf(owner), unconfirmed })).toMatchObject([
    { id, owner, node: 'transit-gateway' },
  ]);
});

test('an attachment is pending, ready, modified and deleted in its time', async () => {
  const held = { pending: 'held', modifying: 'held', deleting: 'held' } as const;
  await emulator.setLifecycles({ 'ec2/transit-gateway-attachment': held });
  const spec = await sample();
  const { id, outputs } = await TransitGatewayAttachment.create(aws, spec, creation);
  expect(outputs).toBeUndefined();
  const [pending] = await list();
  expect(pending).toMatchObject({ id, state: 'pending', message: 'is pending', spec });
  await emulator.release();
  const [ready] = await list();
  if (ready === undefined) throw new Error('no attachment');
  const { transitGatewayId } = spec;
  expect(ready).toMatchObject({ id, state: 'ready', outputs: { attachmentId: id, transitGatewayId } });
  await TransitGatewayAttachment.update(aws, ready, { ...spec, applianceModeSupport: true }, []);
  expect(await list()).toMatchObject([{ state: 'pending', message: 'is being modified' }]);
  await emulator.release();
  await TransitGatewayAttachment.delete(aws, ready);
  expect(await list()).toMatchObject([{ id, state: 'deleting' }]);
  await emulator.release();
  expect(await list(queryOf(owner, new Map([['transit-gateway', id]])))).toEqual([]);
});

test('one that failed cannot be deleted, and says that it goes by itself', async () => {
  await emulator.setLifecycles({ 'ec2/transit-gateway-attachment': { failed: 1 } });
  const { id } = await TransitGatewayAttachment.create(aws, await sample(), creation);
  const [failed] = await list();
  if (failed === undefined) throw new Error('no attachment');
  expect(failed).toMatchObject({ id, state: 'failed' });
  const deletion = TransitGatewayAttachment.delete(aws, failed);
  await expect(deletion).rejects.toThrow(/^has failed and cannot be deleted: tgw-attach-\w+ goes by itself/);
  await expect(deletion).rejects.toBeInstanceOf(NotReady);
});

test('a VPC that is attached already is not attached again', async () => {
  const spec = await sample();
  await TransitGatewayAttachment.create(aws, spec, creationOf('FintechNetwork/test/other'));
  await expect(TransitGatewayAttachment.create(aws, spec, creation)).rejects.toBeInstanceOf(AlreadyExists);
});
