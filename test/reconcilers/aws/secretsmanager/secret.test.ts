import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  TagResourceCommand,
} from '@aws-sdk/client-secrets-manager';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { SecretSpec } from '../../../../reconcilers/aws/secretsmanager/secret-spec.ts';
import { readSecret } from '../../../../reconcilers/aws/secretsmanager/secret-value.ts';
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

describe('the value of a secret', () => {
  test('is generated into what is fixed', async () => {
    const { id } = await Secret.create(aws, spec, creation);
    const value = await readSecret(aws, id);
    expect(value.parts()).toEqual({
      username: 'fintechadmin',
      engine: 'postgres',
      port: 5432,
      password: expect.stringMatching(/^[^/@" '\\]{40}$/),
    });
    expect(value.part('password')).toBe(value.parts()['password']);
  });

  test('can be nothing but the text, and differs each time', async () => {
    const content = { kind: 'text', length: 64, excludeCharacters: '"' } as const;
    const values = [];
    for (const other of ['one', 'two']) {
      const { id } = await Secret.create(aws, { ...spec, name: other, content }, creation);
      values.push((await readSecret(aws, id)).text());
    }
    expect(values.map((value) => value.length)).toEqual([64, 64]);
    expect(values[0]).not.toBe(values[1]);
  });

  test('can be random bytes', async () => {
    const content = { kind: 'binary', bytes: 32 } as const;
    const { id } = await Secret.create(aws, { ...spec, content }, creation);
    const { SecretBinary } = await aws.secrets.send(new GetSecretValueCommand({ SecretId: id }));
    expect(SecretBinary).toHaveLength(32);
    const value = await readSecret(aws, id);
    expect(() => value.text()).toThrow(`expects text in version ${value.versionId} of ${id}`);
  });

  test('shows itself to nobody who does not ask for it', async () => {
    const { id } = await Secret.create(aws, spec, creation);
    const value = await readSecret(aws, id);
    const shown = [JSON.stringify(value), inspect(value, { showHidden: true, depth: 9 })];
    expect(shown.filter((text) => text.includes(value.part('password')))).toEqual([]);
  });

  test('is in no error when it is not what it should be', async () => {
    await aws.secrets.send(new CreateSecretCommand({ Name: name, SecretString: 'hunter2-is-no-json' }));
    const value = await readSecret(aws, name);
    const refusal = (): unknown => value.part('password');
    expect(refusal).toThrow(/^expects a JSON object in version/);
    expect(refusal).not.toThrow(/hunter2/);
  });

  test('is read by no list', async () => {
    await Secret.create(aws, spec, creation);
    expect(await operations(() => Secret.list(aws, [query]))).not.toContain('GetSecretValue');
    expect(JSON.stringify(await current())).not.toContain((await readSecret(aws, name)).part('password'));
  });
});

describe('a name that is there already', () => {
  test('is taken with its value if it is ours: a creation whose answer was lost', async () => {
    const { id } = await Secret.create(aws, spec, creation);
    const before = (await readSecret(aws, id)).part('password');
    expect(await Secret.create(aws, spec, creation)).toEqual({ id });
    expect((await readSecret(aws, id)).part('password')).toBe(before);
  });

  test('is not taken from anybody, and the error says how to hand it over', async () => {
    await aws.secrets.send(new CreateSecretCommand({ Name: name, SecretString: 'theirs' }));
    expect(await Secret.list(aws, [query])).toEqual([]);
    await expect(Secret.create(aws, spec, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`put the tags ${ownerTag}=${owner} and ${nodeTag}=${node} on it`),
    });
    const Tags = Object.entries(creation.tags).map(([Key, Value]) => ({ Key, Value }));
    await aws.secrets.send(new TagResourceCommand({ SecretId: name, Tags }));
    await Secret.create(aws, spec, creation);
    expect(await current()).toMatchObject({ owner, node });
    expect((await readSecret(aws, name)).text()).toBe('theirs');
  });

  test('and waits for its deletion is ours again after an update, or a matter for its owner', async () => {
    const { id } = await Secret.create(aws, spec, creation);
    await Secret.delete(aws, await current());
    const { DeletedDate } = await aws.secrets.send(new DescribeSecretCommand({ SecretId: id }));
    expect(DeletedDate).toBeDefined();
    expect(await Secret.create(aws, spec, creation)).toEqual({ id });
    expect(await current()).toMatchObject({ state: 'deleting', spec: { secretState: 'PendingDeletion' } });
    await update(spec);
    expect(await current()).toMatchObject({ id, state: 'ready' });

    await aws.secrets.send(new CreateSecretCommand({ Name: 'theirs', SecretString: 'theirs' }));
    await aws.secrets.send(new DeleteSecretCommand({ SecretId: 'theirs' }));
    await expect(Secret.create(aws, { ...spec, name: 'theirs' }, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(
        'waits for its deletion (AWS tags it only after aws secretsmanager restore-secret --secret-id theirs)',
      ),
    });
  });
});

describe('a list of secrets', () => {
  test('is one call for what nobody wrote lately, whoever has them', async () => {
    const queries = Array.from({ length: 30 }, (_, index) => ({
      ...query,
      owner: `LedgerDatabase/test/${index}`,
      names: new Map([[node, `${name}-${index}`]]),
    }));
    for (const [index, of] of queries.entries())
      await Secret.create(
        aws,
        { ...spec, name: `${name}-${index}`, content: { kind: 'binary', bytes: 8 } },
        { owner: of.owner, node, tags: { [ownerTag]: of.owner, [nodeTag]: node } },
      );
    daysLater(1);
    const calls = await operations(async () => expect(await Secret.list(aws, queries)).toHaveLength(30));
    expect(calls).toEqual(['ListSecrets']);
  });

  test('is shared by all who ask within a moment, and so is what tells of a secret written lately', async () => {
    await Secret.create(aws, spec, creation);
    const asked = () => Promise.all([Secret.list(aws, [query]), Secret.list(aws, [query])]);
    expect(await operations(asked)).toEqual(['ListSecrets', 'DescribeSecret']);
    daysLater(1);
    expect(await operations(asked)).toEqual(['ListSecrets']);
  });

  test('describes what was written lately only until it shows what was described', async () => {
    await Secret.create(aws, spec, creation);
    const listed = () => operations(() => Secret.list(aws, [query]));
    expect(await listed()).toEqual(['ListSecrets', 'DescribeSecret']);
    expect(await listed()).toEqual(['ListSecrets']);

    await emulator.setStaleness({ 'secretsmanager/changes': 3_600 });
    await update({ ...spec, description: 'Another' });
    for (let time = 1; time <= 3; time += 1)
      expect(await listed()).toEqual(['ListSecrets', 'DescribeSecret']);
    await emulator.setStaleness({ 'secretsmanager/changes': 0 });
    expect(await listed()).toEqual(['ListSecrets']);
    expect((await current()).spec.description).toBe('Another');
  });

  test('shows what was just made and changed, though AWS goes on listing what was before', async () => {
    await Secret.create(aws, spec, creation);
    await emulator.setStaleness({ 'secretsmanager/changes': 3_600 });
    await update({ ...spec, description: 'Another' });
    const other = connectTo(emulator.endpoint);
    const [lagging] = await Secret.list(other.aws, [query]);
    other.close();
    expect(lagging?.spec.description).toBe('A sample');
    expect((await current()).spec.description).toBe('Another');

    await emulator.setStaleness({ secretsmanager: 3_600 });
    const tags = { [ownerTag]: owner, [nodeTag]: 'new' };
    await Secret.create(aws, { ...spec, name: 'new' }, { owner, node: 'new', tags });
    const names = new Map([...query.names, ['new', 'new']]);
    expect((await Secret.list(aws, [{ ...query, names }])).map((secret) => secret.node)).toContain('new');
  });
});
