import { DescribeFlowLogsCommand } from '@aws-sdk/client-ec2';
import { CreateLogStreamCommand, DescribeLogStreamsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changesBetween } from '../../aws-state.ts';
import { ChangingNetwork, among, writesIn } from './changing-network.ts';

const base = { endpoints: { gateway: ['s3'], interface: [] } };
const bucketName = 'flow-logs-of-production';
const inBucket = { ...base, flowLogs: { destination: 'S3', bucketName } };
const logGroupName = 'production-core-flow-log-group';
const approve = 'fintech.global/approve';

let network: ChangingNetwork;

beforeAll(async () => {
  network = await ChangingNetwork.start();
  await network.begin(base);
});

afterAll(() => network.stop());

/** Nothing records the traffic of the VPC. */
async function unrecorded(): Promise<readonly string[]> {
  const { FlowLogs = [] } = await network.clients.ec2.send(new DescribeFlowLogsCommand({}));
  const working = FlowLogs.filter(({ DeliverLogsStatus }) => DeliverLogsStatus === 'SUCCESS');
  return working.length > 0 ? [] : ['no flow log delivers'];
}

async function streams(): Promise<readonly (string | undefined)[]> {
  const { logStreams = [] } = await network.clients.logs.send(
    new DescribeLogStreamsCommand({ logGroupName }),
  );
  return logStreams.map(({ logStreamName }) => logStreamName);
}

test('to a bucket and back traffic is recorded at every moment, and the records of before are kept', async () => {
  await network.clients.logs.send(
    new CreateLogStreamCommand({ logGroupName, logStreamName: 'eni-0123-all' }),
  );
  const converged = await network.state();

  const there = await network.watch(unrecorded, () => network.change(inBucket));
  expect(there.faults).toEqual([]);
  const orderThere = [
    'PutBucketPolicy flow-log-bucket',
    'CreateFlowLogs flow-log-s3-all',
    'DeleteFlowLogs flow-log-cloudwatch-all',
    'DeleteRole flow-log-role',
  ];
  expect(among(there.writes, orderThere)).toEqual(orderThere);
  expect(there.writes).not.toContain('DeleteLogGroup flow-log-group');
  const { logGroups } = await network.state();
  expect(logGroups).toHaveProperty(
    [`logGroups ${logGroupName}`, 'Tags', 'fintech.global/retained'],
    '<time>',
  );
  expect(await streams()).toEqual(['eni-0123-all']);

  const back = await network.watch(unrecorded, () => network.change(base));
  expect(back.faults).toEqual([]);
  const orderBack = [
    'CreateRole flow-log-role',
    'CreateFlowLogs flow-log-cloudwatch-all',
    'DeleteFlowLogs flow-log-s3-all',
  ];
  expect(among(back.writes, orderBack)).toEqual(orderBack);
  expect(back.writes).not.toContain('CreateLogGroup flow-log-group');
  expect(back.writes).not.toContain('DeleteBucket flow-log-bucket');
  expect(await streams()).toEqual(['eni-0123-all']);
  const { buckets, ...others } = await network.state();
  expect(changesBetween({ ...converged, buckets }, { ...others, buckets })).toEqual([]);
  expect(buckets).toHaveProperty([bucketName, 'tags', 'fintech.global/retained'], '<time>');
});

test('of other traffic are recorded before those of before no longer are', async () => {
  await network.change(base);
  const changed = { ...base, flowLogs: { trafficType: 'REJECT' } };
  const { faults, writes } = await network.watch(unrecorded, () => network.change(changed));
  expect(faults).toEqual([]);
  expect(writes).toEqual([
    'CreateFlowLogs flow-log-cloudwatch-reject',
    'DeleteFlowLogs flow-log-cloudwatch-all',
  ]);
  expect(await streams()).toEqual(['eni-0123-all']);
});

test('are not moved where their group would be deleted with its records, until exactly that is approved', async () => {
  const policy = { deletionPolicy: 'Delete' };
  await network.begin({ ...base, ...policy });
  const converged = await network.state();
  const moved = { ...inBucket, ...policy };

  await network.apply(moved);
  expect(writesIn([await network.pass()])).toEqual([]);
  const { says, hash } = network.refusal;
  expect(says).toContain(
    `True ApprovalRequired: logs/log-group flow-log-group (${logGroupName}) would be deleted with its data`,
  );
  expect(changesBetween(converged, await network.state())).toEqual([]);

  await network.apply(moved, { [approve]: '000000000000' });
  expect(writesIn([await network.pass()])).toEqual([]);
  expect(network.refusal.hash).toBe(hash);

  const { faults, writes } = await network.watch(unrecorded, () =>
    network.change(moved, { [approve]: hash }),
  );
  expect(faults).toEqual([]);
  const order = [
    'CreateFlowLogs flow-log-s3-all',
    'DeleteFlowLogs flow-log-cloudwatch-all',
    'DeleteLogGroup flow-log-group',
  ];
  expect(among(writes, order)).toEqual(order);
});
