import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

const Name = 'alarms';
const TopicArn = `arn:aws:sns:us-east-1:123456789012:${Name}`;
const refused = { name: expect.stringMatching(/^InvalidParameter/) };

let emulator: Emulator;
let sns: SNSClient;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  sns = new SNSClient({ endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

const create = (team?: string, DisplayName = 'Alarms') =>
  sns.send(
    new CreateTopicCommand({
      Name,
      Attributes: { DisplayName },
      ...(team === undefined ? {} : { Tags: [{ Key: 'team', Value: team }] }),
    }),
  );

const set = (AttributeName: string, AttributeValue: string) =>
  sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));

test('A topic that is made again as it is stays one, and with other tags or attributes is refused', async () => {
  await create('one');
  expect(await create('one')).toMatchObject({ TopicArn });
  expect(await create()).toMatchObject({ TopicArn });
  await expect(create('two')).rejects.toThrow('Topic already exists with different tags');
  await expect(create('one', 'Other')).rejects.toMatchObject(refused);
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes).toMatchObject({ DisplayName: 'Alarms' });
});

test.each([
  ['Colour', 'red'],
  ['DisplayName', 'x'.repeat(101)],
  ['Policy', 'no policy'],
  ['Policy', JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }] })],
])('The attribute %s of a topic is not set to %s', async (name, value) => {
  await create();
  await expect(set(name, value)).rejects.toMatchObject(refused);
});
