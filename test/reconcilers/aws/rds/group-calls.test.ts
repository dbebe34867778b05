import {
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  DeleteDBParameterGroupCommand,
  ModifyDBParameterGroupCommand,
  ModifyDBSubnetGroupCommand,
  ResetDBParameterGroupCommand,
} from '@aws-sdk/client-rds';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import { describeInstances } from '../../../../reconcilers/aws/rds/descriptions.ts';
import type { ParameterGroupSpec } from '../../../../reconcilers/aws/rds/parameter-group/parameter-group-spec.ts';
import { ParameterGroup } from '../../../../reconcilers/aws/rds/parameter-group/parameter-group.ts';
import { SubnetGroup } from '../../../../reconcilers/aws/rds/subnet-group.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { makeSubnets, type Subnets } from './rds-samples.ts';

const name = 'test-ledger-group';
const owner = 'LedgerDatabase/test/ledger';
const creation: Creation = { owner, node: 'group', tags: { [ownerTag]: owner, [nodeTag]: 'group' } };
const named = new Map([['group', name]]);
const query: OwnerQuery = { owner, names: named, known: named, unconfirmed: new Set() };

let emulator: Emulator;
let connection: TestConnection;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  await emulator.reset();
  connection = connectTo(emulator.endpoint);
  return () => connection.close();
});

async function calls(action: () => Promise<unknown>): Promise<readonly string[]> {
  const made = await connection.during(action);
  return made.map(({ operation }) => operation).toSorted();
}

const listParameterGroups = () => ParameterGroup.list(connection.aws, [query]);
/** As in a pass, which looks at instances too. */
const listSubnetGroups = () =>
  Promise.all([SubnetGroup.list(connection.aws, [query]), describeInstances(connection.aws)]);

describe('a parameter group', () => {
  beforeEach(async () => {
    const parameters = { log_min_duration_statement: '1000' };
    await ParameterGroup.create(
      connection.aws,
      { name, family: 'postgres15', description: 'Sample', parameters },
      creation,
    );
    await listParameterGroups();
  });

  test('is described once, and its parameters are read every time', async () => {
    expect(await calls(listParameterGroups)).toEqual(['DescribeDBParameters', 'GetResources']);
    const ParameterName = 'log_min_duration_statement';
    await connection.aws.rds.send(
      new ModifyDBParameterGroupCommand({
        DBParameterGroupName: name,
        Parameters: [{ ParameterName, ParameterValue: '5', ApplyMethod: 'immediate' }],
      }),
    );
    expect(await listParameterGroups()).toMatchObject([{ spec: { parameters: { [ParameterName]: '5' } } }]);
  });

  test('that sets what its family has anyway is what was wanted, and says what is there when it is reset', async () => {
    const DBParameterGroupName = name;
    const set = (ParameterName: string, ParameterValue: string) =>
      connection.aws.rds.send(
        new ModifyDBParameterGroupCommand({
          DBParameterGroupName,
          Parameters: [{ ParameterName, ParameterValue, ApplyMethod: 'immediate' }],
        }),
      );
    const different = async (parameters: ParameterGroupSpec['parameters']) => {
      const [found] = await listParameterGroups();
      const wanted = { name, family: 'postgres15', description: 'Sample', parameters };
      return differences(ParameterGroup, wanted, found?.spec ?? {});
    };
    const wanted = { log_min_duration_statement: '1000', autovacuum_naptime: '5', timezone: 'CET' };
    await set('autovacuum_naptime', '5');
    await set('timezone', 'CET');
    expect(await different(wanted)).toEqual([]);
    const Parameters = [{ ParameterName: 'timezone', ApplyMethod: 'immediate' as const }];
    await connection.aws.rds.send(new ResetDBParameterGroupCommand({ DBParameterGroupName, Parameters }));
    expect(await different(wanted)).toMatchObject([{ path: 'parameters.timezone', from: 'UTC', to: 'CET' }]);
    expect(await different({ log_min_duration_statement: '1000' })).toEqual([]);
  });

  test('that somebody made anew under the name is seen as it is', async () => {
    const { rds } = connection.aws;
    await rds.send(new DeleteDBParameterGroupCommand({ DBParameterGroupName: name }));
    expect(await listParameterGroups()).toEqual([]);
    await rds.send(
      new CreateDBParameterGroupCommand({
        DBParameterGroupName: name,
        DBParameterGroupFamily: 'postgres14',
        Description: 'By hand',
      }),
    );
    expect(await listParameterGroups()).toMatchObject([
      { spec: { family: 'postgres14', description: 'By hand' } },
    ]);
  });
});

describe('a subnet group', () => {
  let subnets: Subnets;
  beforeEach(async () => {
    subnets = await makeSubnets(connection.aws);
    await SubnetGroup.create(connection.aws, { name, description: 'Sample', ...subnets }, creation);
  });

  test('that no instance is in is described by itself', async () => {
    await listSubnetGroups();
    expect(await calls(listSubnetGroups)).toEqual([
      'DescribeDBInstances',
      'DescribeDBSubnetGroups',
      'GetResources',
    ]);
  });

  test('that an instance is in costs no call of its own, and shows what somebody changed', async () => {
    const { rds } = connection.aws;
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: 'ledger',
        DBInstanceClass: 'db.t4g.micro',
        Engine: 'postgres',
        AllocatedStorage: 20,
        MasterUsername: 'fintechadmin',
        MasterUserPassword: 'Correct-Horse-Battery',
        DBSubnetGroupName: name,
      }),
    );
    await listSubnetGroups();
    expect(await calls(listSubnetGroups)).toEqual(['DescribeDBInstances', 'GetResources']);
    const SubnetIds = subnets.subnetIds.slice(0, 2);
    await rds.send(
      new ModifyDBSubnetGroupCommand({
        DBSubnetGroupName: name,
        DBSubnetGroupDescription: 'By hand',
        SubnetIds,
      }),
    );
    const [[found]] = await listSubnetGroups();
    expect(found?.spec).toMatchObject({ description: 'By hand' });
    expect(found?.spec.subnetIds.toSorted()).toEqual(SubnetIds.toSorted());
    expect(found?.outputs.vpcId).toMatch(/^vpc-/);
  });
});
