import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  PutLifecyclePolicyCommand,
  TagResourceCommand,
  type CreateRepositoryCommandInput,
} from '@aws-sdk/client-ecr';
import { CreateAliasCommand, CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let ecr: ECRClient;
let kms: KMSClient;
let tagging: ResourceGroupsTaggingAPIClient;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  ecr = new ECRClient(options);
  kms = new KMSClient(options);
  tagging = new ResourceGroupsTaggingAPIClient(options);
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

const repositoryName = 'payments/api';
const arn = `arn:aws:ecr:us-east-1:123456789012:repository/${repositoryName}`;

async function create(input: Partial<CreateRepositoryCommandInput> = {}) {
  return (await ecr.send(new CreateRepositoryCommand({ repositoryName, ...input }))).repository;
}

async function indexed() {
  const command = new GetResourcesCommand({ ResourceTypeFilters: ['ecr:repository'] });
  return (await tagging.send(command)).ResourceTagMappingList?.map(({ ResourceARN }) => ResourceARN);
}

test('Repositories come in pages, or by at most 100 names that are all there', async () => {
  for (const name of ['one', 'two', 'three']) await create({ repositoryName: name });
  const first = await ecr.send(new DescribeRepositoriesCommand({ maxResults: 2 }));
  const { nextToken } = first;
  const second = await ecr.send(new DescribeRepositoriesCommand({ maxResults: 2, nextToken }));
  const names = [...(first.repositories ?? []), ...(second.repositories ?? [])].map(
    (it) => it.repositoryName,
  );
  expect(names).toEqual(['one', 'three', 'two']);
  expect(second.nextToken).toBeUndefined();
  for (const [repositoryNames, name] of [
    [['one', 'missing'], 'RepositoryNotFoundException'],
    [Array.from({ length: 101 }, (_, index) => `r-${index}`), 'InvalidParameterException'],
  ] as const) {
    const asked = ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [...repositoryNames] }));
    await expect(asked).rejects.toMatchObject({ name });
  }
});

test('A repository shows its key as an ARN, and takes an enabled one only', async () => {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const TargetKeyId = KeyMetadata?.KeyId;
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/images', TargetKeyId }));
  const encryptionConfiguration = { encryptionType: 'KMS', kmsKey: 'alias/images' } as const;
  await create({ encryptionConfiguration });
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({}));
  expect(repositories).toMatchObject([
    { encryptionConfiguration: { encryptionType: 'KMS', kmsKey: KeyMetadata?.Arn } },
  ]);
  await kms.send(new DisableKeyCommand({ KeyId: TargetKeyId }));
  const refused = create({ repositoryName: 'other', encryptionConfiguration });
  await expect(refused).rejects.toMatchObject({ name: 'KmsException' });
});

test('A lifecycle policy that ECR would refuse leaves the one before', async () => {
  await create();
  const put = (...rules: readonly object[]) =>
    ecr.send(
      new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText: JSON.stringify({ rules }) }),
    );
  const good = rule(1, { tagStatus: 'tagged', tagPatternList: ['*'] });
  await put(good);
  for (const rules of [
    [good, good],
    [rule(1, { tagStatus: 'tagged' })],
    [rule(1, { tagStatus: 'any' }), rule(2, { tagStatus: 'untagged' })],
  ])
    await expect(put(...rules)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  const { lifecyclePolicyText = '' } = await ecr.send(new GetLifecyclePolicyCommand({ repositoryName }));
  expect(JSON.parse(lifecyclePolicyText)).toEqual({ rules: [good] });
});

test('A repository has 50 tags at most', async () => {
  await create();
  const tags = Array.from({ length: 51 }, (_, index) => ({ Key: `key-${index}`, Value: '' }));
  await expect(ecr.send(new TagResourceCommand({ resourceArn: arn, tags }))).rejects.toMatchObject({
    name: 'TooManyTagsException',
  });
  await expect(create({ repositoryName: 'other', tags })).rejects.toMatchObject({
    name: 'TooManyTagsException',
  });
});

test('The tagging index shows repositories, later than they are created', async () => {
  await emulator.setStaleness({ tagging: 60 });
  await create({ tags: [{ Key: 'owner', Value: 'payments' }] });
  expect(await indexed()).toEqual([]);
  await emulator.setStaleness({ tagging: 0 });
  expect(await indexed()).toEqual([arn]);
});

function rule(rulePriority: number, selection: object) {
  return {
    rulePriority,
    selection: { countType: 'imageCountMoreThan', countNumber: 10, ...selection },
    action: { type: 'expire' },
  };
}
