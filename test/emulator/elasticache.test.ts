import { DeleteSubnetCommand, DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  AddTagsToResourceCommand,
  CreateCacheParameterGroupCommand,
  CreateCacheSubnetGroupCommand,
  CreateReplicationGroupCommand,
  CreateSnapshotCommand,
  DecreaseReplicaCountCommand,
  DeleteReplicationGroupCommand,
  DescribeCacheClustersCommand,
  DescribeReplicationGroupsCommand,
  DescribeSnapshotsCommand,
  ElastiCacheClient,
  IncreaseReplicaCountCommand,
  ListTagsForResourceCommand,
  ModifyCacheParameterGroupCommand,
  ModifyReplicationGroupCommand,
  TestFailoverCommand,
  type CreateReplicationGroupCommandInput,
  type ModifyReplicationGroupCommandInput,
} from '@aws-sdk/client-elasticache';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makePlaces, type Places } from './elasticache-places.ts';
import { startEmulator, type Emulator } from './start.ts';

const ReplicationGroupId = 'sessions';
const CacheSubnetGroupName = 'payments';
const ResourceName = 'arn:aws:elasticache:us-east-1:123456789012:replicationgroup:sessions';
const type = 'elasticache/replication-group';
const [first, second] = ['first-token-of-the-cache', 'second-token-of-the-cache'];

let emulator: Emulator;
let cache: ElastiCacheClient;
let ec2: EC2Client;
let places: Places;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  cache = new ElastiCacheClient(options);
  ec2 = new EC2Client(options);
}, 300_000);

beforeEach(async () => {
  places = await makePlaces(ec2, 'us-east-1');
  const wanted = { CacheSubnetGroupName, CacheSubnetGroupDescription: 'Payments' };
  await cache.send(new CreateCacheSubnetGroupCommand({ ...wanted, SubnetIds: [...places.subnetIds] }));
});

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

function create(input: Partial<CreateReplicationGroupCommandInput> = {}) {
  const named = { ReplicationGroupId, ReplicationGroupDescription: 'Sessions', CacheSubnetGroupName };
  const nodes = { EngineVersion: '7.0', CacheNodeType: 'cache.t3.micro', NumCacheClusters: 2 };
  return cache.send(new CreateReplicationGroupCommand({ ...named, ...nodes, ...input }));
}

function modify(input: Partial<ModifyReplicationGroupCommandInput>) {
  return cache.send(
    new ModifyReplicationGroupCommand({ ReplicationGroupId, ApplyImmediately: true, ...input }),
  );
}

async function makeParameters(family: string): Promise<string> {
  const CacheParameterGroupName = `sessions-${family}`;
  const wanted = { CacheParameterGroupName, CacheParameterGroupFamily: family, Description: 'Sessions' };
  await cache.send(new CreateCacheParameterGroupCommand(wanted));
  return CacheParameterGroupName;
}

function setDatabases(CacheParameterGroupName: string) {
  const ParameterNameValues = [{ ParameterName: 'databases', ParameterValue: '32' }];
  return cache.send(new ModifyCacheParameterGroupCommand({ CacheParameterGroupName, ParameterNameValues }));
}

function increaseTo(NewReplicaCount: number) {
  const wanted = { ReplicationGroupId, NewReplicaCount, ApplyImmediately: true };
  return cache.send(new IncreaseReplicaCountCommand(wanted));
}

function decreaseTo(NewReplicaCount: number) {
  const wanted = { ReplicationGroupId, NewReplicaCount, ApplyImmediately: true };
  return cache.send(new DecreaseReplicaCountCommand(wanted));
}

function changeToken(AuthToken: string, AuthTokenUpdateStrategy: 'SET' | 'ROTATE' | 'DELETE') {
  return modify({ AuthToken, AuthTokenUpdateStrategy });
}

async function describeGroup() {
  const { ReplicationGroups = [] } = await cache.send(
    new DescribeReplicationGroupsCommand({ ReplicationGroupId }),
  );
  return ReplicationGroups[0];
}

async function members() {
  return (await cache.send(new DescribeCacheClustersCommand({}))).CacheClusters ?? [];
}

async function snapshots() {
  const { Snapshots = [] } = await cache.send(new DescribeSnapshotsCommand({ ReplicationGroupId }));
  return Snapshots.map(({ SnapshotName, SnapshotStatus }) => `${SnapshotName} ${SnapshotStatus}`);
}

const refused = (name: string) => ({ name });

test('A group is creating, then available, and takes changes and tags only then', async () => {
  await emulator.setLifecycles({ [type]: { creating: 'held', modifying: 'held' } });
  await create();
  expect(await describeGroup()).toMatchObject({ Status: 'creating', NodeGroups: [] });
  const busy = refused('InvalidReplicationGroupStateFault');
  const tagged = new AddTagsToResourceCommand({ ResourceName, Tags: [{ Key: 'owner', Value: 'payments' }] });
  await expect(modify({ SnapshotWindow: '01:00-02:00' })).rejects.toMatchObject(busy);
  await expect(cache.send(tagged)).rejects.toMatchObject(busy);
  await expect(cache.send(new ListTagsForResourceCommand({ ResourceName }))).rejects.toMatchObject(busy);
  await emulator.release();
  const group = await describeGroup();
  expect(group).toMatchObject({ Status: 'available', MemberClusters: ['sessions-001', 'sessions-002'] });
  expect(group?.NodeGroups?.[0]?.PrimaryEndpoint).toMatchObject({ Port: 6379 });
  await cache.send(tagged);
  expect((await describeGroup())?.Status).toBe('modifying');
});

