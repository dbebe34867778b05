import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { CreateBucketCommand, PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownerTag } from '../../../controller/engine/ownership.ts';
import type { Aws } from '../../../reconcilers/aws/cloud.ts';
import { findOwned } from '../../../reconcilers/aws/owned.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { connectTo, type TestConnection } from './connect.ts';

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;

beforeAll(async () => {
  emulator = await startEmulator();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
  for (const owner of ['one', 'two']) {
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
    await aws.s3.send(new CreateBucketCommand({ Bucket: `of-${owner}`, CreateBucketConfiguration }));
    const TagSet = [{ Key: ownerTag, Value: owner }];
    await aws.s3.send(new PutBucketTaggingCommand({ Bucket: `of-${owner}`, Tagging: { TagSet } }));
  }
  await aws.kms.send(new CreateKeyCommand({ Tags: [{ TagKey: ownerTag, TagValue: 'one' }] }));
});
afterAll(async () => {
  connection.close();
  await emulator.stop();
});

describe('findOwned', () => {
  test('finds the resources of a type that an owner has', async () => {
    const found = await findOwned(aws, 's3', ['one']);
    expect(found).toEqual([{ arn: 'arn:aws:s3:::of-one', owner: 'one', tags: { [ownerTag]: 'one' } }]);
  });

  test('asks once for all types and owners that are searched at the same time', async () => {
    const calls = await connection.during(async () => {
      const [buckets, keys, others] = await Promise.all([
        findOwned(aws, 's3', ['one', 'two']),
        findOwned(aws, 'kms:key', ['one']),
        findOwned(aws, 's3', ['three']),
      ]);
      expect(buckets.map(({ owner }) => owner)).toEqual(['one', 'two']);
      expect(keys).toMatchObject([{ arn: expect.stringContaining(':key/') }]);
      expect(others).toEqual([]);
    });
    expect(calls).toHaveLength(1);
  });

  test('asks for twenty owners at a time, which is all that the API takes', async () => {
    const owners = Array.from({ length: 41 }, (_, index) => `owner-${index}`);
    const calls = await connection.during(() => findOwned(aws, 's3', owners));
    expect(calls).toHaveLength(3);
  });

  test('keeps nothing from one search to the next', async () => {
    const calls = await connection.during(async () => {
      await findOwned(aws, 's3', ['one']);
      await findOwned(aws, 's3', ['one']);
    });
    expect(calls).toHaveLength(2);
  });
});
