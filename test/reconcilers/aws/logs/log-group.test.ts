import {
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  PutLogGroupDeletionProtectionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { LogGroup } from '../../../../reconcilers/aws/logs/log-group.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { makeKey, sampleLogGroup } from './log-group-samples.ts';

const node = 'flow-log-group';
const owner = 'Network/test/core';
const name = 'test-core-flow-log-group';
const arn = `arn:aws:logs:eu-west-1:123456789012:log-group:${name}`;
const spec = sampleLogGroup(name);
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
  const [found] = await LogGroup.list(aws, [query]);
  if (found === undefined) throw new Error('the log group is gone');
  return found;
}

const operations = async (action: () => Promise<unknown>): Promise<readonly string[]> =>
  (await connection.during(action)).map(({ operation }) => operation);

describe('a log group', () => {
  test('is known by the ARN that ends with its name', async () => {
    expect((await LogGroup.create(aws, spec, creation)).outputs).toEqual({ arn, name });
    const { logGroups } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupIdentifiers: [name] }));
    expect(logGroups).toMatchObject([{ logGroupArn: arn, logGroupClass: 'STANDARD' }]);
  });

  test('has the class and the key that it was made with, and keeps for ever if nothing is said', async () => {
    const other = {
      ...spec,
      retentionDays: undefined,
      kmsKeyArn: await makeKey(aws),
      logGroupClass: 'INFREQUENT_ACCESS' as const,
    };
    await LogGroup.create(aws, other, creation);
    expect((await current()).spec).toEqual(other);
  });

  test('is kept for ever again when no days are wanted any more', async () => {
    await LogGroup.create(aws, spec, creation);
    const wanted = { ...spec, retentionDays: undefined };
    const found = await current();
    await LogGroup.update(aws, found, wanted, differences(LogGroup, wanted, found.spec));
    expect((await current()).spec).toEqual(wanted);
  });

  test('that cannot be kept as long as wanted exists all the same, and is not usable yet', async () => {
    const impossible = { ...spec, retentionDays: 8 };
    expect(await LogGroup.create(aws, impossible, creation)).toEqual({ id: name });
    const found = await current();
    expect(found.spec.retentionDays).toBeUndefined();
    const changes = differences(LogGroup, impossible, found.spec);
    await expect(LogGroup.update(aws, found, impossible, changes)).rejects.toMatchObject({
      reason: 'InvalidSpec',
    });
  });

  test('that somebody protects is not deleted, and says why', async () => {
    await LogGroup.create(aws, spec, creation);
    const protection = { logGroupIdentifier: name, deletionProtectionEnabled: true };
    await aws.logs.send(new PutLogGroupDeletionProtectionCommand(protection));
    await expect(LogGroup.delete(aws, await current())).rejects.toMatchObject({
      reason: 'DeletionBlocked',
      message: expect.stringContaining('protect'),
    });
  });
});

describe('a log group of the wanted name', () => {
  test('that somebody else made is not ours, and its creation says how to hand it over', async () => {
    await aws.logs.send(new CreateLogGroupCommand({ logGroupName: name }));
    expect(await LogGroup.list(aws, [query])).toEqual([]);
    await expect(LogGroup.create(aws, spec, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`put the tags ${ownerTag}=${owner} and ${nodeTag}=${node} on it`),
    });
    await aws.logs.send(new TagResourceCommand({ resourceArn: arn, tags: creation.tags }));
    expect(await LogGroup.create(aws, spec, creation)).toEqual({ id: name });
    expect(await current()).toMatchObject({ owner, node, spec: { retentionDays: undefined } });
  });

  test('of another owner stays the one of that owner, and who remembers it is told whose it is', async () => {
    const other = 'Network/other/core';
    const tags = { [ownerTag]: other, [nodeTag]: node };
    await aws.logs.send(new CreateLogGroupCommand({ logGroupName: name, tags }));
    expect(await LogGroup.list(aws, [query])).toEqual([]);
    const remembered = { ...query, known: new Map([[node, name]]) };
    const asked = [remembered, { ...query, owner: other, names: new Map() }];
    const found = await LogGroup.list(aws, asked);
    expect(found.map(({ id, owner: claimant, ownedBy }) => [id, claimant, ownedBy])).toEqual([
      [name, other, undefined],
      [name, owner, other],
    ]);
    await expect(LogGroup.create(aws, spec, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`is owned by Network/other/core (${node})`),
    });
  });

  test('made anew by the service that writes to it, without tags, is known by what is remembered', async () => {
    await LogGroup.create(aws, spec, creation);
    await LogGroup.delete(aws, await current());
    await aws.logs.send(new CreateLogGroupCommand({ logGroupName: name }));
    const found = await LogGroup.list(aws, [{ ...query, known: new Map([[node, name]]) }]);
    expect(found).toMatchObject([{ id: name, owner, node, tags: {} }]);
  });
});

describe('a list of log groups', () => {
  test('asks a group for its tags only while the index does not show it', async () => {
    await emulator.setStaleness({ tagging: 3_600_000 });
    await LogGroup.create(aws, spec, creation);
    const list = () => LogGroup.list(aws, [query]);
    expect(await operations(list)).toEqual(['GetResources', 'DescribeLogGroups', 'ListTagsForResource']);
    expect(await list()).toMatchObject([{ id: name, owner, node, tags: creation.tags }]);
    await emulator.setStaleness({ tagging: 0 });
    expect(await operations(list)).toEqual(['GetResources', 'DescribeLogGroups']);
    expect(await list()).toMatchObject([{ id: name, owner, node, tags: creation.tags }]);
  });

  test('does not believe an index that shows other tags than were written last', async () => {
    await LogGroup.create(aws, spec, creation);
    const list = () => LogGroup.list(aws, [query]);
    await list();
    const tags = { ...creation.tags, team: 'data' };
    await LogGroup.setTags?.(aws, await current(), tags);
    // As the index sees it before it has heard of the new tag.
    await aws.logs.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['team'] }));
    expect(await operations(list)).toContain('ListTagsForResource');
    await aws.logs.send(new TagResourceCommand({ resourceArn: arn, tags }));
    await list();
    expect(await operations(list)).toEqual(['GetResources', 'DescribeLogGroups']);
    expect(await list()).toMatchObject([{ tags }]);
  });

  test('makes one call for 50 groups, whoever has them', async () => {
    const queries = Array.from({ length: 60 }, (_, index) => ({
      ...query,
      owner: `Network/test/${index}`,
      names: new Map([[node, `${name}-${index}`]]),
    }));
    await Promise.all(
      queries.map((of, index) =>
        LogGroup.create(aws, sampleLogGroup(`${name}-${index}`), {
          owner: of.owner,
          node,
          tags: { [ownerTag]: of.owner, [nodeTag]: node },
        }),
      ),
    );
    const calls = await operations(async () => {
      expect(await LogGroup.list(aws, queries)).toHaveLength(60);
    });
    expect(calls.filter((call) => call === 'DescribeLogGroups')).toHaveLength(2);
    expect(calls.filter((call) => call === 'ListTagsForResource')).toEqual([]);
  });
});
