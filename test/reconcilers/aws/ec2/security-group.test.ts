import { CreateTagsCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { Terminal } from '../../../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { SecurityGroupSpec } from '../../../../reconcilers/aws/ec2/security-group/security-group-spec.ts';
import { SecurityGroup } from '../../../../reconcilers/aws/ec2/security-group/security-group.ts';
import { fromSdkTags } from '../../../../reconcilers/aws/tags.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { makeVpc, queryOf } from './network-samples.ts';
import { GroupsOfVpc, otherOwner, owner } from './security-group-samples.ts';

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;
let groups: GroupsOfVpc;

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
  groups = new GroupsOfVpc(aws, await makeVpc(aws));
});

function closedDefault(): SecurityGroupSpec {
  return { ...groups.spec('default'), description: 'default VPC security group' };
}

/** As many rules as a group may have in one direction. */
function quotaFrom(network: string): SecurityGroupSpec['ingress'] {
  return Object.fromEntries(Array.from({ length: 60 }, (_, port) => [`tcp ${port} from ${network}`, '']));
}

describe('the rules of a group', () => {
  test('replace each other without a moment without either', async () => {
    const before = groups.spec('app', { ingress: { 'tcp 443 from 10.0.0.0/16': '' } });
    await groups.create(before);
    const calls = await connection.during(() =>
      groups.update(
        groups.spec('app', { ingress: { 'tcp 443 from 10.0.0.0/8': '', 'tcp 80 from 10.0.0.0/8': '' } }),
      ),
    );
    expect(calls.filter(({ mutating }) => mutating).map(({ operation }) => operation)).toEqual([
      'AuthorizeSecurityGroupIngress',
      'RevokeSecurityGroupIngress',
    ]);
  });

  test('are added though somebody has added one of them meanwhile', async () => {
    await groups.create(groups.spec('app'));
    const stale = await groups.current('app');
    const wanted = groups.spec('app', {
      ingress: { 'tcp 443 from 10.0.0.0/16': '', 'tcp 80 from 10.0.0.0/16': '', 'all from app': '' },
    });
    await groups.update(wanted);
    await SecurityGroup.update(aws, stale, wanted, differences(SecurityGroup, wanted, stale.spec));
    expect(await groups.changesOf(wanted)).toEqual([]);
  });

  test('written in another form are those that EC2 makes of them', async () => {
    const wanted = groups.spec('app', {
      ingress: { 'tcp 443 from 10.0.3.1/16': '', 'all from 2001:DB8::1/32': '' },
    });
    expect((await groups.create(wanted)).outputs).toBeDefined();
    expect(await groups.changesOf(wanted)).toEqual([]);
    await groups.update(wanted);
    expect(await groups.changesOf(wanted)).toEqual([]);
  });

  test('that EC2 does not have are refused before anything is made', async () => {
    const made = groups.create(groups.spec('app', { ingress: { 'tcp 443 to 10.0.0.0/16': '' } }));
    await expect(made).rejects.toBeInstanceOf(Terminal);
    await expect(made).rejects.toMatchObject({ reason: 'InvalidSpec' });
    expect(await groups.list()).toEqual([]);
  });

  test('lose their descriptions, and get others, of every sort', async () => {
    const foreign = await groups.makeForeign('foreign');
    const described = (description: string) =>
      groups.spec('app', {
        ingress: {
          'tcp 443 from 10.0.0.0/16': description,
          'tcp 443 from 2001:db8::/32': description,
          [`tcp 443 from ${foreign}`]: description,
          'icmp all from app': description,
        },
      });
    await groups.create(described('one'));
    for (const description of ['another', '', 'one']) {
      await groups.update(described(description));
      expect(await groups.changesOf(described(description))).toEqual([]);
    }
  });

  test('fill the quota, and are exchanged for as many others', async () => {
    await groups.create(groups.spec('app', { ingress: quotaFrom('10.0.0.0/16') }));
    await groups.update(groups.spec('app', { ingress: quotaFrom('10.1.0.0/16') }));
    expect(await groups.changesOf(groups.spec('app', { ingress: quotaFrom('10.1.0.0/16') }))).toEqual([]);
  });
});

describe('a group whose creation is tried again', () => {
  test('is found by its name when the answer was lost', async () => {
    const { id } = await groups.create(groups.spec('app'));
    expect(await groups.create(groups.spec('app'))).toEqual({ id });
  });

  test('is not taken from somebody else', async () => {
    await groups.create(groups.spec('app'), otherOwner);
    await expect(groups.create(groups.spec('app'))).rejects.toMatchObject({ reason: 'NotOwned' });
  });
});

describe('the default group of a VPC', () => {
  test('is taken over, and loses its rules', async () => {
    const before = await groups.describe('default');
    expect(before.IpPermissions).toHaveLength(1);
    const { id, outputs } = await groups.create(closedDefault());
    expect(id).toBe(before.GroupId);
    expect(outputs).toEqual({ groupId: id });
    expect(await groups.changesOf(closedDefault())).toEqual([]);
    const after = await groups.describe('default');
    expect([after.IpPermissions, after.IpPermissionsEgress].flatMap((rules) => rules ?? [])).toEqual([]);
  });

  test('is given up without getting its rules back, and is gone though its id is known', async () => {
    const { id } = await groups.create(closedDefault());
    const given = await groups.current('default');
    await SecurityGroup.setTags?.(aws, given, { ...given.tags, Name: 'core' });
    await groups.delete('default');
    expect(await SecurityGroup.list(aws, [queryOf(owner, new Map([['default', id]]))])).toEqual([]);
    const left = await groups.describe('default');
    expect(fromSdkTags(left.Tags)).toEqual({ Name: 'core' });
    expect(left.IpPermissions ?? []).toEqual([]);
    await SecurityGroup.delete(aws, given);
  });

  test('can be taken over again', async () => {
    await groups.create(closedDefault());
    await groups.delete('default');
    await groups.create(closedDefault());
    expect((await groups.current('default')).tags).toEqual({ [ownerTag]: owner, [nodeTag]: 'default' });
  });

  test('given another owner afterwards is shown as his, and left', async () => {
    const { id } = await groups.create(closedDefault());
    const Tags = [{ Key: ownerTag, Value: otherOwner }];
    await aws.ec2.send(new CreateTagsCommand({ Resources: [id], Tags }));
    expect(await groups.list(new Map([['default', id]]))).toMatchObject([{ id, owner, ownedBy: otherOwner }]);
  });

  test('is not taken from another owner', async () => {
    await groups.create(closedDefault(), otherOwner);
    await expect(groups.create(closedDefault())).rejects.toMatchObject({ reason: 'NotOwned' });
  });
});

test('a list takes one call for all groups of all owners', async () => {
  await groups.create(groups.spec('app', { ingress: { 'tcp 443 from app': '' } }));
  await groups.create(groups.spec('other'), otherOwner);
  const queries = [queryOf(owner), queryOf(otherOwner)];
  const calls = await connection.during(async () => {
    expect(await SecurityGroup.list(aws, queries)).toHaveLength(2);
  });
  expect(calls.map(({ operation }) => operation)).toEqual(['DescribeSecurityGroups']);
});
