import { ModifyDBClusterCommand, StopDBClusterCommand } from '@aws-sdk/client-rds';
import { TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { MasterCredentials } from '../../../../reconcilers/aws/rds/master-credentials/master-credentials.ts';
import { Secret } from '../../../../reconcilers/aws/secretsmanager/secret.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { Database, queryOf } from './master-credentials-samples.ts';

const tagKey = 'fintech.global/master-credentials';

let emulator: Emulator;
let database: Database;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  database = await Database.prepare(emulator, 'cluster');
});
afterEach(() => {
  vi.useRealTimers();
  database.connection.close();
});

async function changeTag(Value: string): Promise<void> {
  const { aws, secretArn: SecretId } = database;
  await aws.secrets.send(new TagResourceCommand({ SecretId, Tags: [{ Key: tagKey, Value }] }));
}

async function tag(): Promise<string | undefined> {
  return (await database.secret()).Tags?.find(({ Key }) => Key === tagKey)?.Value;
}

async function untag(): Promise<void> {
  const { aws, secretArn: SecretId } = database;
  await aws.secrets.send(new UntagResourceCommand({ SecretId, TagKeys: [tagKey] }));
}

describe('a new database', () => {
  test('has its host and port written into the secret, whose password it was made with', async () => {
    const { password, ...before } = await database.value();
    const writes = await database.writesDuring(() => database.converge());
    expect(writes).toEqual(['PutSecretValue', 'TagResource']);
    expect(await database.value()).toEqual({ ...before, password, host: database.spec.host, port: 5432 });
    expect(await database.passwordOfDatabase()).toBe(password);
    expect(await tag()).toBe(`master ${await database.version()} ${database.spec.host}:5432`);
  });

  test('leaves nothing to do for another process, and no tag that counts as one of the secret', async () => {
    await database.converge();
    const other = database.restarted();
    expect(await other.writesDuring(async () => expect(await other.pass()).toBe(true))).toEqual([]);
    const [secret] = await Secret.list(other.aws, [queryOf('credentials')]);
    expect(secret?.tags).not.toHaveProperty([tagKey]);
    other.connection.close();
  });

  test('costs no call of its own in a pass with nothing to do', async () => {
    await database.converge();
    const other = database.restarted();
    await other.connection.checkAccount();
    const calls = await other.connection.during(() => other.pass());
    expect(calls.map(({ operation }) => operation)).toEqual(['ListSecrets']);
    other.connection.close();
    const own = await database.connection.during(() => database.pass());
    expect(own.map(({ operation }) => operation)).toEqual(['ListSecrets']);
  });

  test('that was restored is told the password of its own secret', async () => {
    database.connection.close();
    database = await Database.prepare(emulator, 'cluster', 'Password-of-the-source');
    database.spec = { ...database.spec, writesFirstPassword: true };
    await emulator.setLifecycles({ 'rds/password': { 'resetting-master-credentials': 'held' } });
    expect(await database.pass()).toBe(false);
    expect(await database.pass()).toBe(false);
    // It is in force, and opens nothing yet.
    expect(await database.version()).toBeUndefined();
    await emulator.release('rds/password');
    await database.converge();
    expect(await database.version()).toBe(database.spec.secretVersion);
    expect(await database.passwordOfDatabase()).toBe((await database.value())['password']);
    expect((await database.value())['host']).toBe(database.spec.host);
  });
});

