import {
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  TagResourceCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { SecretSpec } from '../../../../reconcilers/aws/secretsmanager/secret-spec.ts';
import { Secret } from '../../../../reconcilers/aws/secretsmanager/secret.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { sampleSecret } from './secret-samples.ts';

const DAY = 24 * 60 * 60_000;
const name = 'fintech/api-keys';
const owner = 'ApiService/test/api';
const node = 'secret-api-keys';
const spec: SecretSpec = { ...sampleSecret(name), content: { kind: 'external' } };
const creation: Creation = { owner, node, tags: { [ownerTag]: owner, [nodeTag]: node } };
const query: OwnerQuery = { owner, names: new Map([[node, name]]), known: new Map(), unconfirmed: new Set() };

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
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

const putByHand = (SecretString: string) =>
  aws.secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString }));

async function versions() {
  const asked = new ListSecretVersionIdsCommand({ SecretId: name, IncludeDeprecated: true });
  return (await aws.secrets.send(asked)).Versions ?? [];
}

describe('a secret whose value a person puts', () => {
  test('is made empty, and waits for its value', async () => {
    expect((await Secret.create(aws, spec, creation)).outputs).toBeUndefined();
    const found = await current();
    expect(found).toMatchObject({
      state: 'pending',
      message: `waits until somebody puts a value into it: aws secretsmanager put-secret-value --secret-id ${name} --secret-string file://value`,
      outputs: { hasValue: false, versionId: '' },
    });
    expect(differences(Secret, spec, found.spec)).toEqual([]);
    await expect(aws.secrets.send(new GetSecretValueCommand({ SecretId: name }))).rejects.toThrow(
      'ResourceNotFoundException',
    );
  });

  test('made again, as after a lost answer, is the same', async () => {
    const { id } = await Secret.create(aws, spec, creation);
    expect(await Secret.create(aws, spec, creation)).toEqual({ id });
  });

  test('has the value that the person put, also after its settings were changed', async () => {
    await Secret.create(aws, spec, creation);
    const { VersionId } = await putByHand('{"key":"value"}');
    expect(await current()).toMatchObject({
      state: 'ready',
      outputs: { hasValue: true, versionId: VersionId },
    });
    await update({ ...spec, description: 'Another', recoveryWindowDays: 7 });
    await Secret.create(aws, spec, creation);
    const value = await aws.secrets.send(new GetSecretValueCommand({ SecretId: name }));
    expect(value).toMatchObject({ SecretString: '{"key":"value"}', VersionId });
  });

  test('is not rotated when somebody puts a tag on it that asks for that', async () => {
    await Secret.create(aws, spec, creation);
    await putByHand('value');
    const Tags = [{ Key: 'fintech.global/rotate-after-days', Value: '1' }];
    await aws.secrets.send(new TagResourceCommand({ SecretId: name, Tags }));
    // The daemon's clock only: AWS's goes on as before.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * DAY });
    expect((await current()).spec.age).toBe('due');
    await update(spec);
    expect(differences(Secret, spec, (await current()).spec)).toEqual([]);
    expect(await versions()).toHaveLength(1);
  });

  test('cannot be wanted rotated: there is nothing to generate', async () => {
    await Secret.create(aws, spec, creation);
    await putByHand('value');
    const rotated = { ...spec, rotateAfterDays: 1 };
    await update(rotated);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * DAY });
    await expect(update(rotated)).rejects.toMatchObject({ reason: 'InvalidSpec' });
    expect(await versions()).toHaveLength(1);
  });
});
