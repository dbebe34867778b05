import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { Repository } from '../../../../reconcilers/aws/ecr/repository.ts';
import { toSdkTags } from '../../../../reconcilers/aws/tags.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { makeKey, pullPolicy, pushImage, sampleRepository } from './repository-samples.ts';

const node = 'repository';
const owner = 'Service/test/api';
const name = 'payments/api';
const arn = `arn:aws:ecr:eu-west-1:123456789012:repository/${name}`;
const spec = sampleRepository(name);
const creation: Creation = { owner, node, tags: { [ownerTag]: owner, [nodeTag]: node } };
const query: OwnerQuery = { owner, names: new Map([[node, name]]), known: new Map(), unconfirmed: new Set() };

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;

beforeAll(async () => {
  emulator = await startEmulator();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});
afterAll(async () => {
  connection.close();
  await emulator.stop();
});
beforeEach(async () => {
  await emulator.reset();
  await emulator.setStaleness({ tagging: 0 });
});

async function current() {
  const [found] = await Repository.list(aws, [query]);
  if (found === undefined) throw new Error('the repository is gone');
  return found;
}

async function update(wanted: typeof spec): Promise<void> {
  const found = await current();
  await Repository.update(aws, found, wanted, differences(Repository, wanted, found.spec));
}

const operations = async (action: () => Promise<unknown>): Promise<readonly string[]> =>
  (await connection.during(action)).map(({ operation }) => operation);

