import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let secrets: SecretsManagerClient;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  secrets = new SecretsManagerClient(options);
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

const SecretId = 'fintech/db';
const first = 'a'.repeat(32);
const second = 'b'.repeat(32);

function create() {
  return secrets.send(
    new CreateSecretCommand({
      Name: SecretId,
      SecretString: 'one',
      Description: 'A secret',
      ClientRequestToken: first,
      Tags: [{ Key: 'owner', Value: 'payments' }],
    }),
  );
}

const value = async () => (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;

async function list(IncludePlannedDeletion = false) {
  const Filters = [{ Key: 'tag-key' as const, Values: ['owner'] }];
  const { SecretList = [] } = await secrets.send(new ListSecretsCommand({ Filters, IncludePlannedDeletion }));
  return SecretList;
}

test('A name that waits for its deletion is taken, and nothing can be done with it but to restore it', async () => {
  await create();
  await secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
  const refused = { name: 'InvalidRequestException' };
  const again = new CreateSecretCommand({ Name: SecretId, SecretString: 'other' });
  await expect(secrets.send(again)).rejects.toMatchObject(refused);
  await expect(secrets.send(new DeleteSecretCommand({ SecretId }))).rejects.toMatchObject(refused);
  const tag = new TagResourceCommand({ SecretId, Tags: [{ Key: 'a', Value: 'b' }] });
  await expect(secrets.send(tag)).rejects.toMatchObject(refused);
  const next = new PutSecretValueCommand({ SecretId, SecretString: 'two' });
  await expect(secrets.send(next)).rejects.toMatchObject(refused);
  expect(await list()).toEqual([]);
  expect(await list(true)).toMatchObject([{ Name: SecretId, DeletedDate: expect.any(Date) }]);
  await secrets.send(new RestoreSecretCommand({ SecretId }));
  await secrets.send(next);
  expect(await value()).toBe('two');
});

const put = (SecretString: string) =>
  secrets.send(
    new PutSecretValueCommand({
      SecretId,
      SecretString,
      ClientRequestToken: second,
      VersionStages: ['AWSPENDING'],
    }),
  );

test('A version never changes', async () => {
  await create();
  await put('two');
  await put('two');
  await expect(put('three')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  expect(await value()).toBe('one');
});

test('A label moves only from the version that is named, and the value in force with it', async () => {
  await create();
  await put('two');
  const move = (RemoveFromVersionId?: string) =>
    secrets.send(
      new UpdateSecretVersionStageCommand({
        SecretId,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: second,
        RemoveFromVersionId,
      }),
    );
  await expect(move()).rejects.toMatchObject({ name: 'InvalidParameterException' });
  await move(first);
  expect(await value()).toBe('two');
  expect(await list()).toMatchObject([
    { SecretVersionsToStages: { [first]: ['AWSPREVIOUS'], [second]: ['AWSPENDING', 'AWSCURRENT'] } },
  ]);
});

test('An empty description takes the old one away', async () => {
  await create();
  await secrets.send(new UpdateSecretCommand({ SecretId, Description: '' }));
  const { Description } = await secrets.send(new DescribeSecretCommand({ SecretId }));
  expect(Description ?? '').toBe('');
});

test('Lists lag behind creations and changes; a description of one secret does not', async () => {
  await create();
  await emulator.setStaleness({ 'secretsmanager/changes': 60 });
  await secrets.send(new UpdateSecretCommand({ SecretId, Description: 'Another' }));
  expect(await list()).toMatchObject([{ Description: 'A secret' }]);
  const described = await secrets.send(new DescribeSecretCommand({ SecretId }));
  expect(described.Description).toBe('Another');
  await emulator.setStaleness({ secretsmanager: 60 });
  expect(await list()).toEqual([]);
});

test('Lists come in pages', async () => {
  for (const name of ['a', 'b', 'c'])
    await secrets.send(new CreateSecretCommand({ Name: name, SecretString: name }));
  const one = await secrets.send(new ListSecretsCommand({ MaxResults: 2 }));
  const two = await secrets.send(new ListSecretsCommand({ MaxResults: 2, NextToken: one.NextToken }));
  expect([...(one.SecretList ?? []), ...(two.SecretList ?? [])].map(({ Name }) => Name)).toHaveLength(3);
  expect(two.NextToken).toBeUndefined();
});
