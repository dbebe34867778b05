import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  DeleteDBParameterGroupCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBParametersCommand,
  DescribeDBSubnetGroupsCommand,
  EnableHttpEndpointCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  ModifyDBSubnetGroupCommand,
  paginateDescribeDBClusters,
  RDSClient,
  ResetDBParameterGroupCommand,
  RestoreDBClusterToPointInTimeCommand,
  StopDBClusterCommand,
  type CreateDBInstanceCommandInput,
} from '@aws-sdk/client-rds';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let rds: RDSClient;
let ec2: EC2Client;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  rds = new RDSClient(options);
  ec2 = new EC2Client(options);
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

const DBClusterIdentifier = 'ledger';
const DBInstanceIdentifier = 'alone';
const DBSubnetGroupName = 'data';
const DBParameterGroupName = 'settings';
const master = { MasterUsername: 'admin1', MasterUserPassword: 'a-long-password' };

const refusal = (name: string) => expect.objectContaining({ name });

async function makeSubnets(): Promise<string[]> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const subnets = ['a', 'b', 'c'].map(async (zone, index) => {
    const place = { CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: `us-east-1${zone}` };
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, ...place }));
    return Subnet?.SubnetId ?? '';
  });
  return Promise.all(subnets);
}

async function makeSubnetGroup(SubnetIds: string[]): Promise<void> {
  const group = { DBSubnetGroupName, DBSubnetGroupDescription: 'data', SubnetIds };
  await rds.send(new CreateDBSubnetGroupCommand(group));
}

async function makeCluster(name = DBClusterIdentifier, group?: string): Promise<void> {
  const cluster = { DBClusterIdentifier: name, Engine: 'aurora-postgresql', EngineVersion: '15' };
  await rds.send(new CreateDBClusterCommand({ ...cluster, ...master, DBSubnetGroupName: group }));
}

async function makeInstance(more: Partial<CreateDBInstanceCommandInput> = {}): Promise<void> {
  const instance = { DBInstanceIdentifier, Engine: 'postgres', DBInstanceClass: 'db.t3.micro' };
  const storage = { AllocatedStorage: 20, StorageType: 'gp3', EngineVersion: '15' };
  await rds.send(new CreateDBInstanceCommand({ ...instance, ...storage, ...master, ...more }));
}

const cluster = async () => (await rds.send(new DescribeDBClustersCommand({}))).DBClusters?.[0];
const instance = async () => (await rds.send(new DescribeDBInstancesCommand({}))).DBInstances?.[0];

test('A subnet group is changed, covers two zones, and stays while it is in use', async () => {
  const [one = '', two = '', three = ''] = await makeSubnets();
  await expect(makeSubnetGroup([one])).rejects.toEqual(refusal('DBSubnetGroupDoesNotCoverEnoughAZs'));
  await makeSubnetGroup([one, two]);
  await expect(makeSubnetGroup([one, two])).rejects.toMatchObject({
    name: expect.stringMatching(/^DBSubnetGroupAlreadyExists/),
  });
  await rds.send(new ModifyDBSubnetGroupCommand({ DBSubnetGroupName, SubnetIds: [two, three] }));
  const { DBSubnetGroups: [group] = [] } = await rds.send(new DescribeDBSubnetGroupsCommand({}));
  expect(group?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier)).toEqual([two, three]);

  await makeCluster(DBClusterIdentifier, DBSubnetGroupName);
  const remove = () => rds.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName }));
  await expect(remove()).rejects.toEqual(refusal('InvalidDBSubnetGroupStateFault'));
  await makeInstance({ DBClusterIdentifier, Engine: 'aurora-postgresql' });
  expect((await instance())?.DBSubnetGroup).toMatchObject({ DBSubnetGroupName });
  await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));
  await rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true }));
  await remove();
});

