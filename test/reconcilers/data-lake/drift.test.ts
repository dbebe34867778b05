import { CreateKeyCommand, UpdateAliasCommand } from '@aws-sdk/client-kms';
import {
  GetBucketNotificationConfigurationCommand,
  GetBucketTaggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeDrift } from '../../../controller/drift.ts';
import { changesBetween, readAwsState, type AwsState } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating, type Pass } from '../../product.ts';
import { bucketDrift } from './bucket-drift.ts';
import { unmatched } from './drift-rows.ts';
import { keyDrift, roleDrift } from './key-and-role-drift.ts';
import { dataBucket, keyAlias, lakeKey, logBucket, production } from './lake.ts';

const rows = [...bucketDrift, ...keyDrift, ...roleDrift];

let emulator: Emulator;
let clients: Clients;
let controller: Controller;
let converged: AwsState;
/** Set while everything is as it was converged, so that a row need not begin from nothing. */
let isUntouched = false;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
});

beforeEach(async () => {
  if (!isUntouched) {
    await emulator.reset();
    controller?.close();
    controller = new Controller(emulator.endpoint, [], fasterClock(100));
    await controller.apply(production());
    await controller.converge(lakeKey);
    converged = await readAwsState(clients);
  }
  isUntouched = false;
});

afterAll(async () => {
  controller.close();
  await emulator.stop();
});

const told = ({ verdict }: Pass) => verdict.appeared.filter((drift) => !drift.ignored).map(describeDrift);
const eventsOf = (reason: string) =>
  controller
    .record(lakeKey)
    .events.filter((event) => event.reason === reason)
    .map(({ message }) => message);
/** A folder that was put back has the deletion of the first one beside it. */
const changesSince = async () =>
  changesBetween(converged, await readAwsState(clients)).filter(
    (change) => !/\.objects: .*deleted/.test(change),
  );
async function suspend(): Promise<void> {
  const VersioningConfiguration = { Status: 'Suspended' } as const;
  await clients.s3.send(new PutBucketVersioningCommand({ Bucket: logBucket, VersioningConfiguration }));
}

const nothing = { missing: [], unexpected: [] };

describe('in Enforce', () => {
  test.each(rows)(
    'what somebody does who $what is told, corrected, and told to be corrected',
    async ({ change, says }) => {
      await change(clients);
      const [first, ...others] = await controller.converge(lakeKey);
      if (first === undefined) throw new Error('there was a pass');

      expect(unmatched(says, told(first))).toEqual(nothing);
      expect(unmatched(says, eventsOf('DriftDetected').slice(-says.length))).toEqual(nothing);
      const corrected = others.flatMap(({ verdict }) => verdict.corrected.map(describeDrift));
      expect(unmatched(says, corrected)).toEqual(nothing);
      expect(eventsOf('DriftCorrected').at(-1)).toMatch(/^corrected /);
      expect(controller.conditions(lakeKey)).toMatchObject({
        Ready: 'True InSync: 5 resources are as the manifest says',
        Drifted: 'False NoDrift: AWS is as it was left',
      });
      isUntouched = true;
    },
  );

  test('after all of it, AWS is as if nothing had happened', async () => {
    expect(await changesSince()).toEqual([]);
    isUntouched = true;
  });
});