describe('drift', () => {
  beforeEach(() => database.converge());

  test('of the host in the secret is put right, and is none of the password', async () => {
    const before = await database.value();
    await database.put({ ...before, host: 'elsewhere' });
    const writes = await database.writesDuring(() => database.converge());
    expect(writes).toEqual(['PutSecretValue', 'TagResource']);
    expect(await database.value()).toEqual(before);
  });

  test.each([
    ['host', (text: string) => text.replace(/ \S+:5432/, ' elsewhere:5432')],
    ['port', (text: string) => text.replace(':5432', ':5433')],
    ['secretVersion', (text: string) => text.replace(/^master \S+/, 'master nothing')],
  ])('of the %s in the tag is seen as such, and put right', async (field, change) => {
    const before = await tag();
    await changeTag(change(before ?? ''));
    expect(await database.changes()).toEqual([{ field, expected: false }]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    await database.pass();
    vi.setSystemTime(Date.now() + 11_000);
    await database.converge();
    expect(await tag()).toBe(before);
    expect(await database.changes()).toEqual([]);
  });

  test('a tag that nobody can read, or none, is written anew without a word to the database', async () => {
    const before = await tag();
    for (const loss of [() => changeTag('nonsense'), untag]) {
      await loss();
      expect(await database.writesDuring(() => database.converge())).toEqual(['TagResource']);
      expect(await tag()).toBe(before);
    }
  });

  test('of tag and password at once makes the database have what the secret says', async () => {
    await untag();
    await database.put({ ...(await database.value()), password: 'Put-by-a-person' });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    await database.pass();
    vi.setSystemTime(Date.now() + 11_000);
    await database.converge();
    expect(await database.passwordOfDatabase()).toBe('Put-by-a-person');
  });
});

test('what is remembered of another database says nothing of one that is taken back, with a password of then', async () => {
  await database.converge();
  const before = await tag();
  await changeTag((before ?? '').replace(/ \S+:5432/, ' other.somewhere:5432'));
  await database.aws.rds.send(
    new ModifyDBClusterCommand({
      DBClusterIdentifier: database.spec.identifier,
      MasterUserPassword: 'Password-of-then',
      ApplyImmediately: true,
    }),
  );
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  expect(await database.pass()).toBe(false);
  vi.setSystemTime(Date.now() + 11_000);
  await database.converge();
  expect(await database.passwordOfDatabase()).toBe((await database.value())['password']);
  expect(await tag()).toBe(before);
});

describe('a password put by a person', () => {
  beforeEach(() => database.converge());

  test('is told to the database, and completed', async () => {
    await database.put({ username: 'fintechadmin', password: 'Put-by-a-person' });
    expect(await database.changes()).toEqual([{ field: 'secretVersion', expected: true }]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    await database.pass();
    vi.setSystemTime(Date.now() + 11_000);
    await database.converge();
    expect(await database.passwordOfDatabase()).toBe('Put-by-a-person');
    expect(await database.value()).toEqual({
      username: 'fintechadmin',
      password: 'Put-by-a-person',
      host: database.spec.host,
      port: 5432,
    });
  });

  test.each([
    'short',
    'with a space',
    'with/slash',
    'with@sign',
    'with"quote',
    'ü-is-not-ascii',
    'x'.repeat(42),
  ])('that RDS would refuse is refused without being told: %s', async (password) => {
    await database.put({ ...(await database.value()), password });
    const refusal = database.pass();
    await expect(refusal).rejects.toMatchObject({
      reason: 'InvalidSpec',
      message: expect.stringMatching(/8 to 41 printable ASCII characters/),
    });
    await expect(refusal).rejects.not.toThrow(password);
  });

  test('waits, and says so, while the database is stopped', async () => {
    await database.aws.rds.send(new StopDBClusterCommand({ DBClusterIdentifier: 'ledger' }));
    await database.put({ ...(await database.value()), password: 'Put-by-a-person' });
    expect(await database.writesDuring(() => database.pass())).toEqual([]);
    expect(database.seen.at(-1)).toMatchObject({
      message: 'waits with the new password: the database is stopped, and takes one while it runs',
    });
  });
});

describe('deletion', () => {
  test('takes the tag away, and nothing else; again it does no harm', async () => {
    await database.converge();
    const before = await database.value();
    const [current] = await MasterCredentials.list(database.aws, [queryOf('master')]);
    if (current === undefined) throw new Error('there is nothing to delete');
    await MasterCredentials.delete(database.aws, current);
    await MasterCredentials.delete(database.aws, current);
    expect(await MasterCredentials.list(database.aws, [queryOf('master')])).toEqual([]);
    expect(await database.value()).toEqual(before);
    expect(await tag()).toBeUndefined();
  });

  test('after that of the secret does no harm, and the secret taken back brings it back', async () => {
    await database.converge();
    const [current] = await MasterCredentials.list(database.aws, [queryOf('master')]);
    const [secret] = await Secret.list(database.aws, [queryOf('credentials')]);
    if (current === undefined || secret === undefined) throw new Error('there is nothing to delete');
    await Secret.delete(database.aws, secret);
    expect(await MasterCredentials.list(database.aws, [queryOf('master')])).toEqual([]);
    await MasterCredentials.delete(database.aws, current);
    await database.converge();
    expect(await database.changes()).toEqual([]);
  });
});
