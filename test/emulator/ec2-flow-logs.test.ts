import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateFlowLogsCommand,
  CreateVpcCommand,
  DeleteFlowLogsCommand,
  DescribeFlowLogsCommand,
  EC2Client,
  type CreateFlowLogsCommandInput,
} from '@aws-sdk/client-ec2';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let ec2: EC2Client;
let logs: CloudWatchLogsClient;
let s3: S3Client;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  ec2 = new EC2Client(options);
  logs = new CloudWatchLogsClient(options);
  s3 = new S3Client(options);
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

const ours = [{ Key: 'owner', Value: 'payments' }];
const logGroupName = '/network/production';
const toLogs = {
  LogDestination: `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}`,
  DeliverLogsPermissionArn: 'arn:aws:iam::123456789012:role/flow-logs',
  MaxAggregationInterval: 60,
};
const toBucket = {
  LogDestinationType: 's3',
  LogDestination: 'arn:aws:s3:::network-logs/production/',
} as const;

async function createVpc(): Promise<string> {
  return (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId ?? '';
}

async function create(vpcId: string, input: Partial<CreateFlowLogsCommandInput>) {
  const TagSpecifications = [{ ResourceType: 'vpc-flow-log' as const, Tags: ours }];
  const of = { ResourceType: 'VPC', TrafficType: 'ALL' } as const;
  const command = { ...of, ResourceIds: [vpcId], TagSpecifications, ...input };
  return ec2.send(new CreateFlowLogsCommand(command));
}

async function find(Name: string, ...Values: string[]) {
  return (await ec2.send(new DescribeFlowLogsCommand({ Filter: [{ Name, Values }] }))).FlowLogs ?? [];
}

test('A flow log shows all that it was created with, and whether it delivers', async () => {
  const vpcId = await createVpc();
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  const { FlowLogIds: [FlowLogId = ''] = [], Unsuccessful } = await create(vpcId, toLogs);
  expect(Unsuccessful).toEqual([]);
  const shown = {
    ...toLogs,
    FlowLogId,
    ResourceId: vpcId,
    TrafficType: 'ALL',
    LogDestinationType: 'cloud-watch-logs',
    LogGroupName: logGroupName,
    DeliverLogsStatus: 'SUCCESS',
    FlowLogStatus: 'ACTIVE',
    Tags: ours,
  };
  expect(await find('resource-id', vpcId)).toMatchObject([shown]);
  expect(await find('tag:owner', 'ledger', 'payments')).toHaveLength(1);
  expect(await find('tag:owner', 'ledger')).toEqual([]);

  await logs.send(new DeleteLogGroupCommand({ logGroupName }));
  expect(await find('flow-log-id', FlowLogId)).toMatchObject([
    { DeliverLogsStatus: 'FAILED', DeliverLogsErrorMessage: 'Access error' },
  ]);
});

test('A flow log to a bucket may have a prefix', async () => {
  const vpcId = await createVpc();
  const { Unsuccessful } = await create(vpcId, toBucket);
  expect(Unsuccessful).toMatchObject([{ ResourceId: vpcId, Error: { Code: '400' } }]);
  await s3.send(new CreateBucketCommand({ Bucket: 'network-logs' }));
  await create(vpcId, toBucket);
  expect(await find('log-destination-type', 's3')).toMatchObject([{ ...toBucket, ResourceId: vpcId }]);
  const withRole = { ...toBucket, DeliverLogsPermissionArn: toLogs.DeliverLogsPermissionArn };
  await expect(create(vpcId, withRole)).rejects.toMatchObject({ name: 'InvalidParameter' });
});

test('What fails for a resource is told in a successful answer', async () => {
  const vpcId = await createVpc();
  await create(vpcId, toLogs);
  const byName = {
    LogGroupName: logGroupName,
    DeliverLogsPermissionArn: toLogs.DeliverLogsPermissionArn,
    ResourceIds: [vpcId, 'vpc-00000000000000000', await createVpc()],
  };
  const { FlowLogIds, Unsuccessful } = await create(vpcId, byName);
  expect(FlowLogIds).toHaveLength(1);
  expect(Unsuccessful?.map(({ Error: error }) => error?.Code)).toEqual([
    'FlowLogAlreadyExists',
    'InvalidVpcID.NotFound',
  ]);
  const missing = 'fl-00000000000000000';
  const deletion = new DeleteFlowLogsCommand({ FlowLogIds: [...(FlowLogIds ?? []), missing] });
  expect((await ec2.send(deletion)).Unsuccessful).toMatchObject([
    { ResourceId: missing, Error: { Code: 'InvalidFlowLogId.NotFound' } },
  ]);
  expect(await find('tag:owner', 'payments')).toHaveLength(1);
});

test('A flow log is found a moment late where lists lag', async () => {
  await emulator.setStaleness({ ec2: 60 });
  const { FlowLogIds = [] } = await create(await createVpc(), toLogs);
  expect(await find('tag:owner', 'payments')).toEqual([]);
  expect((await ec2.send(new DescribeFlowLogsCommand({ FlowLogIds }))).FlowLogs).toHaveLength(1);
});
