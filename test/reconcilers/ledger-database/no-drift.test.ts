import { randomUUID } from 'node:crypto';
import {
  DescribeScalableTargetsCommand,
  TagResourceCommand as TagTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  CreateBackupCommand,
  DescribeTableCommand,
  ListBackupsCommand,
  TagResourceCommand as TagTableCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  AddTagsToResourceCommand as TagCacheCommand,
  CreateSnapshotCommand,
  DescribeReplicationGroupsCommand,
  ModifyReplicationGroupCommand,
  TestFailoverCommand,
} from '@aws-sdk/client-elasticache';
import { TagRoleCommand } from '@aws-sdk/client-iam';
import { CreateAliasCommand, TagResourceCommand as TagKeyCommand } from '@aws-sdk/client-kms';
import {
  AddTagsToResourceCommand,
  CreateDBClusterSnapshotCommand,
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  FailoverDBClusterCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { TagResourceCommand as TagSecretCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDrift } from '../../../controller/drift.ts';
import { isFields } from '../../../controller/engine/resource-type.ts';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { readDataState } from '../../data-state/state.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { mutating, type Controller } from '../../product.ts';
import { keyId, named } from './names-in-aws.ts';
import { controllerWithNetwork, ledger, ledgerKey } from './ledger.ts';
import { oneInstance, onlyDatabase } from './small-ledgers.ts';

const DBClusterIdentifier = named('cluster');
const DBInstanceIdentifier = named('instance');
const ReplicationGroupId = named('cache');
const TableName = named('table-sessions');
const arnOf = (service: string, rest: string) => `arn:aws:${service}:us-east-1:123456789012:${rest}`;
const theirs = [{ Key: 'backup-plan', Value: 'nightly' }];

let emulator: Emulator;
let clients: Clients;
let controller: Controller;

async function converged(spec: JsonObject): Promise<void> {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
  controller = await controllerWithNetwork(emulator.endpoint);
  await controller.apply(ledger({ spec }));
  await controller.converge(ledgerKey);
}

async function end(): Promise<void> {
  controller.close();
  await emulator.stop();
}

/** What the next pass finds and does, and says of it. */
async function nextPass() {
  const { verdict, calls } = await controller.pass(ledgerKey);
  const { Ready, Drifted } = controller.conditions(ledgerKey);
  return { drift: verdict.drift.map(describeDrift), writes: mutating(calls), Ready, Drifted };
}

const noDrift = {
  drift: [],
  writes: [],
  Ready: expect.stringMatching(/^True InSync: /),
  Drifted: 'False NoDrift: AWS is as it was left',
};

/** The instance that writes, as the status says it. */
function writer(): unknown {
  const { instances } = controller.record(ledgerKey).status;
  return Array.isArray(instances) ? instances.find((one) => isFields(one) && one['role'] === 'writer') : [];
}

// What each of them did stays: none of it is in the way of the next.
describe('No drift of the database of the contract is', () => {
  beforeAll(() => converged({}));
  afterAll(end);

  test('a minor version that AWS has raised', async () => {
    const EngineVersion = '15.8';
    await clients.rds.send(
      new ModifyDBClusterCommand({ DBClusterIdentifier, EngineVersion, ApplyImmediately: true }),
    );
    await clients.elasticache.send(
      new ModifyReplicationGroupCommand({
        ReplicationGroupId,
        EngineVersion: '7.1',
        ApplyImmediately: true,
      }),
    );
    expect(await nextPass()).toEqual(noDrift);
    const { clusters, cacheNodes } = await readDataState(clients);
    expect(clusters?.[DBClusterIdentifier]).toMatchObject({ EngineVersion });
    expect(cacheNodes?.[`${ReplicationGroupId}-001`]).toMatchObject({ EngineVersion: '7.1.0' });
  });

  test('a failover, after which another instance is the writer', async () => {
    const before = writer();
    await clients.rds.send(new FailoverDBClusterCommand({ DBClusterIdentifier }));
    expect(await nextPass()).toEqual(noDrift);
    expect(writer()).toMatchObject({ id: expect.stringMatching(/^production-ledger-instance-\d$/) });
    expect(writer()).not.toEqual(before);
    expect(writer()).toMatchObject({ id: controller.record(ledgerKey).status['writer'] });
  });

  test('a failover of the cache', async () => {
    await clients.elasticache.send(new TestFailoverCommand({ ReplicationGroupId, NodeGroupId: '0001' }));
    expect(await nextPass()).toEqual(noDrift);
  });

  test('a reader that was added by autoscaling, with the tags of another', async () => {
    const { DBInstances = [] } = await clients.rds.send(
      new DescribeDBInstancesCommand({ DBInstanceIdentifier: named('instance-1') }),
    );
    await clients.rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: `application-autoscaling-${randomUUID()}`,
        DBClusterIdentifier,
        DBInstanceClass: 'db.r6g.large',
        Engine: 'aurora-postgresql',
        PromotionTier: 15,
        Tags: DBInstances[0]?.TagList,
      }),
    );
    expect(await nextPass()).toEqual(noDrift);
    expect(controller.record(ledgerKey).status['instances']).toHaveLength(2);
  });

  test('a capacity that was moved by autoscaling', async () => {
    const ProvisionedThroughput = { ReadCapacityUnits: 50, WriteCapacityUnits: 20 };
    await clients.dynamodb.send(new UpdateTableCommand({ TableName, ProvisionedThroughput }));
    expect(await nextPass()).toEqual(noDrift);
    const { Table } = await clients.dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table?.ProvisionedThroughput).toMatchObject(ProvisionedThroughput);
  });

  test('tags of others', async () => {
    const database = [
      `cluster:${DBClusterIdentifier}`,
      `db:${named('instance-0')}`,
      `subgrp:${named('subnets')}`,
      `cluster-pg:${named('cluster-parameters-15')}`,
      `pg:${named('cluster-members-parameters-15')}`,
    ];
    for (const resource of database) {
      const ResourceName = arnOf('rds', resource);
      await clients.rds.send(new AddTagsToResourceCommand({ ResourceName, Tags: theirs }));
    }
    for (const resource of [
      `replicationgroup:${ReplicationGroupId}`,
      `parametergroup:${named('cache-parameters-redis7')}`,
    ]) {
      const ResourceName = arnOf('elasticache', resource);
      await clients.elasticache.send(new TagCacheCommand({ ResourceName, Tags: theirs }));
    }
    const ResourceArn = arnOf('dynamodb', `table/${TableName}`);
    await clients.dynamodb.send(new TagTableCommand({ ResourceArn, Tags: theirs }));
    for (const SecretId of ['fintech/db-credentials', 'fintech/redis-auth'])
      await clients.secrets.send(new TagSecretCommand({ SecretId, Tags: theirs }));
    const KeyId = await keyId(clients);
    const Tags = [{ TagKey: 'backup-plan', TagValue: 'nightly' }];
    await clients.kms.send(new TagKeyCommand({ KeyId, Tags }));
    await clients.iam.send(new TagRoleCommand({ RoleName: named('monitoring'), Tags: theirs }));
    await tagTargets();
    expect(await nextPass()).toEqual(noDrift);
  });

  test('a second alias of the key', async () => {
    const TargetKeyId = await keyId(clients);
    await clients.kms.send(new CreateAliasCommand({ AliasName: 'alias/all-data', TargetKeyId }));
    expect(await nextPass()).toEqual(noDrift);
  });

  test('a snapshot or backup that is being made, of database, cache and table', async () => {
    await emulator.setLifecycles({
      'rds/cluster': { 'backing-up': 'held' },
      'elasticache/replication-group': { snapshotting: 'held' },
      'dynamodb/backup': { CREATING: 'held' },
    });
    await clients.rds.send(
      new CreateDBClusterSnapshotCommand({ DBClusterIdentifier, DBClusterSnapshotIdentifier: 'theirs' }),
    );
    await clients.elasticache.send(new CreateSnapshotCommand({ ReplicationGroupId, SnapshotName: 'theirs' }));
    await clients.dynamodb.send(new CreateBackupCommand({ TableName, BackupName: 'theirs' }));
    expect(await nextPass()).toEqual(noDrift);
    expect(await states()).toEqual(['backing-up', 'snapshotting', 'CREATING']);
    await emulator.release();
    expect(await nextPass()).toEqual(noDrift);
  });
});

