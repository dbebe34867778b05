import { describe, expect, test } from 'vitest';
import { operationOf } from '../../../../reconcilers/aws/calls/call.ts';
import { retrying } from '../../../../reconcilers/aws/calls/retry.ts';
import { FakeClock } from '../../../fake-clock.ts';

/** How often a call that always fails so is sent, and how long that takes if every wait is the longest. */
async function attemptsOf(command: string, failure: object): Promise<{ attempts: number; lasted: number }> {
  const clock = new FakeClock();
  const start = clock.now();
  const error = Object.assign(new Error('no'), failure);
  let attempts = 0;
  let end = start;
  const outcome = retrying(
    operationOf('kms', command),
    clock,
    async (attempt) => {
      attempts = attempt;
      throw error;
    },
    () => 1,
  ).catch((thrown: unknown) => {
    end = clock.now();
    return thrown;
  });
  await clock.advance(600_000);
  expect(await outcome).toBe(error);
  return { attempts, lasted: end - start };
}

const throttling = { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } };
const unavailable = { name: 'KMSInternalException', $metadata: { httpStatusCode: 500 } };
const reset = { code: 'ECONNRESET' };

describe('retrying', () => {
  test('gives up a throttled call after eight attempts, waiting longer each time', async () => {
    const lasted = 500 + 1_000 + 2_000 + 4_000 + 8_000 + 16_000 + 20_000;
    expect(await attemptsOf('CreateKeyCommand', throttling)).toEqual({ attempts: 8, lasted });
    expect(await attemptsOf('DescribeKeyCommand', throttling)).toEqual({ attempts: 8, lasted });
  });

  test.each([unavailable, reset])(
    'gives up a read after four attempts, and a write after one',
    async (failure) => {
      expect(await attemptsOf('ListKeysCommand', failure)).toEqual({ attempts: 4, lasted: 700 });
      expect(await attemptsOf('CreateKeyCommand', failure)).toEqual({ attempts: 1, lasted: 0 });
    },
  );

  test('does not ask again what was answered', async () => {
    const refusal = { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } };
    expect(await attemptsOf('DescribeKeyCommand', refusal)).toEqual({ attempts: 1, lasted: 0 });
  });
});

describe('an operation', () => {
  test.each(['GetObject', 'ListKeys', 'DescribeKey', 'HeadBucket', 'AssumeRole'])('%s reads', (name) => {
    expect(operationOf('s3', `${name}Command`)).toEqual({ service: 's3', name, mutating: false });
  });
  test.each(['CreateKey', 'PutBucketPolicy', 'DeleteRole', 'TagResource', 'GenerateDataKey'])(
    '%s writes',
    (name) => {
      expect(operationOf('s3', `${name}Command`).mutating).toBe(true);
    },
  );
});