test('Parameters have a source and a type, are set as that allows, and can be reset', async () => {
  const family = { DBParameterGroupFamily: 'postgres15', Description: 'settings' };
  await rds.send(new CreateDBParameterGroupCommand({ DBParameterGroupName, ...family }));
  const set = (ParameterName: string, ApplyMethod: 'immediate' | 'pending-reboot') =>
    rds.send(
      new ModifyDBParameterGroupCommand({
        DBParameterGroupName,
        Parameters: [{ ParameterName, ParameterValue: '7', ApplyMethod }],
      }),
    );
  await expect(set('max_connections', 'immediate')).rejects.toMatchObject({
    name: 'InvalidParameterCombination',
  });
  await expect(set('no_such_parameter', 'immediate')).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await set('max_connections', 'pending-reboot');
  await set('work_mem', 'immediate');
  const find = async (Source?: string) => {
    const search = new DescribeDBParametersCommand({ DBParameterGroupName, Source });
    return (await rds.send(search)).Parameters ?? [];
  };
  expect(await find('user')).toMatchObject([
    { ParameterName: 'max_connections', ParameterValue: '7', ApplyType: 'static', Source: 'user' },
    { ParameterName: 'work_mem', ApplyType: 'dynamic', ApplyMethod: 'immediate' },
  ]);
  expect((await find()).length).toBeGreaterThan(10);
  const Parameters = [{ ParameterName: 'work_mem', ApplyMethod: 'immediate' as const }];
  await rds.send(new ResetDBParameterGroupCommand({ DBParameterGroupName, Parameters }));
  expect(await find('user')).toMatchObject([{ ParameterName: 'max_connections' }]);

  await makeInstance({ DBParameterGroupName });
  await expect(rds.send(new DeleteDBParameterGroupCommand({ DBParameterGroupName }))).rejects.toMatchObject({
    name: expect.stringMatching(/^InvalidDBParameterGroupState/),
  });
});

test('A cluster is created once, changed only while it is available, and gone when it is deleted', async () => {
  const lifecycle = { creating: 'held', modifying: 'held', deleting: 'held' } as const;
  await emulator.setLifecycles({ 'rds/cluster': lifecycle });
  await makeCluster();
  await expect(makeCluster()).rejects.toEqual(refusal('DBClusterAlreadyExistsFault'));
  const modify = () =>
    rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier, BackupRetentionPeriod: 7 }));
  const states: (string | undefined)[] = [(await cluster())?.Status];
  await expect(modify()).rejects.toEqual(refusal('InvalidDBClusterStateFault'));
  await emulator.release();
  await modify();
  states.push((await cluster())?.Status);
  await emulator.release();
  await rds.send(new EnableHttpEndpointCommand({ ResourceArn: (await cluster())?.DBClusterArn }));
  expect(await cluster()).toMatchObject({ HttpEndpointEnabled: true, BackupRetentionPeriod: 7 });
  await rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true }));
  states.push((await cluster())?.Status);
  await emulator.release();
  expect(await cluster()).toBeUndefined();
  expect(states).toEqual(['creating', 'modifying', 'deleting']);
});

test('A stopped cluster is not deleted', async () => {
  await makeCluster();
  await rds.send(new StopDBClusterCommand({ DBClusterIdentifier }));
  expect(await cluster()).toMatchObject({ Status: 'stopped' });
  await expect(
    rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true })),
  ).rejects.toEqual(refusal('InvalidDBClusterStateFault'));
});

test('What is not to be applied immediately waits for the maintenance window', async () => {
  await emulator.setLifecycles({ 'rds/instance': { 'pending-maintenance': 'held' } });
  await makeInstance({ EnablePerformanceInsights: true });
  const change = { DBInstanceIdentifier, DBInstanceClass: 'db.t3.large', CopyTagsToSnapshot: true };
  await rds.send(new ModifyDBInstanceCommand(change));
  expect(await instance()).toMatchObject({
    DBInstanceClass: 'db.t3.micro',
    CopyTagsToSnapshot: true,
    PendingModifiedValues: { DBInstanceClass: 'db.t3.large' },
    PerformanceInsightsEnabled: true,
    PerformanceInsightsRetentionPeriod: 7,
  });
  await emulator.release();
  expect(await instance()).toMatchObject({ DBInstanceClass: 'db.t3.large' });
});