describe('in Observe', () => {
  test('all of it is told, and not one call writes', async () => {
    const together = rows.filter(({ alone }) => alone !== true);
    for (const { change } of together) await change(clients);
    await controller.apply(production({ annotations: { 'fintech.global/mode': 'Observe' } }));
    const before = await readAwsState(clients);
    const pass = await controller.pass(lakeKey);

    expect(
      unmatched(
        together.flatMap(({ says }) => says),
        told(pass),
      ),
    ).toEqual(nothing);
    expect(mutating(pass.calls)).toEqual([]);
    expect(changesBetween(before, await readAwsState(clients))).toEqual([]);
    expect(controller.conditions(lakeKey)).toMatchObject({
      Ready: expect.stringMatching(
        /^False DriftDetected: mode Observe: AWS is not as the manifest says and is left as it is/,
      ),
      Drifted: expect.stringMatching(/^True DriftDetected: .*; and \d+ more$/),
      Stalled: expect.stringMatching(/^True DriftDetected/),
    });

    const again = await controller.pass(lakeKey);
    expect(told(again)).toEqual([]);
  });

  test('all of it is corrected at once when the mode is Enforce again', async () => {
    await controller.apply(production({ annotations: { 'fintech.global/mode': 'Observe' } }));
    for (const { change, alone } of rows) if (alone !== true) await change(clients);
    await controller.pass(lakeKey);
    await controller.apply(production());
    await controller.converge(lakeKey);
    expect(await changesSince()).toEqual([]);
  });

  test.each(rows.filter(({ alone }) => alone === true))(
    'what somebody does who $what is told, and left',
    async ({ change, says }) => {
      await controller.apply(production({ annotations: { 'fintech.global/mode': 'Observe' } }));
      await change(clients);
      const pass = await controller.pass(lakeKey);
      expect(unmatched(says, told(pass))).toEqual(nothing);
      expect(mutating(pass.calls)).toEqual([]);
      expect(controller.conditions(lakeKey)['Drifted']).toMatch(/^True DriftDetected/);
      // Put back by the product, which is quicker than to begin again.
      await controller.apply(production());
      await controller.converge(lakeKey);
      isUntouched = true;
    },
  );
});

describe('besides', () => {
  test('a paused object is looked at and not written', async () => {
    await controller.apply(production({ annotations: { 'fintech.global/mode': 'Paused' } }));
    await suspend();
    const pass = await controller.pass(lakeKey);
    expect(mutating(pass.calls)).toEqual([]);
    expect(told(pass)).toEqual([
      's3/bucket access-logs: versioning is Suspended, should be Enabled (availability)',
    ]);
    expect(controller.conditions(lakeKey)).toMatchObject({
      Ready: expect.stringMatching(/^False /),
      Drifted: expect.stringMatching(/^True /),
      Paused: expect.stringMatching(/^True Paused: /),
    });
  });

  test('a pause that has ended is over', async () => {
    const ended = '2020-01-01T00:00:00Z';
    const annotations = { 'fintech.global/mode': 'Paused', 'fintech.global/paused-until': ended };
    await controller.apply(production({ annotations }));
    await suspend();
    await controller.converge(lakeKey);
    const { buckets } = await readAwsState(clients);
    expect(buckets[logBucket]).toMatchObject({ versioning: 'Enabled' });
  });

  test('a field that is left to somebody else is shown as ignored, and the others are corrected', async () => {
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
    const { TagSet = [] } = await clients.s3.send(new GetBucketTaggingCommand({ Bucket: dataBucket }));
    const Tagging = { TagSet: [...TagSet, { Key: 'backup-plan', Value: 'nightly' }] };
    await clients.s3.send(new PutBucketTaggingCommand({ Bucket: dataBucket, Tagging }));
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await clients.s3.send(
      new PutBucketNotificationConfigurationCommand({ Bucket: dataBucket, NotificationConfiguration }),
    );
    const pass = await controller.pass(lakeKey);
    expect(told(pass)).toEqual([]);
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
    const { KeyMetadata } = await clients.kms.send(new CreateKeyCommand({}));
    await clients.kms.send(new UpdateAliasCommand({ AliasName: keyAlias, TargetKeyId: KeyMetadata?.KeyId }));
    const pass = await controller.pass(lakeKey);
    expect(told(pass)).toEqual([`kms/key key: alias is "", should be ${keyAlias} (availability)`]);
    expect(controller.conditions(lakeKey)['Stalled']).toMatch(
      /^True NotOwned: kms\/key key cannot have alias\/production-lake-key: it names the key [-0-9a-f]+ that nobody here owns; /,
    );
    expect(Object.keys((await readAwsState(clients)).keys)).toHaveLength(2);
  });

  test('object lock that somebody switched on cannot be taken back, which is told and needs a person', async () => {
    await clients.s3.send(
      new PutObjectLockConfigurationCommand({
        Bucket: logBucket,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
      }),
    );
    const pass = await controller.pass(lakeKey);
    expect(told(pass)).toEqual([
      's3/bucket access-logs: objectLockEnabled is true, should be false (security)',
    ]);
    expect(mutating(pass.calls)).toEqual([]);
    expect(controller.conditions(lakeKey)['Stalled']).toMatch(
      /^True ApprovalRequired: .*objectLockEnabled cannot be changed in place.*fintech\.global\/approve: "[0-9a-f]{12}"$/,
    );
  });
});
