import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startFaultProxy, type Decision, type FaultProxyOptions } from './fault-proxy.ts';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

async function behind(options: FaultProxyOptions, maxAttempts = 1) {
  const proxy = await startFaultProxy(emulator.endpoint, options);
  const config = {
    endpoint: proxy.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts,
  };
  return {
    proxy,
    s3: new S3Client(config),
    iam: new IAMClient(config),
    kms: new KMSClient(config),
    [Symbol.asyncDispose]: proxy.stop,
  };
}

test('operations have the names that AWS gives them, and only those that write are counted as such', async () => {
  await using aws = await behind({});
  const Bucket = 'named';
  await aws.s3.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await aws.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  await aws.s3.send(new PutObjectCommand({ Bucket, Key: 'a/b c', Body: 'text' }));
  const object = await aws.s3.send(new GetObjectCommand({ Bucket, Key: 'a/b c' }));
  expect(await object.Body?.transformToString()).toBe('text');
  await aws.s3.send(new HeadBucketCommand({ Bucket }));
  await aws.iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust }));
  await aws.kms.send(new ListKeysCommand({}));

  expect(aws.proxy.calls.map((call) => [call.service, call.operation, call.mutatingIndex])).toEqual([
    ['s3', 'CreateBucket', 0],
    ['s3', 'PutBucketVersioning', 1],
    ['s3', 'PutObject', 2],
    ['s3', 'GetObject', -1],
    ['s3', 'HeadBucket', -1],
    ['iam', 'CreateRole', 3],
    ['kms', 'ListKeys', -1],
  ]);
});

test('throttling looks as it does on AWS in each protocol', async () => {
  await using aws = await behind({ decide: () => 'throttle' });
  await expect(aws.s3.send(new CreateBucketCommand({ Bucket: 'slow' }))).rejects.toMatchObject({
    name: 'SlowDown',
    $metadata: { httpStatusCode: 503 },
  });
  await expect(aws.iam.send(new GetRoleCommand({ RoleName: 'r' }))).rejects.toMatchObject({
    name: 'Throttling',
  });
  await expect(aws.kms.send(new ListKeysCommand({}))).rejects.toMatchObject({ name: 'ThrottlingException' });
});

test('a refusal repeats every value of the request, in each protocol', async () => {
  await using aws = await behind({ decide: () => 'quote' });
  const quoted = {
    name: 'InvalidParameterValue',
    message: expect.stringContaining("Value '<r & s>' failed"),
  };
  await expect(aws.iam.send(new GetRoleCommand({ RoleName: '<r & s>' }))).rejects.toMatchObject(quoted);
  await expect(aws.kms.send(new ListKeysCommand({ Marker: '<r & s>' }))).rejects.toMatchObject(quoted);
});

test('a lost response is of a call that was made, a cut one of a call that was not', async () => {
  const decisions: Decision[] = ['cut', 'lose-response'];
  await using aws = await behind({ decide: () => decisions.shift() ?? 'pass' });
  const create = (RoleName: string) =>
    aws.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  await expect(create('cut')).rejects.toMatchObject({ code: 'ECONNRESET' });
  await expect(create('lost')).rejects.toMatchObject({ code: 'ECONNRESET' });
  await expect(aws.iam.send(new GetRoleCommand({ RoleName: 'cut' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
  expect((await aws.iam.send(new GetRoleCommand({ RoleName: 'lost' }))).Role?.RoleName).toBe('lost');
});

test('a call is held until it is released, and its hooks are awaited', async () => {
  const steps: string[] = [];
  await using aws = await behind({
    decide: () => 'hold',
    beforeForward: (call) => void steps.push(`before ${call.operation}`),
    afterForward: (call) => void steps.push(`after ${call.operation}`),
  });
  const answer = aws.kms.send(new ListKeysCommand({}));
  await aws.proxy.whenHeld();
  expect(steps).toEqual([]);
  aws.proxy.release();
  expect((await answer).Keys).toEqual([]);
  expect(steps).toEqual(['before ListKeys', 'after ListKeys']);
});
