import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  SubscribeCommand,
  TagResourceCommand,
} from '@aws-sdk/client-sns';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { alarmsUseKey } from '../../../../reconcilers/aws/sns/topic-policy.ts';
import { Topic } from '../../../../reconcilers/aws/sns/topic.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { account, connectTo, type TestConnection } from '../connect.ts';
import { sampleTopic } from './topic-samples.ts';

const node = 'alarms';
const owner = 'ApiService/test/api';
const name = 'test-api-alarms';
const arn = `arn:aws:sns:eu-west-1:123456789012:${name}`;
const spec = sampleTopic(name);
const creation: Creation = { owner, node, tags: { [ownerTag]: owner, [nodeTag]: node } };
const query: OwnerQuery = { owner, names: new Map([[node, name]]), known: new Map(), unconfirmed: new Set() };

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  await emulator.reset();
  await emulator.setStaleness({ tagging: 0 });
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});
afterEach(() => connection.close());

const operations = async (action: () => Promise<unknown>): Promise<readonly string[]> =>
  (await connection.during(action)).map(({ operation }) => operation);

async function attributes() {
  const { Attributes } = await aws.sns.send(new GetTopicAttributesCommand({ TopicArn: arn }));
  return Attributes ?? {};
}

describe('a topic', () => {
  test('lets nobody but the alarms of the account publish', async () => {
    await Topic.create(aws, spec, creation);
    const { Policy = '' } = await attributes();
    expect(JSON.parse(Policy)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AlarmsPublish',
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: arn,
          Condition: { StringEquals: { 'aws:SourceAccount': account } },
        },
      ],
    });
  });

  test('that is encrypted needs a key that alarms of the account may use, and no others', () => {
    expect(alarmsUseKey({ account, region: 'eu-west-1' })).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    });
  });

  test('keeps its subscriptions when it is changed', async () => {
    await Topic.create(aws, spec, creation);
    await aws.sns.send(
      new SubscribeCommand({ TopicArn: arn, Protocol: 'email', Endpoint: 'ops@example.com' }),
    );
    const before = await attributes();
    const [found] = await Topic.list(aws, [query]);
    if (found === undefined) throw new Error('the topic is gone');
    const change = {
      field: 'displayName',
      path: 'displayName',
      from: '',
      to: '',
      severity: 'cosmetic',
    } as const;
    const calls = await operations(() =>
      Topic.update(aws, found, { ...spec, displayName: 'Other' }, [change]),
    );
    expect(calls).toEqual(['SetTopicAttributes']);
    expect(await attributes()).toEqual({ ...before, DisplayName: 'Other' });
  });
});

describe('a topic of the wanted name', () => {
  test('that somebody else made is left as it is, and the creation says how to hand it over', async () => {
    await aws.sns.send(new CreateTopicCommand({ Name: name }));
    const before = await attributes();
    expect(await Topic.list(aws, [query])).toEqual([]);
    await expect(Topic.create(aws, spec, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`put the tags ${ownerTag}=${owner} and ${nodeTag}=${node} on it`),
    });
    expect(await attributes()).toEqual(before);
    const Tags = Object.entries(creation.tags).map(([Key, Value]) => ({ Key, Value }));
    await aws.sns.send(new TagResourceCommand({ ResourceArn: arn, Tags }));
    expect(await Topic.create(aws, spec, creation)).toEqual({ id: arn });
    expect(await Topic.list(aws, [query])).toMatchObject([{ owner, node, spec: { displayName: '' } }]);
  });

  test('of another owner stays the one of that owner, and who remembers it is told whose it is', async () => {
    const other = 'ApiService/other/api';
    await Topic.create(aws, spec, { owner: other, node, tags: { [ownerTag]: other, [nodeTag]: node } });
    const remembered = { ...query, known: new Map([[node, arn]]) };
    expect(await Topic.list(aws, [remembered])).toMatchObject([{ id: arn, owner, ownedBy: other }]);
  });
});

describe('a list of topics', () => {
  test('asks a topic for its tags only while the index does not show them', async () => {
    await emulator.setStaleness({ tagging: 3_600 });
    await Topic.create(aws, spec, creation);
    const list = () => Topic.list(aws, [query]);
    expect(await operations(list)).toEqual(['GetResources', 'GetTopicAttributes', 'ListTagsForResource']);
    await emulator.setStaleness({ tagging: 0 });
    expect(await operations(list)).toEqual(['GetResources', 'GetTopicAttributes']);
  });
});
