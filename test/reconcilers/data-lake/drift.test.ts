import { CreateKeyCommand, UpdateAliasCommand } from '@aws-sdk/client-kms';
import {
  GetBucketNotificationConfigurationCommand,
  GetBucketTaggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { readAwsState } from '../../aws-state.ts';
import { Controller, mutating } from '../../product.ts';
import { testDrift, told } from '../drift-suite.ts';
import { oneObject, type DriftingKind } from '../drifting-object.ts';
import { bucketDrift } from './bucket-drift.ts';
import { keyDrift, roleDrift } from './key-and-role-drift.ts';
import { dataBucket, keyAlias, lakeKey, logBucket, production } from './lake.ts';

/** The lake of the contract. */
const lake: DriftingKind = {
  key: lakeKey,
  manifests: (mode) => production({ annotations: { 'fintech.global/mode': mode } }),
  async create(endpoint, clock) {
    const controller = new Controller(endpoint, [], clock);
    await controller.apply(production());
    await controller.converge(lakeKey);
    return controller;
  },
  read: readAwsState,
  account: (clients) => clients,
};

const object = oneObject(lake);

testDrift(object, [...bucketDrift, ...keyDrift, ...roleDrift]);

async function suspend(): Promise<void> {
  const VersioningConfiguration = { Status: 'Suspended' } as const;
  await object().clients.s3.send(
    new PutBucketVersioningCommand({ Bucket: logBucket, VersioningConfiguration }),
  );
}

describe('besides', () => {
  test('a paused object is looked at and not written', async () => {
    const { controller } = object();
    await controller.apply(production({ annotations: { 'fintech.global/mode': 'Paused' } }));
    await suspend();
    const pass = await controller.pass(lakeKey);
    expect(mutating(pass.calls)).toEqual([]);
    expect(told([pass])).toEqual([
      's3/bucket access-logs: versioning is Suspended, should be Enabled (availability)',
    ]);
    expect(controller.conditions(lakeKey)).toMatchObject({
      Ready: expect.stringMatching(/^False /),
      Drifted: expect.stringMatching(/^True /),
      Paused: expect.stringMatching(/^True Paused: /),
    });
  });

  test('a pause that has ended is over', async () => {
    const { clients, controller } = object();
    const ended = '2020-01-01T00:00:00Z';
    const annotations = { 'fintech.global/mode': 'Paused', 'fintech.global/paused-until': ended };
    await controller.apply(production({ annotations }));
    await suspend();
    await controller.converge(lakeKey);
    const { buckets } = await readAwsState(clients);
    expect(buckets[logBucket]).toMatchObject({ versioning: 'Enabled' });
  });

  test('a field that is left to somebody else is shown as ignored, and the others are corrected', async () => {
    const { clients, controller } = object();
    await controller.apply(
      production({ annotations: { 'fintech.global/ignore': 'access-logs.versioning' } }),
    );
    await suspend();
    await clients.s3.send(new PutBucketTaggingCommand({ Bucket: logBucket, Tagging: { TagSet: [] } }));
    await controller.converge(lakeKey);
    const { buckets } = await readAwsState(clients);
    expect(buckets[logBucket]).toMatchObject({
      versioning: 'Suspended',
      tags: { Name: 'production-lake-access-logs' },
    });
    expect(controller.conditions(lakeKey)).toMatchObject({
      Ready: expect.stringMatching(/^True InSync/),
      Drifted: 'False NoDrift: s3/bucket access-logs: versioning is Suspended, should be Enabled (ignored)',
    });
  });

  test('tags and notifications of others are left alone', async () => {
    const { clients, controller } = object();
    const { TagSet = [] } = await clients.s3.send(new GetBucketTaggingCommand({ Bucket: dataBucket }));
    const Tagging = { TagSet: [...TagSet, { Key: 'backup-plan', Value: 'nightly' }] };
    await clients.s3.send(new PutBucketTaggingCommand({ Bucket: dataBucket, Tagging }));
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await clients.s3.send(
      new PutBucketNotificationConfigurationCommand({ Bucket: dataBucket, NotificationConfiguration }),
    );
    const pass = await controller.pass(lakeKey);
    expect(told([pass])).toEqual([]);
    expect(mutating(pass.calls)).toEqual([]);

    await controller.apply(production({ lake: { emptyOnDeletion: true } }));
    await controller.converge(lakeKey);
    const { buckets } = await readAwsState(clients);
    expect(buckets[dataBucket]).toMatchObject({
      tags: { 'backup-plan': 'nightly', 'fintech.global/empty-on-deletion': 'true' },
    });
    const found = await clients.s3.send(
      new GetBucketNotificationConfigurationCommand({ Bucket: dataBucket }),
    );
    expect(found.EventBridgeConfiguration).toBeDefined();
  });

  test('an alias that was given to a key of somebody else is told, and a person has to decide', async () => {
    const { clients, controller } = object();
    const { KeyMetadata } = await clients.kms.send(new CreateKeyCommand({}));
    await clients.kms.send(new UpdateAliasCommand({ AliasName: keyAlias, TargetKeyId: KeyMetadata?.KeyId }));
    const pass = await controller.pass(lakeKey);
    expect(told([pass])).toEqual([`kms/key key: alias is "", should be ${keyAlias} (availability)`]);
    expect(controller.conditions(lakeKey)['Stalled']).toMatch(
      /^True NotOwned: kms\/key key cannot have alias\/production-lake-key: it names the key [-0-9a-f]+ that nobody here owns; /,
    );
    expect(Object.keys((await readAwsState(clients)).keys)).toHaveLength(2);
  });

  test('object lock that somebody switched on cannot be taken back, which is told and needs a person', async () => {
    const { clients, controller } = object();
    await clients.s3.send(
      new PutObjectLockConfigurationCommand({
        Bucket: logBucket,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
      }),
    );
    const pass = await controller.pass(lakeKey);
    expect(told([pass])).toEqual([
      's3/bucket access-logs: objectLockEnabled is true, should be false (security)',
    ]);
    expect(mutating(pass.calls)).toEqual([]);
    expect(controller.conditions(lakeKey)['Stalled']).toMatch(
      /^True ApprovalRequired: .*objectLockEnabled cannot be changed in place.*fintech\.global\/approve: "[0-9a-f]{12}"$/,
    );
  });
});
