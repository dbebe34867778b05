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
import { readRoleByName } from '../../../../reconcilers/aws/iam/role-by-name.ts';
import { identityInPath, rolePath } from '../../../../reconcilers/aws/iam/role-path.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { sampleRole, viewOnly } from './role-samples.ts';

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

const operations = async (action: () => Promise<unknown>): Promise<readonly string[]> =>
  (await connection.during(action)).map(({ operation }) => operation);

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
});

describe('a list of roles', () => {
  const others = Array.from({ length: 20 }, (_, index) => ({
    ...query,
    owner: `DataLake/test/${index}`,
    names: new Map(),
  }));
  test('makes two calls for any number of roles', async () => {
    const made = others.map((of, index) =>
      Role.create(aws, sampleRole(`role-${index}`), { ...creation, owner: of.owner }),
    );
    await Promise.all(made);
    const calls = await operations(async () => {
      expect(await Role.list(aws, others)).toHaveLength(20);
    });
    expect(calls).toEqual(['ListRoles', 'GetAccountAuthorizationDetails']);
  });

  test('asks for no details where nobody has a role', async () => {
    await Role.create(aws, spec, creation);
    expect(await operations(() => Role.list(aws, others))).toEqual(['ListRoles']);
  });

  test('shows of every role what one that is read alone shows', async () => {
    const whole = { ...spec, permissionsBoundary: viewOnly };
    await Role.create(aws, whole, creation);
    const [listed] = await Role.list(aws, [query]);
    expect(listed?.spec).toEqual(whole);
    expect(await readRoleByName(aws, spec.name, new Set([owner]))).toEqual(listed);
  });

  test('reads alone what is known and not listed, and finds that it is gone or is of others', async () => {
    const foreign = 'foreign';
    const AssumeRolePolicyDocument = JSON.stringify(spec.trustPolicy);
    await aws.iam.send(new CreateRoleCommand({ RoleName: foreign, AssumeRolePolicyDocument }));
    const known = new Map([
      ['replication', 'gone'],
      ['other', foreign],
    ]);
    const calls = await operations(async () => {
      expect(await Role.list(aws, [{ ...query, known }])).toEqual([]);
    });
    expect(calls).toEqual(['ListRoles', 'GetRole', 'GetRole']);
  });

  test('asks for page after page of the roles of the account, until it has seen all of its own', async () => {
    const AssumeRolePolicyDocument = JSON.stringify(spec.trustPolicy);
    const first = { ...query, owner: 'DataLake/test/first', names: new Map() };
    await Role.create(aws, sampleRole('a-first'), { ...creation, owner: first.owner });
    // IAM has at most 1000 in a page.
    for (let made = 0; made < 1_000; made += 50) {
      const some = Array.from({ length: 50 }, (_, index) => `b-${made + index}`);
      await Promise.all(
        some.map((RoleName) => aws.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))),
      );
    }
    await Role.create(aws, spec, creation);
    const details = async (of: OwnerQuery): Promise<number> => {
      const calls = await operations(async () => {
        expect(await Role.list(aws, [of])).toHaveLength(1);
      });
      return calls.filter((call) => call === 'GetAccountAuthorizationDetails').length;
    };
    expect(await details(first)).toBe(1);
    expect(await details(query)).toBe(2);
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