describe('No drift of one instance is', () => {
  beforeAll(() => converged({ ...oneInstance, ...onlyDatabase }));
  afterAll(end);

  test('a minor version that AWS has raised', async () => {
    const EngineVersion = '15.8';
    await clients.rds.send(
      new ModifyDBInstanceCommand({ DBInstanceIdentifier, EngineVersion, ApplyImmediately: true }),
    );
    expect(await nextPass()).toEqual(noDrift);
  });

  test('storage that has grown', async () => {
    const AllocatedStorage = 150;
    await clients.rds.send(
      new ModifyDBInstanceCommand({ DBInstanceIdentifier, AllocatedStorage, ApplyImmediately: true }),
    );
    expect(await nextPass()).toEqual(noDrift);
    const { DBInstances } = await clients.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
    expect(DBInstances?.[0]).toMatchObject({ AllocatedStorage });
  });

  test('a snapshot that is being made', async () => {
    await emulator.setLifecycles({ 'rds/instance': { 'backing-up': 'held' } });
    await clients.rds.send(
      new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: 'theirs' }),
    );
    expect(await nextPass()).toEqual(noDrift);
    const { instances } = await readDataState(clients);
    expect(instances?.[DBInstanceIdentifier]).toMatchObject({ DBInstanceStatus: 'backing-up' });
    await emulator.release();
    expect(await nextPass()).toEqual(noDrift);
  });
});

/** Of the cluster, the cache and a backup of the table. */
async function states(): Promise<readonly unknown[]> {
  const [{ DBClusters }, { ReplicationGroups }, { BackupSummaries }] = await Promise.all([
    clients.rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier })),
    clients.elasticache.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId })),
    clients.dynamodb.send(new ListBackupsCommand({ TableName })),
  ]);
  return [DBClusters?.[0]?.Status, ReplicationGroups?.[0]?.Status, BackupSummaries?.[0]?.BackupStatus];
}

async function tagTargets(): Promise<void> {
  const { ScalableTargets = [] } = await clients.autoscaling.send(
    new DescribeScalableTargetsCommand({ ServiceNamespace: 'rds' }),
  );
  for (const { ScalableTargetARN: ResourceARN } of ScalableTargets)
    await clients.autoscaling.send(new TagTargetCommand({ ResourceARN, Tags: { 'backup-plan': 'nightly' } }));
}
