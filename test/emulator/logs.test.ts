import {
  AssociateKmsKeyCommand,
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DisassociateKmsKeyCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type DescribeLogGroupsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let logs: CloudWatchLogsClient;
let kms: KMSClient;
let tagging: ResourceGroupsTaggingAPIClient;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  logs = new CloudWatchLogsClient(options);
  kms = new KMSClient(options);
  tagging = new ResourceGroupsTaggingAPIClient(options);
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

const logGroupName = '/aws/vpc/production';
const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}`;

async function find(input: DescribeLogGroupsCommandInput) {
  return (await logs.send(new DescribeLogGroupsCommand(input))).logGroups ?? [];
}

async function tagsOf(resourceArn: string) {
  return (await logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
}

async function indexed() {
  const command = new GetResourcesCommand({
    ResourceTypeFilters: ['logs:log-group'],
    TagFilters: [{ Key: 'owner', Values: ['payments'] }],
  });
  return (await tagging.send(command)).ResourceTagMappingList?.map(({ ResourceARN }) => ResourceARN);
}

test('Log groups are found by names and ARNs, and those that are missing are left out', async () => {
  await logs.send(new CreateLogGroupCommand({ logGroupName, logGroupClass: 'INFREQUENT_ACCESS' }));
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'other' }));
  const found = await find({ logGroupIdentifiers: [arn, 'other', 'missing'] });
  expect(found).toMatchObject([
    { logGroupName, logGroupClass: 'INFREQUENT_ACCESS', logGroupArn: arn, arn: `${arn}:*` },
    { logGroupName: 'other', logGroupClass: 'STANDARD' },
  ]);
  expect(await find({ logGroupNamePattern: 'vpc' })).toMatchObject([{ logGroupName }]);
  const tooMany = Array.from({ length: 51 }, (_, number) => `group-${number}`);
  for (const refused of [
    { logGroupIdentifiers: tooMany },
    { logGroupIdentifiers: [`${arn}:*`] },
    { logGroupIdentifiers: [arn], logGroupNamePrefix: '/aws' },
  ])
    await expect(find(refused)).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('Log groups come in pages', async () => {
  for (const name of ['a', 'b', 'c']) await logs.send(new CreateLogGroupCommand({ logGroupName: name }));
  const first = await logs.send(new DescribeLogGroupsCommand({ limit: 2 }));
  const { nextToken } = first;
  const second = await logs.send(new DescribeLogGroupsCommand({ limit: 2, nextToken }));
  const names = [...(first.logGroups ?? []), ...(second.logGroups ?? [])].map((group) => group.logGroupName);
  expect(names).toEqual(['a', 'b', 'c']);
  expect(second.nextToken).toBeUndefined();
});

test('A log group is created once, with tags that go when it is deleted', async () => {
  const create = new CreateLogGroupCommand({ logGroupName, tags: { owner: 'payments' } });
  await logs.send(create);
  await expect(logs.send(create)).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  await logs.send(new TagResourceCommand({ resourceArn: arn, tags: { node: 'logs' } }));
  expect(await tagsOf(arn)).toEqual({ owner: 'payments', node: 'logs' });
  await logs.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['owner'] }));
  expect(await tagsOf(arn)).toEqual({ node: 'logs' });

  await logs.send(new DeleteLogGroupCommand({ logGroupName }));
  await expect(tagsOf(arn)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  expect(await tagsOf(arn)).toEqual({});
});

test('Events are kept for one of the numbers of days that AWS has, or for ever', async () => {
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await expect(
    logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 31 })),
  ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 365 }));
  expect(await find({})).toMatchObject([{ retentionInDays: 365 }]);
  await logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
  expect((await find({}))[0]?.retentionInDays).toBeUndefined();
});

test('A log group takes an enabled key, and gives it up', async () => {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const kmsKeyId = KeyMetadata?.Arn ?? '';
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId }));
  expect(await find({})).toMatchObject([{ kmsKeyId }]);
  await logs.send(new DisassociateKmsKeyCommand({ logGroupName }));
  expect((await find({}))[0]?.kmsKeyId).toBeUndefined();

  await kms.send(new DisableKeyCommand({ KeyId: kmsKeyId }));
  await expect(
    logs.send(new CreateLogGroupCommand({ logGroupName: 'other', kmsKeyId })),
  ).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('The tagging index shows log groups, later than they are created', async () => {
  await emulator.setStaleness({ tagging: 60 });
  await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { owner: 'payments' } }));
  expect(await indexed()).toEqual([]);
  await emulator.setStaleness({ tagging: 0 });
  expect(await indexed()).toEqual([arn]);
});
