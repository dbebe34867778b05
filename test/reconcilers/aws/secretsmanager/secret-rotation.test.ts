import {
  PutSecretValueCommand,
  TagResourceCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { SecretSpec } from '../../../../reconcilers/aws/secretsmanager/secret-spec.ts';
import { promote, readSecret } from '../../../../reconcilers/aws/secretsmanager/secret-value.ts';
import { Secret } from '../../../../reconcilers/aws/secretsmanager/secret.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { sampleSecret } from './secret-samples.ts';

const DAY = 24 * 60 * 60_000;
const name = 'fintech/db-credentials';
const owner = 'LedgerDatabase/test/ledger';
const node = 'credentials';
const spec = sampleSecret(name);
const creation: Creation = { owner, node, tags: { [ownerTag]: owner, [nodeTag]: node } };
const query: OwnerQuery = { owner, names: new Map([[node, name]]), known: new Map(), unconfirmed: new Set() };

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
// A connection remembers what it wrote lately.
beforeEach(async () => {
  await emulator.reset();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});
afterEach(() => {
  vi.useRealTimers();
  connection.close();
});

async function current() {
  const [found] = await Secret.list(aws, [query]);
  if (found === undefined) throw new Error('the secret is gone');
  return found;
}

async function update(wanted: SecretSpec): Promise<void> {
  const found = await current();
  await Secret.update(aws, found, wanted, differences(Secret, wanted, found.spec));
}

const operations = async (action: () => Promise<unknown>): Promise<readonly string[]> =>
  (await connection.during(action)).map(({ operation }) => operation);

/** The daemon's clock only: AWS's goes on as before. */
function daysLater(days: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * DAY });
}

describe('a secret that is to be rotated', () => {
  const rotated = { ...spec, rotateAfterDays: 30 };

  test('is due when its value is older than the days, and not before', async () => {
    await Secret.create(aws, rotated, creation);
    daysLater(29);
    expect((await current()).spec.age).toBe('current');
    daysLater(2);
    expect((await current()).spec.age).toBe('due');
  });

  test('gets a successor that is not in force before somebody promotes it', async () => {
    const { id } = await Secret.create(aws, rotated, creation);
    const before = await readSecret(aws, id);
    daysLater(31);
    await update(rotated);

    const { spec: shown, outputs } = await current();
    expect(shown.age).toBe('current');
    expect(outputs.versionId).toBe(before.versionId);
    expect(outputs.newestVersionId).not.toBe(before.versionId);
    expect((await readSecret(aws, id)).part('password')).toBe(before.part('password'));
    const successor = await readSecret(aws, id, outputs.newestVersionId);
    expect(successor.parts()).toMatchObject({ username: 'fintechadmin', port: 5432 });
    expect(successor.part('password')).not.toBe(before.part('password'));

    for (let again = 0; again < 2; again += 1) {
      await promote(aws, id, outputs.newestVersionId);
      const after = await current();
      expect(after.outputs).toMatchObject({
        versionId: successor.versionId,
        newestVersionId: successor.versionId,
      });
      expect((await readSecret(aws, id)).part('password')).toBe(successor.part('password'));
    }
  });

  test('keeps what others added to its value', async () => {
    const { id } = await Secret.create(aws, rotated, creation);
    const SecretString = JSON.stringify({ ...(await readSecret(aws, id)).parts(), host: 'db.internal' });
    await aws.secrets.send(new PutSecretValueCommand({ SecretId: id, SecretString }));
    daysLater(31);
    await update(rotated);
    const { newestVersionId } = (await current()).outputs;
    expect((await readSecret(aws, id, newestVersionId)).part('host')).toBe('db.internal');
  });

  test('has one successor however often it is asked for, also after it lost its label', async () => {
    await Secret.create(aws, rotated, creation);
    daysLater(31);
    const due = await current();
    const changes = differences(Secret, rotated, due.spec);
    await Secret.update(aws, due, rotated, changes);
    const { newestVersionId } = (await current()).outputs;
    await Secret.update(aws, due, rotated, changes);
    expect((await current()).outputs.newestVersionId).toBe(newestVersionId);

    await aws.secrets.send(
      new UpdateSecretVersionStageCommand({
        SecretId: name,
        VersionStage: 'AWSPENDING',
        RemoveFromVersionId: newestVersionId,
      }),
    );
    expect((await current()).spec.age).toBe('due');
    await update(rotated);
    expect((await current()).outputs.newestVersionId).toBe(newestVersionId);
  });

  test.each([
    ['before the time that it must not be older than', 1, 'due'],
    ['after it', -1, 'current'],
  ] as const)('is or is not due when its value was made %s', async (_, days, age) => {
    await Secret.create(aws, spec, creation);
    const wanted = { ...spec, notOlderThan: new Date(Date.now() + days * DAY).toISOString() };
    await update(wanted);
    // A time to come does not count before it has come.
    expect((await current()).spec.age).toBe('current');
    daysLater(2);
    const { spec: shown } = await current();
    expect(shown).toMatchObject({ age, notOlderThan: wanted.notOlderThan });
    expect(Secret.fields.age.isExpected?.('current', shown.age)).toBe(age === 'due');
    expect(differences(Secret, wanted, shown).map(({ field }) => field)).toEqual(
      age === 'due' ? ['age'] : [],
    );
  });

  test('for a leak has a successor once, and no other when that is in force', async () => {
    const { id } = await Secret.create(aws, spec, creation);
    await aws.secrets.send(
      new TagResourceCommand({
        SecretId: id,
        Tags: [{ Key: 'fintech.global/not-older-than', Value: 'some day' }],
      }),
    );
    expect((await current()).spec.age).toBe('current');
    // Versions of the emulator have whole seconds.
    const notOlderThan = new Date(Math.floor(Date.now() / 1_000) * 1_000 + 1_000).toISOString();
    await sleep(Date.parse(notOlderThan) - Date.now() + 50);
    const wanted = { ...spec, notOlderThan };
    await update(wanted);
    expect((await current()).spec.age).toBe('due');
    await update(wanted);
    const { outputs } = await current();
    await promote(aws, id, outputs.newestVersionId);
    const after = await current();
    expect(after.outputs.versionId).toBe(outputs.newestVersionId);
    expect(after.spec.age).toBe('current');
  });

  test('is asked once for the date of a version', async () => {
    await Secret.create(aws, { ...spec, rotateAfterDays: 365 }, creation);
    await aws.secrets.send(
      new TagResourceCommand({
        SecretId: name,
        Tags: [{ Key: 'fintech.global/rotate-after-days', Value: '1' }],
      }),
    );
    daysLater(2);
    expect(await operations(() => Secret.list(aws, [query]))).toEqual([
      'ListSecrets',
      'ListSecretVersionIds',
    ]);
    expect(await operations(() => Secret.list(aws, [query]))).toEqual(['ListSecrets']);
  });
});
