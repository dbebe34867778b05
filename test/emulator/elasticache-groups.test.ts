import { EC2Client } from '@aws-sdk/client-ec2';
import {
  AddTagsToResourceCommand,
  CreateCacheParameterGroupCommand,
  CreateCacheSubnetGroupCommand,
  CreateReplicationGroupCommand,
  DeleteCacheParameterGroupCommand,
  DeleteCacheSubnetGroupCommand,
  DescribeCacheClustersCommand,
  DescribeCacheParameterGroupsCommand,
  DescribeCacheParametersCommand,
  DescribeCacheSubnetGroupsCommand,
  ElastiCacheClient,
  ListTagsForResourceCommand,
  ModifyCacheParameterGroupCommand,
  ModifyCacheSubnetGroupCommand,
  RemoveTagsFromResourceCommand,
  ResetCacheParameterGroupCommand,
} from '@aws-sdk/client-elasticache';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makePlaces, type Places } from './elasticache-places.ts';
import { startEmulator, type Emulator } from './start.ts';

const CacheParameterGroupName = 'payments-redis7';
const CacheSubnetGroupName = 'payments';
const ours = [{ Key: 'owner', Value: 'payments' }];

let emulator: Emulator;
let cache: ElastiCacheClient;
let ec2: EC2Client;
let tagging: ResourceGroupsTaggingAPIClient;
let places: Places;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  cache = new ElastiCacheClient(options);
  ec2 = new EC2Client(options);
  tagging = new ResourceGroupsTaggingAPIClient(options);
}, 300_000);

beforeEach(async () => {
  places = await makePlaces(ec2, 'us-east-1');
});

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

async function createParameterGroup(family = 'redis7', Tags = ours): Promise<string> {
  const wanted = {
    CacheParameterGroupName,
    CacheParameterGroupFamily: family,
    Description: 'Payments',
    Tags,
  };
  const { CacheParameterGroup: made } = await cache.send(new CreateCacheParameterGroupCommand(wanted));
  return made?.ARN ?? '';
}

async function createSubnetGroup(SubnetIds: readonly string[] = places.subnetIds): Promise<string> {
  const wanted = { CacheSubnetGroupName, CacheSubnetGroupDescription: 'Payments', Tags: ours };
  const command = new CreateCacheSubnetGroupCommand({ ...wanted, SubnetIds: [...SubnetIds] });
  return (await cache.send(command)).CacheSubnetGroup?.ARN ?? '';
}

async function createCache(): Promise<void> {
  const wanted = { ReplicationGroupId: 'sessions', ReplicationGroupDescription: 'Sessions' };
  const nodes = { CacheNodeType: 'cache.t3.micro', NumCacheClusters: 2, EngineVersion: '7.0' };
  const groups = { CacheSubnetGroupName, CacheParameterGroupName };
  await cache.send(new CreateReplicationGroupCommand({ ...wanted, ...nodes, ...groups }));
}

async function setByUsers(): Promise<unknown> {
  const command = new DescribeCacheParametersCommand({ CacheParameterGroupName, Source: 'user' });
  const { Parameters = [] } = await cache.send(command);
  return Object.fromEntries(
    Parameters.map(({ ParameterName, ParameterValue }) => [ParameterName, ParameterValue]),
  );
}

function set(values: Readonly<Record<string, string>>) {
  const pairs = Object.entries(values);
  const ParameterNameValues = pairs.map(([ParameterName, ParameterValue]) => ({
    ParameterName,
    ParameterValue,
  }));
  return cache.send(new ModifyCacheParameterGroupCommand({ CacheParameterGroupName, ParameterNameValues }));
}

async function indexed(type: string) {
  const TagFilters = [{ Key: 'owner', Values: ['payments'] }];
  const command = new GetResourcesCommand({ TagFilters, ResourceTypeFilters: [`elasticache:${type}`] });
  const found = (await tagging.send(command)).ResourceTagMappingList ?? [];
  return found.map(({ ResourceARN }) => ResourceARN);
}

async function applyStatuses() {
  const { CacheClusters = [] } = await cache.send(new DescribeCacheClustersCommand({}));
  return CacheClusters.map(({ CacheParameterGroup }) => CacheParameterGroup?.ParameterApplyStatus);
}

test('Parameters that somebody set are told from defaults, until they are reset', async () => {
  await createParameterGroup();
  expect(await setByUsers()).toEqual({});
  await set({ 'maxmemory-policy': 'allkeys-lru', timeout: '300' });
  expect(await setByUsers()).toEqual({ 'maxmemory-policy': 'allkeys-lru', timeout: '300' });
  const reset = { CacheParameterGroupName, ParameterNameValues: [{ ParameterName: 'timeout' }] };
  await cache.send(new ResetCacheParameterGroupCommand(reset));
  expect(await setByUsers()).toEqual({ 'maxmemory-policy': 'allkeys-lru' });
  const { Parameters = [] } = await cache.send(
    new DescribeCacheParametersCommand({ CacheParameterGroupName, Source: 'system' }),
  );
  expect(Parameters).toContainEqual(
    expect.objectContaining({ ParameterName: 'timeout', ParameterValue: '0' }),
  );
});

test('Parameters that do not exist, cannot be set or take no such value are refused, and so are more than 20', async () => {
  await createParameterGroup();
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, number) => [`parameter-${number}`, '1']));
  for (const refused of [{ missing: '1' }, { appendonly: 'yes' }, { 'maxmemory-policy': 'all' }, many])
    await expect(set(refused)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  expect(await setByUsers()).toEqual({});
});

