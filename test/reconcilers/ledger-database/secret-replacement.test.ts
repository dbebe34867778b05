import { DeleteSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import { mutating } from '../../product.ts';
import { alone, LedgerLife, singleInstance } from './ledger-life.ts';

const before = 'fintech/db-credentials';
const after = 'fintech/ledger';
const cache = { engineVersion: '7.0', nodeType: 'cache.r6g.large', authSecretName: 'fintech/redis-auth' };

let life: LedgerLife;

beforeAll(async () => {
  life = await LedgerLife.start();
});

afterAll(() => life.stop());

function credentials(secretName: string): JsonObject {
  return { credentials: { username: 'fintechadmin', secretName } };
}

async function valueOf(SecretId: string): Promise<string> {
  const { SecretString = '' } = await life.clients.secrets.send(new GetSecretValueCommand({ SecretId }));
  return SecretString;
}

/** What applications log in with. */
async function passwordIn(secretName: string): Promise<unknown> {
  const value: unknown = JSON.parse(await valueOf(secretName));
  return isJsonObject(value) ? value['password'] : undefined;
}

async function secrets(): Promise<Readonly<Record<string, unknown>>> {
  return (await life.state())['secrets'] ?? {};
}

async function approve(spec: JsonObject): Promise<void> {
  await life.apply(spec);
  await life.pass();
  await life.change(spec, { 'fintech.global/approve': life.refusal.hash });
}

describe.each([
  ['cluster', 'production-ledger-cluster', alone],
  ['instance', 'production-ledger-instance', singleInstance],
] as const)('a database that is one %s, and was made with another secret', (kind, identifier, spec) => {
  beforeEach(async () => {
    await life.clear();
    await life.change({ ...spec, ...credentials(before) });
  });

  test('takes the password of the secret that an approved change gives it', async () => {
    const first = await passwordIn(before);
    expect((await life.emulator.revealDatabase(kind, identifier)).password).toBe(first);
    await approve({ ...spec, ...credentials(after) });
    const password = await passwordIn(after);
    expect(password).not.toBe(first);
    expect((await life.emulator.revealDatabase(kind, identifier)).password).toBe(password);
    expect(await secrets()).toMatchObject({
      [before]: { isDeleted: true },
      [after]: { isDeleted: false, holds: { dbname: 'fintech', port: 5432 } },
    });
    expect(life.condition('Ready')).toMatch(/^True InSync/);
  });

  test('takes the password of the one that is made where somebody destroyed the first', async () => {
    const first = await passwordIn(before);
    await life.clients.secrets.send(
      new DeleteSecretCommand({ SecretId: before, ForceDeleteWithoutRecovery: true }),
    );
    await life.change({ ...spec, ...credentials(before) });
    const password = await passwordIn(before);
    expect(password).not.toBe(first);
    expect((await life.emulator.revealDatabase(kind, identifier)).password).toBe(password);
    expect(mutating((await life.pass()).calls)).toEqual([]);
  });
});

test('a cache takes the token of the secret that an approved change gives it, and only that in the end', async () => {
  await life.clear();
  await life.change({ ...alone, cache: { ...cache, authTokenOverlap: '0s' } });
  const first = await valueOf(cache.authSecretName);
  await approve({ ...alone, cache: { ...cache, authTokenOverlap: '0s', authSecretName: 'fintech/token' } });
  const token = await valueOf('fintech/token');
  expect(token).not.toBe(first);
  expect(await life.emulator.revealTokens('production-ledger-cache')).toEqual([token]);
  expect(await secrets()).toMatchObject({ [cache.authSecretName]: { isDeleted: true } });
});