test('Clusters come in pages', async () => {
  const names = Array.from({ length: 21 }, (_, number) => `cluster-${number}`).sort();
  for (const name of names) await makeCluster(name);
  const found: (string | undefined)[] = [];
  for await (const page of paginateDescribeDBClusters({ client: rds, pageSize: 20 }, {}))
    found.push(...(page.DBClusters ?? []).map((one) => one.DBClusterIdentifier));
  expect(found).toEqual(names);
});

describe('Clusters', () => {
  const started = { DBClusterIdentifier, ApplyImmediately: true };

  test('that were stopped for seven days are started by AWS', async () => {
    await emulator.setLifecycles({ 'rds/cluster': { stopped: 'held', starting: 'held' } });
    await makeCluster();
    expect((await cluster())?.AutomaticRestartTime).toBeUndefined();
    await rds.send(new StopDBClusterCommand({ DBClusterIdentifier }));
    expect(await cluster()).toMatchObject({ Status: 'stopped', AutomaticRestartTime: expect.any(Date) });
    await emulator.release();
    expect(await cluster()).toMatchObject({ Status: 'starting' });
    await emulator.release();
    expect(await cluster()).toMatchObject({ Status: 'available' });
    expect((await cluster())?.AutomaticRestartTime).toBeUndefined();
  });

  test('have their old password while a new one is set, which nobody is shown', async () => {
    await emulator.setLifecycles({ 'rds/password': { 'resetting-master-credentials': 'held' } });
    await makeCluster();
    const MasterUserPassword = 'another-long-one';
    await rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier, MasterUserPassword }));
    expect(await cluster()).toMatchObject({
      Status: 'resetting-master-credentials',
      PendingModifiedValues: { MasterUserPassword: '****' },
    });
    const again = rds.send(new ModifyDBClusterCommand({ ...started, BackupRetentionPeriod: 7 }));
    await expect(again).rejects.toEqual(refusal('InvalidDBClusterStateFault'));
    const inForce = async () => (await emulator.revealDatabase('cluster', DBClusterIdentifier)).password;
    expect(await inForce()).toBe(master.MasterUserPassword);
    await emulator.release('rds/password');
    expect(await inForce()).toBe(MasterUserPassword);
    expect((await cluster())?.PendingModifiedValues?.MasterUserPassword).toBeUndefined();
    expect(JSON.stringify(await cluster())).not.toContain(MasterUserPassword);
  });

  test('take no password with characters that AWS refuses', async () => {
    await makeCluster();
    for (const MasterUserPassword of [
      'short',
      'with a space',
      'with-an-@',
      'with-a-/',
      'with-a-"',
      'ümlaut-is-no',
    ])
      await expect(
        rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier, MasterUserPassword })),
      ).rejects.toEqual(refusal('InvalidParameterValue'));
  });

  test('are restored to a time or to the latest one, not to both nor to none', async () => {
    await makeCluster();
    const restore = { DBClusterIdentifier: 'restored', SourceDBClusterIdentifier: DBClusterIdentifier };
    const both = { ...restore, RestoreToTime: new Date(), UseLatestRestorableTime: true };
    for (const input of [restore, both])
      await expect(rds.send(new RestoreDBClusterToPointInTimeCommand(input))).rejects.toEqual(
        refusal('InvalidParameterCombination'),
      );
    const RestoreToTime = new Date(Date.now() + 3_600_000);
    await expect(
      rds.send(new RestoreDBClusterToPointInTimeCommand({ ...restore, RestoreToTime })),
    ).rejects.toEqual(refusal('InvalidParameterValue'));
  });

  test('have a parameter group of their own version only', async () => {
    await makeCluster();
    const DBClusterParameterGroupName = 'default.aurora-postgresql16';
    await expect(
      rds.send(new ModifyDBClusterCommand({ ...started, DBClusterParameterGroupName })),
    ).rejects.toEqual(refusal('InvalidParameterCombination'));
    const EngineVersion = '16';
    const upgrade = {
      ...started,
      EngineVersion,
      AllowMajorVersionUpgrade: true,
      DBClusterParameterGroupName,
    };
    await rds.send(new ModifyDBClusterCommand(upgrade));
    expect(await cluster()).toMatchObject({
      EngineVersion: '16.8',
      DBClusterParameterGroup: DBClusterParameterGroupName,
    });
  });
});
