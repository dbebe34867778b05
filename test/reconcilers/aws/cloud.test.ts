import { GetKeyPolicyCommand } from '@aws-sdk/client-kms';
import { CreateBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { callContext } from '../../../controller/engine/call-context.ts';
import { NotFound } from '../../../controller/engine/errors.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { startFaultProxy, type Decision, type FaultProxy } from '../../emulator/fault-proxy.ts';
import { account, connectTo, type TestConnection } from './connect.ts';

let emulator: Emulator;
const open: (() => void | Promise<void>)[] = [];

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A connection whose calls of one operation meet these faults, one after the other. */
async function meeting(
  operation: string,
  faults: Decision[],
): Promise<TestConnection & { proxy: FaultProxy }> {
  const proxy = await startFaultProxy(emulator.endpoint, {
    decide: (call) => (call.operation === operation ? (faults.shift() ?? 'pass') : 'pass'),
  });
  const connection = connectTo(proxy.endpoint);
  open.push(connection.close, () => proxy.stop());
  return { ...connection, proxy };
}

const createBucket = (Bucket: string) =>
  new CreateBucketCommand({
    Bucket,
    CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
  });

describe('a call', () => {
  test('that reads is tried again when its answer is lost or the service fails', async () => {
    const { aws, calls } = await meeting('HeadBucket', ['lose-response', 'error500', 'cut']);
    await expect(aws.s3.send(new HeadBucketCommand({ Bucket: 'nowhere' }))).rejects.toBeInstanceOf(NotFound);
    const attempts = calls.filter(({ operation }) => operation === 'HeadBucket');
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
  });

  test('that writes is sent once when its answer is lost, as it may have been carried out', async () => {
    const { aws, calls, proxy } = await meeting('CreateBucket', ['lose-response']);
    await expect(aws.s3.send(createBucket('lost'))).rejects.toThrow('CreateBucket: ');
    expect(calls.filter(({ mutating }) => mutating)).toHaveLength(1);
    expect(proxy.calls.filter(({ mutating }) => mutating)).toHaveLength(1);
  });

  test('that writes is sent once when the service fails', async () => {
    const { aws, calls } = await meeting('CreateBucket', ['error500']);
    await expect(aws.s3.send(createBucket('failed'))).rejects.toThrow('CreateBucket: ');
    expect(calls.filter(({ mutating }) => mutating)).toHaveLength(1);
  });

  test('that is throttled is sent again, also when it writes', async () => {
    const { aws, calls, limiters } = await meeting('CreateBucket', ['throttle', 'throttle']);
    await aws.s3.send(createBucket('throttled'));
    expect(limiters['s3']?.rate).toBeLessThan(100);
    expect(limiters['iam']?.rate).toBe(Number.POSITIVE_INFINITY);
    const attempts = calls.filter(({ operation }) => operation === 'CreateBucket');
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['throttled', 'throttled', 'success']);
  });

  test('is told to the hooks with what it is for', async () => {
    const { aws, calls } = await meeting('', []);
    const context = { purpose: 'create', object: 'DataLake/production/lake', node: 'data' } as const;
    await callContext.run(context, () => aws.s3.send(createBucket('observed')));
    const answer = callContext.run({ purpose: 'observe' }, () =>
      aws.kms.send(new GetKeyPolicyCommand({ KeyId: '11111111-2222-3333-4444-555555555555' })),
    );
    await expect(answer).rejects.toBeInstanceOf(NotFound);
    expect(calls).toEqual([
      expect.objectContaining({ service: 'sts', operation: 'GetCallerIdentity', mutating: false }),
      expect.objectContaining({
        ...context,
        service: 's3',
        operation: 'CreateBucket',
        mutating: true,
        attempt: 1,
      }),
      expect.objectContaining({
        service: 'kms',
        operation: 'GetKeyPolicy',
        purpose: 'observe',
        outcome: 'success',
        errorCode: 'NotFoundException',
      }),
    ]);
  });
});

describe('a connection', () => {
  test('refuses every call when the credentials are of another account', async () => {
    const { aws, calls, close } = connectTo(emulator.endpoint, { accountId: '999999999999' });
    open.push(close);
    for (let call = 0; call < 2; call += 1) {
      await expect(aws.s3.send(createBucket('elsewhere'))).rejects.toMatchObject({
        reason: 'WrongAccount',
        message: expect.stringMatching(new RegExp(`999999999999.*${account}`)),
      });
    }
    expect(new Set(calls.map(({ operation }) => operation))).toEqual(new Set(['GetCallerIdentity']));
  });

  test('asks whose the credentials are once, however many calls begin at the same time', async () => {
    const { aws, calls, close } = connectTo(emulator.endpoint);
    open.push(close);
    await Promise.all(['one', 'two', 'three'].map((name) => aws.s3.send(createBucket(`once-${name}`))));
    expect(calls.filter(({ service }) => service === 'sts')).toHaveLength(1);
  });

  test('assumes its role once for all its clients', async () => {
    const other = '111111111111';
    const assumeRole = { roleArn: `arn:aws:iam::${other}:role/controller`, externalId: 'shared' };
    const { aws, calls, close } = connectTo(emulator.endpoint, { accountId: other, assumeRole });
    open.push(close);
    await aws.s3.send(createBucket('in-the-other-account'));
    const answer = aws.kms.send(new GetKeyPolicyCommand({ KeyId: '11111111-2222-3333-4444-555555555555' }));
    await expect(answer).rejects.toBeInstanceOf(NotFound);
    expect(calls.filter(({ operation }) => operation === 'AssumeRole')).toHaveLength(1);
  });

  test('assumes its role again before the credentials expire, as often as it has to', async () => {
    const other = '111111111111';
    const assumeRole = { roleArn: `arn:aws:iam::${other}:role/controller` };
    const { aws, calls, close } = connectTo(emulator.endpoint, { accountId: other, assumeRole });
    open.push(close, () => void vi.useRealTimers());
    const assumed = () => calls.filter(({ operation }) => operation === 'AssumeRole').length;
    for (let hour = 0; hour < 3; hour += 1) {
      const before = assumed();
      await aws.s3.send(createBucket(`in-hour-${hour}`));
      // AWS's clock stays, so that to this one its credentials have expired when they are made.
      expect(assumed()).toBeGreaterThan(before);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    }
  });
});
