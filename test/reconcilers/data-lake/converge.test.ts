import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import { readAwsState, type AwsState } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, mutating, type Pass } from '../../product.ts';
import {
  contract,
  dataBucket,
  keyAlias,
  lakeKey,
  logBucket,
  production,
  replicaBucket,
  roleName,
} from './lake.ts';

let emulator: Emulator;
let clients: Clients;
let controller: Controller;
let passes: readonly Pass[];
let state: AwsState;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
  controller = new Controller(emulator.endpoint);
  await controller.apply(production());
  passes = await controller.converge(lakeKey);
  state = await readAwsState(clients);
});

afterAll(async () => {
  controller.close();
  await emulator.stop();
});

test('two passes are enough, and the second one writes nothing', () => {
  expect(passes.length).toBeLessThanOrEqual(2);
  expect(mutating(passes.at(-1)?.calls ?? [])).toEqual([]);
});

test('what is in AWS then is what people who know AWS expect of a data lake', async () => {
  await expect(stringify(state, { lineWidth: 0 })).toMatchFileSnapshot('converged.txt');
});

test('the lake says that it is ready, with all its parts', () => {
  expect(controller.conditions(lakeKey)).toEqual({
    Ready: 'True InSync: 5 resources are as the manifest says',
    Drifted: 'False NoDrift: AWS is as it was left',
    AccessLogsReady: 'True InSync: access-logs',
    EncryptionReady: 'True InSync: key',
    ReplicationReady: 'True InSync: replica; replication',
    StorageReady: 'True InSync: data',
  });
});

test('its status has the ARNs that other people need', () => {
  expect(controller.record(lakeKey).status).toMatchObject({
    bucketArn: `arn:aws:s3:::${dataBucket}`,
    accessLogBucketArn: `arn:aws:s3:::${logBucket}`,
    replicaBucketArn: `arn:aws:s3:::${replicaBucket}`,
    kmsKeyArn: expect.stringMatching(/^arn:aws:kms:us-east-1:123456789012:key\/[-0-9a-f]{36}$/),
    resources: expect.arrayContaining([
      { node: 'access-logs', type: 's3/bucket', id: logBucket, state: 'ready' },
      { node: 'data', type: 's3/bucket', id: dataBucket, state: 'ready' },
      { node: 'key', type: 'kms/key', id: expect.stringMatching(/^[-0-9a-f]{36}$/), state: 'ready' },
      { node: 'replica', type: 's3/bucket', id: replicaBucket, state: 'ready' },
      { node: 'replication', type: 'iam/role', id: roleName, state: 'ready' },
    ]),
  });
});

test.each([
  ['data', () => part(state.buckets, dataBucket)],
  ['replica', () => part(state.buckets, replicaBucket)],
  ['access-logs', () => part(state.buckets, logBucket)],
  ['key', () => part(state.keys, 'production-lake-key')],
  ['replication', () => part(state.roles, roleName)],
])('the resource %s has the tags of the Environment, and says whose it is', (node, resource) => {
  const spec = part(contract.environment, 'spec');
  expect(part(resource(), 'tags')).toMatchObject({
    ...part(spec, 'tags'),
    ManagedBy: 'fintech-controller',
    Name: `production-lake-${node}`,
    'fintech.global/owner': lakeKey,
    'fintech.global/node': node,
  });
  expect(Object.keys(part(spec, 'tags'))).toHaveLength(8);
});

test('the bucket of the access logs does not log to itself, and is not encrypted with the key, which S3 could not use', () => {
  const logs = part(state.buckets, logBucket);
  expect(logs).not.toHaveProperty('logging');
  expect(logs['encryption']).toMatchObject([
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
  ]);
});

test.each([dataBucket, replicaBucket])(
  '%s refuses what is not encrypted with the key, or does not come by TLS 1.2',
  (bucket) => {
    const statements = part(part(state.buckets, bucket), 'policy')['Statement'];
    // The emulator does not judge conditions, so the words have to do.
    expect(statements).toMatchObject([
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } },
      },
      {
        Effect: 'Deny',
        Action: 's3:PutObject',
        Condition: {
          StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
          Null: { 's3:x-amz-server-side-encryption': 'false' },
        },
      },
      {
        Effect: 'Deny',
        Action: 's3:PutObject',
        Condition: {
          StringNotEquals: {
            's3:x-amz-server-side-encryption-aws-kms-key-id': expect.stringMatching(
              /:key\/<production-lake-key>$/,
            ),
          },
        },
      },
    ]);
  },
);

test('an object that asks for nothing is encrypted with the key', async () => {
  const put = await clients.s3.send(
    new PutObjectCommand({ Bucket: dataBucket, Key: 'raw/events/1', Body: 'one' }),
  );
  expect(put.ServerSideEncryption).toBe('aws:kms');
  expect(put.SSEKMSKeyId).toBe(controller.record(lakeKey).status['kmsKeyArn']);
});

test('the alias names the key', () => {
  expect(part(state.keys, 'production-lake-key')['aliases']).toEqual([keyAlias]);
});

test('a pass that finds nothing to do writes nothing and takes 59 calls', async () => {
  const { calls, verdict } = await controller.pass(lakeKey);
  expect(mutating(calls)).toEqual([]);
  expect(verdict.error).toBeUndefined();
  expect(verdict).toMatchObject({ wrote: false, appeared: [], resync: 300_000 });
  const byService = Map.groupBy(calls, ({ service }) => service);
  const counts = Object.fromEntries([...byService].map(([service, group]) => [service, group.length]));
  // S3 tells the fifteen parts of a bucket one by one, and there are seven folders.
  expect(counts).toEqual({ s3: 3 * 15 + 7, kms: 4, iam: 2, tagging: 1 });
});

function part(of: unknown, name: string): JsonObject {
  const found = isJsonObject(of) ? of[name] : undefined;
  if (!isJsonObject(found)) throw new Error(`there is no ${name}`);
  return found;
}