test('Its members are in different zones, have an interface there, and show what the group does not', async () => {
  await create({
    SecurityGroupIds: [places.securityGroupIds[0]],
    PreferredMaintenanceWindow: 'Sun:05:00-Sun:06:00',
  });
  const found = await members();
  expect(found.map(({ PreferredAvailabilityZone: zone }) => zone)).toEqual(['us-east-1a', 'us-east-1b']);
  expect(found[0]).toMatchObject({
    EngineVersion: '7.0.7',
    CacheParameterGroup: { CacheParameterGroupName: 'default.redis7', ParameterApplyStatus: 'in-sync' },
    CacheSubnetGroupName,
    SecurityGroups: [{ SecurityGroupId: places.securityGroupIds[0] }],
    PreferredMaintenanceWindow: 'sun:05:00-sun:06:00',
  });
  const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
  const descriptions = NetworkInterfaces.map(({ Description }) => Description);
  expect(descriptions).toEqual(['ElastiCache sessions-001', 'ElastiCache sessions-002']);
  const SubnetId = places.subnetIds[0];
  await expect(ec2.send(new DeleteSubnetCommand({ SubnetId }))).rejects.toMatchObject({
    Code: 'DependencyViolation',
  });
  await cache.send(new DeleteReplicationGroupCommand({ ReplicationGroupId }));
  await ec2.send(new DeleteSubnetCommand({ SubnetId }));
});

test('A deletion ends, after a final snapshot that outlives the group, and the name is free again', async () => {
  await emulator.setLifecycles({
    [type]: { snapshotting: 'held', deleting: 'held' },
    'elasticache/snapshot': { creating: 'held' },
  });
  await create();
  await cache.send(
    new DeleteReplicationGroupCommand({ ReplicationGroupId, FinalSnapshotIdentifier: 'sessions-last' }),
  );
  expect((await describeGroup())?.Status).toBe('snapshotting');
  expect(await snapshots()).toEqual(['sessions-last creating']);
  await emulator.release();
  expect((await describeGroup())?.Status).toBe('deleting');
  expect(await snapshots()).toEqual(['sessions-last available']);
  await expect(create()).rejects.toMatchObject(refused('ReplicationGroupAlreadyExistsFault'));
  await emulator.release();
  await expect(describeGroup()).rejects.toMatchObject(refused('ReplicationGroupNotFoundFault'));
  expect(await members()).toEqual([]);
  await create();
  expect(await snapshots()).toEqual(['sessions-last available']);
  const again = { ReplicationGroupId, SnapshotName: 'sessions-last' };
  await expect(cache.send(new CreateSnapshotCommand(again))).rejects.toMatchObject(
    refused('SnapshotAlreadyExistsFault'),
  );
});

test('Failover needs a replica, and Multi-AZ needs failover', async () => {
  const impossible = refused('InvalidParameterCombinationException');
  await expect(create({ NumCacheClusters: 1, AutomaticFailoverEnabled: true })).rejects.toMatchObject(
    impossible,
  );
  await expect(create({ MultiAZEnabled: true })).rejects.toMatchObject(impossible);
  await create({ AutomaticFailoverEnabled: true, MultiAZEnabled: true });
  await expect(modify({ AutomaticFailoverEnabled: false })).rejects.toMatchObject(impossible);
  await expect(decreaseTo(0)).rejects.toMatchObject(refused('InvalidParameterValueException'));
  await modify({ AutomaticFailoverEnabled: false, MultiAZEnabled: false });
  await decreaseTo(0);
  expect((await describeGroup())?.MemberClusters).toEqual(['sessions-001']);
});

test('Replicas come and go, and the primary stays, also after a failover', async () => {
  await create({ AutomaticFailoverEnabled: true });
  await cache.send(new TestFailoverCommand({ ReplicationGroupId, NodeGroupId: '0001' }));
  await increaseTo(3);
  await expect(increaseTo(3)).rejects.toMatchObject(refused('NoOperationFault'));
  await decreaseTo(1);
  const [nodes] = (await describeGroup())?.NodeGroups ?? [];
  expect(nodes?.NodeGroupMembers).toMatchObject([
    { CacheClusterId: 'sessions-001', CurrentRole: 'replica' },
    { CacheClusterId: 'sessions-002', CurrentRole: 'primary' },
  ]);
});