test('A parameter that takes effect after a restart leaves its clusters at pending-reboot', async () => {
  await createParameterGroup();
  await createSubnetGroup();
  await createCache();
  await set({ timeout: '10' });
  expect(await applyStatuses()).toEqual(['in-sync', 'in-sync']);
  await set({ databases: '32' });
  expect(await applyStatuses()).toEqual(['pending-reboot', 'pending-reboot']);
});

test('Parameter groups are made once, of a family that exists, and come in pages', async () => {
  await createParameterGroup();
  await expect(createParameterGroup()).rejects.toMatchObject({
    name: 'CacheParameterGroupAlreadyExistsFault',
  });
  await expect(createParameterGroup('redis9')).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
  for (let number = 0; number < 20; number += 1) {
    const CacheParameterGroupFamily = 'redis7';
    const name = `other-${number}`;
    await cache.send(
      new CreateCacheParameterGroupCommand({
        CacheParameterGroupName: name,
        CacheParameterGroupFamily,
        Description: name,
      }),
    );
  }
  const first = await cache.send(new DescribeCacheParameterGroupsCommand({ MaxRecords: 20 }));
  const second = await cache.send(new DescribeCacheParameterGroupsCommand({ Marker: first.Marker }));
  const all = [...(first.CacheParameterGroups ?? []), ...(second.CacheParameterGroups ?? [])];
  const names = all.map((group) => group.CacheParameterGroupName);
  expect(first.CacheParameterGroups).toHaveLength(20);
  expect(names).toContain(CacheParameterGroupName);
  expect(names).toContain('default.redis7');
  expect(new Set(names).size).toBe(names.length);
});

test('Groups that a cache uses are not deleted, nor is a subnet with nodes taken out', async () => {
  await createParameterGroup();
  await createSubnetGroup();
  await createCache();
  await expect(
    cache.send(new DeleteCacheParameterGroupCommand({ CacheParameterGroupName })),
  ).rejects.toMatchObject({ name: 'InvalidCacheParameterGroupStateFault' });
  await expect(cache.send(new DeleteCacheSubnetGroupCommand({ CacheSubnetGroupName }))).rejects.toMatchObject(
    {
      name: 'CacheSubnetGroupInUse',
    },
  );
  const fewer = { CacheSubnetGroupName, SubnetIds: [places.subnetIds[0]] };
  await expect(cache.send(new ModifyCacheSubnetGroupCommand(fewer))).rejects.toMatchObject({
    name: 'SubnetInUse',
  });
});

test('A subnet group is of subnets that exist, in one VPC, and can be changed and deleted', async () => {
  await expect(createSubnetGroup(['subnet-0123'])).rejects.toMatchObject({ name: 'InvalidSubnet' });
  const elsewhere = await makePlaces(ec2, 'us-east-1');
  const mixed = [places.subnetIds[0], elsewhere.subnetIds[0]];
  await expect(createSubnetGroup(mixed)).rejects.toMatchObject({ name: 'InvalidSubnet' });
  await createSubnetGroup();
  const changed = {
    CacheSubnetGroupName,
    CacheSubnetGroupDescription: 'Others',
    SubnetIds: [places.subnetIds[1]],
  };
  await cache.send(new ModifyCacheSubnetGroupCommand(changed));
  const { CacheSubnetGroups = [] } = await cache.send(new DescribeCacheSubnetGroupsCommand({}));
  expect(CacheSubnetGroups).toMatchObject([
    {
      CacheSubnetGroupDescription: 'Others',
      VpcId: places.vpcId,
      Subnets: [{ SubnetIdentifier: places.subnetIds[1], SubnetAvailabilityZone: { Name: 'us-east-1b' } }],
    },
  ]);
  await cache.send(new DeleteCacheSubnetGroupCommand({ CacheSubnetGroupName }));
  await expect(
    cache.send(new DescribeCacheSubnetGroupsCommand({ CacheSubnetGroupName })),
  ).rejects.toMatchObject({ name: 'CacheSubnetGroupNotFoundFault' });
});

test('Tags are read, added and removed, and those of a deleted group are gone', async () => {
  const arn = await createParameterGroup();
  const tags = async () => (await cache.send(new ListTagsForResourceCommand({ ResourceName: arn }))).TagList;
  expect(await tags()).toEqual(ours);
  const added = { ResourceName: arn, Tags: [{ Key: 'stage', Value: 'production' }] };
  expect((await cache.send(new AddTagsToResourceCommand(added))).TagList).toHaveLength(2);
  await cache.send(new RemoveTagsFromResourceCommand({ ResourceName: arn, TagKeys: ['owner'] }));
  expect(await tags()).toEqual(added.Tags);
  await cache.send(new DeleteCacheParameterGroupCommand({ CacheParameterGroupName }));
  await expect(tags()).rejects.toMatchObject({ name: 'CacheParameterGroupNotFoundFault' });
  await createParameterGroup('redis7', []);
  expect(await tags()).toEqual([]);
});

test('The index of tags has groups under the names that AWS gives their types', async () => {
  const arns = [await createParameterGroup(), await createSubnetGroup()];
  expect(await indexed('parametergroup')).toEqual([arns[0]]);
  expect(await indexed('subnetgroup')).toEqual([arns[1]]);
  expect(arns[1]).toBe('arn:aws:elasticache:us-east-1:123456789012:subnetgroup:payments');
});
