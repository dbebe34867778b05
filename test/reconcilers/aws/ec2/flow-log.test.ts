import { DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateFlowLogsCommand, CreateTagsCommand } from '@aws-sdk/client-ec2';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { FlowLog } from '../../../../reconcilers/aws/ec2/flow-log.ts';
import { toSdkTags } from '../../../../reconcilers/aws/tags.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { makeLogGroup, toBucket, toLogGroup } from './flow-log-samples.ts';
import { creationOf, makeVpc, queryOf } from './network-samples.ts';

const owner = 'Network/test/core';
const query = queryOf(owner);

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

describe('a flow log', () => {
  test('to a bucket has a prefix if wanted, and no role', async () => {
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
    await aws.s3.send(new CreateBucketCommand({ Bucket: 'flows', CreateBucketConfiguration }));
    const spec = toBucket(await makeVpc(aws), 'arn:aws:s3:::flows/core');
    await FlowLog.create(aws, spec, creationOf(owner));
    expect(await FlowLog.list(aws, [query])).toMatchObject([{ state: 'ready', spec }]);
  });

  test('to a bucket that does not exist is not made, and waits for it', async () => {
    const spec = toBucket(await makeVpc(aws), 'arn:aws:s3:::missing');
    const refusal: unknown = await FlowLog.create(aws, spec, creationOf(owner)).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(NotReady);
    expect(refusal).toMatchObject({ message: expect.stringContaining('missing does not exist') });
    expect(await FlowLog.list(aws, [query])).toEqual([]);
  });

  test('of a VPC that is gone waits for one, though AWS answers with success', async () => {
    const spec = toLogGroup('vpc-00000000000000000', await makeLogGroup(aws, 'flows'));
    await expect(FlowLog.create(aws, spec, creationOf(owner))).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('InvalidVpcID.NotFound'),
    });
  });

  test('that is there already, made by somebody else, is not ours', async () => {
    const spec = toLogGroup(await makeVpc(aws), await makeLogGroup(aws, 'flows'));
    await FlowLog.create(aws, spec, creationOf('Network/test/other'));
    await expect(FlowLog.create(aws, spec, creationOf(owner))).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining('FlowLogAlreadyExists'),
    });
  });

  test('that cannot deliver says why until it can', async () => {
    const spec = toLogGroup(await makeVpc(aws), await makeLogGroup(aws, 'flows'));
    await FlowLog.create(aws, spec, creationOf(owner));
    await aws.logs.send(new DeleteLogGroupCommand({ logGroupName: 'flows' }));
    const message = 'does not deliver: Access error';
    expect(await FlowLog.list(aws, [query])).toMatchObject([{ state: 'pending', message, spec }]);
    await makeLogGroup(aws, 'flows');
    expect(await FlowLog.list(aws, [query])).toMatchObject([{ state: 'ready', spec }]);
  });

  test.each([
    ['by its name', { LogGroupName: 'flows' }],
    ['by its ARN', { LogDestination: 'arn:aws:logs:eu-west-1:123456789012:log-group:flows' }],
    ['by an ARN of its streams', { LogDestination: 'arn:aws:logs:eu-west-1:123456789012:log-group:flows:*' }],
  ])('that was made with a log group %s writes to the same', async (_, destination) => {
    const spec = toLogGroup(await makeVpc(aws), await makeLogGroup(aws, 'flows'));
    const { FlowLogIds = [] } = await aws.ec2.send(
      new CreateFlowLogsCommand({
        ResourceType: 'VPC',
        ResourceIds: [spec.vpcId],
        TrafficType: 'ALL',
        DeliverLogsPermissionArn: spec.roleArn,
        MaxAggregationInterval: 60,
        ...destination,
      }),
    );
    const Tags = toSdkTags(creationOf(owner).tags);
    await aws.ec2.send(new CreateTagsCommand({ Resources: FlowLogIds, Tags }));
    expect(await FlowLog.list(aws, [query])).toMatchObject([{ spec }]);
  });
});

test('the flow logs of twenty networks are listed with one call', async () => {
  const group = await makeLogGroup(aws, 'flows');
  const queries = Array.from({ length: 20 }, (_, index) => queryOf(`Network/test/${index}`));
  await Promise.all(
    queries.map(async (of) =>
      FlowLog.create(aws, toLogGroup(await makeVpc(aws), group), creationOf(of.owner)),
    ),
  );
  const calls = await connection.during(async () => {
    expect(await FlowLog.list(aws, queries)).toHaveLength(20);
  });
  expect(calls.map(({ operation }) => operation)).toEqual(['DescribeFlowLogs']);
});