test('A token is added by ROTATE, is the only one after SET, and goes only for user groups', async () => {
  const encrypted = { TransitEncryptionEnabled: true };
  await expect(create({ AuthToken: first })).rejects.toMatchObject(
    refused('InvalidParameterCombinationException'),
  );
  const wrong = refused('InvalidParameterValueException');
  await expect(create({ ...encrypted, AuthToken: 'too/short' })).rejects.toMatchObject(wrong);
  await create({ ...encrypted, AuthToken: first });
  const created = (await describeGroup())?.AuthTokenLastModifiedDate;
  await expect(changeToken(second, 'SET')).rejects.toMatchObject(wrong);
  await changeToken(second, 'ROTATE');
  await expect(changeToken(first, 'SET')).rejects.toMatchObject(wrong);
  await changeToken(second, 'SET');
  await expect(changeToken(second, 'DELETE')).rejects.toMatchObject(wrong);
  const group = await describeGroup();
  expect(group?.AuthTokenEnabled).toBe(true);
  expect(group?.AuthTokenLastModifiedDate?.getTime()).toBeGreaterThan(created?.getTime() ?? Infinity);
});

test('Encryption in transit is switched on and off by way of the mode preferred', async () => {
  const impossible = refused('InvalidParameterCombinationException');
  await create();
  const mode = (TransitEncryptionMode: 'preferred' | 'required') =>
    modify({ TransitEncryptionEnabled: true, TransitEncryptionMode });
  await expect(mode('required')).rejects.toMatchObject(impossible);
  await mode('preferred');
  await mode('required');
  await expect(modify({ TransitEncryptionEnabled: false })).rejects.toMatchObject(impossible);
  await mode('preferred');
  await modify({ TransitEncryptionEnabled: false });
  expect((await describeGroup())?.TransitEncryptionEnabled).toBe(false);
});

test('Nodes and versions that are not changed at once wait for the maintenance window, and go one way', async () => {
  await emulator.setLifecycles({ [type]: { 'pending-maintenance': 'held' } });
  await create();
  await modify({ CacheNodeType: 'cache.m6g.large', EngineVersion: '7.1', ApplyImmediately: false });
  const PendingModifiedValues = { CacheNodeType: 'cache.m6g.large', EngineVersion: '7.1.0' };
  expect(await members()).toMatchObject([{ EngineVersion: '7.0.7', PendingModifiedValues }, {}]);
  await emulator.release();
  expect(await members()).toMatchObject([{ EngineVersion: '7.1.0', CacheNodeType: 'cache.m6g.large' }, {}]);
  for (const impossible of [{ EngineVersion: '7.0' }, { CacheParameterGroupName: 'default.redis6.x' }])
    await expect(modify(impossible)).rejects.toMatchObject(refused('InvalidParameterCombinationException'));
});

test('Redis OSS becomes Valkey with a version and parameters of that, in the maintenance window or at once', async () => {
  await emulator.setLifecycles({ [type]: { 'pending-maintenance': 'held' } });
  const [before, after] = [await makeParameters('redis7'), await makeParameters('valkey8')];
  await create({ CacheParameterGroupName: before });
  const upgrade = { Engine: 'valkey', EngineVersion: '8.0', CacheParameterGroupName: after };
  await setDatabases(before);
  const { Engine, EngineVersion, CacheParameterGroupName } = upgrade;
  const parts = [{ Engine }, { Engine, EngineVersion }, { CacheParameterGroupName }];
  // As it is, it has other values of parameters that need a restart.
  for (const impossible of [...parts, { ...upgrade, EngineVersion: '7.2' }, upgrade])
    await expect(modify(impossible)).rejects.toMatchObject(refused('InvalidParameterCombinationException'));
  await setDatabases(after);
  await modify({ ...upgrade, ApplyImmediately: false });
  const redis = {
    Engine: 'redis',
    EngineVersion: '7.0.7',
    PendingModifiedValues: { EngineVersion: '8.0.1' },
  };
  expect(await members()).toMatchObject([
    { ...redis, CacheParameterGroup: { CacheParameterGroupName: before } },
    redis,
  ]);
  await emulator.release();
  const valkey = { Engine, EngineVersion: '8.0.1', CacheParameterGroup: { CacheParameterGroupName } };
  expect(await members()).toMatchObject([valkey, valkey]);
});

test('While it changes its engine it shows the one before, and it goes back from Valkey 7.2 to Redis OSS 7.1 only', async () => {
  await emulator.setLifecycles({ [type]: { modifying: 'held' } });
  await create();
  await emulator.release();
  const change = async (Engine: string, EngineVersion: string) => {
    const { ReplicationGroup } = await modify({ Engine, EngineVersion });
    await emulator.release();
    const [{ CacheParameterGroup } = {}] = await members();
    const now = (await describeGroup())?.Engine;
    return [ReplicationGroup?.Engine, now, CacheParameterGroup?.CacheParameterGroupName];
  };
  expect(await change('valkey', '7.2')).toEqual(['redis', 'valkey', 'default.valkey7']);
  const impossible = refused('InvalidParameterCombinationException');
  await expect(change('redis', '7.0')).rejects.toMatchObject(impossible);
  expect(await change('redis', '7.1')).toEqual(['valkey', 'redis', 'default.redis7']);
  await change('valkey', '8.0');
  await expect(change('redis', '7.1')).rejects.toMatchObject(impossible);
});
