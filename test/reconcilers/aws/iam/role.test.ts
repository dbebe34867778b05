import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { Role } from '../../../../reconcilers/aws/iam/role.ts';
import { identityInPath, rolePath } from '../../../../reconcilers/aws/iam/role-path.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { sampleRole } from './role-samples.ts';

const owner = 'DataLake/test/lake';
const creation: Creation = {
  owner,
  node: 'replication',
  tags: { [ownerTag]: owner, [nodeTag]: 'replication' },
};
const spec = sampleRole('test-lake-replication');
const query: OwnerQuery = {
  owner,
  names: new Map([['replication', spec.name]]),
  known: new Map(),
  unconfirmed: new Set(),
};

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
beforeEach(() => emulator.reset());

describe('a role', () => {
  test('of the wanted name under another path is not ours, and its creation says so', async () => {
    await aws.iam.send(
      new CreateRoleCommand({
        RoleName: spec.name,
        AssumeRolePolicyDocument: JSON.stringify(spec.trustPolicy),
      }),
    );
    expect(await Role.list(aws, [query])).toEqual([]);
    await expect(Role.create(aws, spec, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining('exists already under the path /'),
    });
  });

  test('in an instance profile cannot be deleted until somebody takes it out', async () => {
    await Role.create(aws, spec, creation);
    const InstanceProfileName = 'by-hand';
    await aws.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
    await aws.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: spec.name }));
    const [role] = await Role.list(aws, [query]);
    if (role === undefined) throw new Error('the role was not created');
    await expect(Role.delete(aws, role)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('instance profile by-hand'),
    });
  });

  test('is listed with three calls and one for each inline policy, and a list of roles for all', async () => {
    await Role.create(aws, spec, creation);
    const calls = await connection.during(() => Role.list(aws, [query]));
    expect(calls).toHaveLength(1 + 3 + 2);
  });
});

describe('the path of a role', () => {
  test('says whose it is', () => {
    expect(rolePath(creation)).toBe('/fintech.global/DataLake/test/lake/replication/');
    expect(identityInPath(rolePath(creation))).toEqual({ owner, node: 'replication' });
  });

  test.each(['/', undefined, '/service-role/', '/fintech.global/', '/fintech.global/DataLake/test/lake/'])(
    '%s is not ours',
    (path) => {
      expect(identityInPath(path)).toBeUndefined();
    },
  );

  test('cannot hold what IAM does not take', () => {
    expect(() => rolePath({ owner, node: 'with space' })).toThrow('IAM takes');
    expect(() => rolePath({ owner, node: 'long'.repeat(150) })).toThrow('IAM takes');
  });
});