describe('a repository', () => {
  test('is known by its ARN and by where images are pushed to', async () => {
    const uri = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${name}`;
    expect(await Repository.create(aws, spec, creation)).toEqual({ id: name, outputs: { arn, name, uri } });
    expect((await current()).outputs).toEqual({ arn, name, uri });
  });

  test('has the key that it was made with', async () => {
    const encrypted = { ...spec, encryption: { type: 'KMS', kmsKeyArn: await makeKey(aws) } } as const;
    await Repository.create(aws, encrypted, creation);
    expect((await current()).spec).toEqual(encrypted);
  });

  test('is not made with a key that is not there, and says that a person has to see to it', async () => {
    const kmsKeyArn = (await makeKey(aws)).replace(/.{12}$/, '000000000000');
    const impossible = { ...spec, encryption: { type: 'KMS', kmsKeyArn } } as const;
    const creating = Repository.create(aws, impossible, creation);
    await expect(creating).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(await Repository.list(aws, [query])).toEqual([]);
  });

  test('loses a policy and a lifecycle that are not wanted any more', async () => {
    await Repository.create(aws, { ...spec, policy: pullPolicy('210987654321') }, creation);
    const wanted = { ...spec, policy: undefined, lifecycle: undefined };
    await update(wanted);
    expect((await current()).spec).toEqual(wanted);
  });

  test('whose lifecycle ECR refuses exists all the same, is not usable yet, and says why', async () => {
    const [untagged = {}] = spec.lifecycle?.rules ?? [];
    const impossible = { ...spec, lifecycle: { rules: [untagged, untagged] } };
    expect(await Repository.create(aws, impossible, creation)).toEqual({ id: name });
    expect((await current()).spec.lifecycle).toBeUndefined();
    await expect(update(impossible)).rejects.toMatchObject({
      reason: 'InvalidSpec',
      message: expect.stringContaining('priorities must be unique'),
    });
  });
});

describe('the deletion of a repository', () => {
  test('keeps images, and says what to do', async () => {
    await Repository.create(aws, spec, creation);
    await pushImage(aws.ecr, name, '1.0.0');
    await expect(Repository.delete(aws, await current())).rejects.toMatchObject({
      reason: 'NotEmpty',
      message: expect.stringContaining('set deleteImages'),
    });
    const { imageDetails } = await aws.ecr.send(new DescribeImagesCommand({ repositoryName: name }));
    expect(imageDetails).toMatchObject([{ imageTags: ['1.0.0'] }]);
  });

  test('takes images along where the repository says so', async () => {
    await Repository.create(aws, spec, creation);
    await pushImage(aws.ecr, name, '1.0.0');
    await update({ ...spec, emptyOnDeletion: true });
    await Repository.delete(aws, await current());
    expect(await Repository.list(aws, [query])).toEqual([]);
  });

  test('keeps images if somebody took that back after it was looked at', async () => {
    await Repository.create(aws, { ...spec, emptyOnDeletion: true }, creation);
    await pushImage(aws.ecr, name, '1.0.0');
    const found = await current();
    expect(found.spec.emptyOnDeletion).toBe(true);
    await aws.ecr.send(
      new UntagResourceCommand({ resourceArn: arn, tagKeys: ['fintech.global/empty-on-deletion'] }),
    );
    await expect(Repository.delete(aws, found)).rejects.toMatchObject({ reason: 'NotEmpty' });
  });

  test('is not allowed by new tags, nor forgotten with them', async () => {
    await Repository.create(aws, { ...spec, emptyOnDeletion: true }, creation);
    await Repository.setTags?.(aws, await current(), { ...creation.tags, team: 'payments' });
    expect(await current()).toMatchObject({
      spec: { emptyOnDeletion: true },
      tags: { ...creation.tags, team: 'payments' },
    });
  });
});

describe('a repository of the wanted name', () => {
  test('that somebody else made is not ours, and its creation says how to hand it over', async () => {
    await aws.ecr.send(new CreateRepositoryCommand({ repositoryName: name }));
    expect(await Repository.list(aws, [query])).toEqual([]);
    await expect(Repository.create(aws, spec, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`put the tags ${ownerTag}=${owner} and ${nodeTag}=${node} on it`),
    });
    await aws.ecr.send(new TagResourceCommand({ resourceArn: arn, tags: toSdkTags(creation.tags) }));
    expect(await Repository.create(aws, spec, creation)).toEqual({ id: name });
    expect(await current()).toMatchObject({ owner, node, spec: { scanOnPush: false } });
  });

  test('of another owner stays the one of that owner, and who remembers it is told whose it is', async () => {
    const other = 'Service/other/api';
    const tags = toSdkTags({ [ownerTag]: other, [nodeTag]: node });
    await aws.ecr.send(new CreateRepositoryCommand({ repositoryName: name, tags }));
    const remembered = { ...query, known: new Map([[node, name]]) };
    const found = await Repository.list(aws, [remembered, { ...query, owner: other, names: new Map() }]);
    expect(found.map(({ owner: claimant, ownedBy }) => [claimant, ownedBy])).toEqual([
      [other, undefined],
      [owner, other],
    ]);
  });
});

describe('a list of repositories', () => {
  test('asks for one of the two policies of each, and for tags only while the index does not show them', async () => {
    await emulator.setStaleness({ tagging: 3_600_000 });
    await Repository.create(aws, spec, creation);
    const list = () => Repository.list(aws, [query]);
    const always = ['DescribeRepositories', 'GetResources'];
    const unread = ['GetLifecyclePolicy', 'GetRepositoryPolicy', 'ListTagsForResource'];
    expect((await operations(list)).toSorted()).toEqual([...always, ...unread].toSorted());
    await emulator.setStaleness({ tagging: 0 });
    expect((await operations(list)).toSorted()).toEqual([...always, 'GetLifecyclePolicy'].toSorted());
    expect((await operations(list)).toSorted()).toEqual([...always, 'GetRepositoryPolicy'].toSorted());
    expect((await operations(list)).toSorted()).toEqual([...always, 'GetLifecyclePolicy'].toSorted());
  });

  test('asks anew for both policies of what we wrote', async () => {
    await Repository.create(aws, spec, creation);
    await update({ ...spec, lifecycle: undefined });
    const calls = await operations(() => Repository.list(aws, [query]));
    expect(calls).toEqual(expect.arrayContaining(['GetLifecyclePolicy', 'GetRepositoryPolicy']));
  });

  test('shows the policies of a repository that was deleted by hand and made anew', async () => {
    await Repository.create(aws, { ...spec, policy: pullPolicy('210987654321') }, creation);
    await current();
    await aws.ecr.send(new DeleteRepositoryCommand({ repositoryName: name }));
    const bare = { ...spec, policy: undefined, lifecycle: undefined };
    await Repository.create(aws, bare, creation);
    expect((await current()).spec).toEqual(bare);
  });

  test('looks through all there are when one that is meant is missing', async () => {
    await Repository.create(aws, spec, creation);
    const queries = [
      query,
      { ...query, owner: 'Service/test/new', names: new Map([[node, 'payments/new']]) },
    ];
    const calls = await operations(async () => {
      expect(await Repository.list(aws, queries)).toMatchObject([{ id: name, owner }]);
    });
    expect(calls.filter((call) => call === 'DescribeRepositories')).toHaveLength(2);
  });

  test('names 100 repositories in a call', async () => {
    const numbers = Array.from({ length: 101 }, (_, index) => `${name}-${index}`);
    const tags = toSdkTags(creation.tags);
    await Promise.all(
      numbers.map((repositoryName) => aws.ecr.send(new CreateRepositoryCommand({ repositoryName, tags }))),
    );
    const calls = await operations(async () => {
      expect(await Repository.list(aws, [{ ...query, names: new Map() }])).toHaveLength(101);
    });
    expect(calls.filter((call) => call === 'DescribeRepositories')).toHaveLength(2);
  });
});
