import { CreateNetworkInterfaceCommand, DeleteNetworkInterfaceCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { SecurityGroupSpec } from '../../../../reconcilers/aws/ec2/security-group/security-group-spec.ts';
import { SecurityGroup } from '../../../../reconcilers/aws/ec2/security-group/security-group.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { idOf, makeSubnet, makeVpc, queryOf } from './network-samples.ts';
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

function app(): SecurityGroupSpec {
  return groups.spec('app', { egress: { 'tcp 5432 to database': 'queries' } });
}

function database(): SecurityGroupSpec {
  return groups.spec('database', { ingress: { 'tcp 5432 from app': 'queries' } });
}

describe('groups that refer to each other', () => {
  test('are made one after the other, and complete when both exist', async () => {
    expect((await groups.create(app())).outputs).toBeUndefined();
    expect((await groups.create(database())).outputs).toEqual({
      groupId: (await groups.current('database')).id,
    });
    expect((await groups.changesOf(app())).map(({ path }) => path)).toEqual(['egress.tcp 5432 to database']);
    await groups.update(app());
    expect(await groups.changesOf(app())).toEqual([]);
    expect(await groups.changesOf(database())).toEqual([]);
  });

  test('wait for each other by name, after everything else is written', async () => {
    await groups.create(app());
    const wanted = groups.spec('app', { ...app(), ingress: { 'tcp 80 from 0.0.0.0/0': '' } });
    const written = groups.update(wanted);
    await expect(written).rejects.toBeInstanceOf(NotReady);
    await expect(written).rejects.toThrow('waits for security group database');
    expect((await groups.changesOf(wanted)).map(({ path }) => path)).toEqual(['egress.tcp 5432 to database']);
  });

  test('can all be deleted, whichever goes first', async () => {
    await groups.create(app());
    await groups.create(database());
    await groups.update(app());
    await Promise.allSettled([groups.delete('app'), groups.delete('database')]);
    for (const { node } of await groups.list()) await groups.delete(node);
    expect(await groups.list()).toEqual([]);
  });

  test('lose their rules for one that goes, and get them again when it is made anew', async () => {
    await groups.create(app());
    await groups.create(database());
    await groups.delete('app');
    expect((await groups.current('database')).spec.ingress).toEqual({});
    await groups.create(app());
    await groups.update(database());
    expect(await groups.changesOf(database())).toEqual([]);
    expect(await groups.changesOf(app())).toEqual([]);
  });

  test('refer to the same names whoever else is listed with them', async () => {
    await groups.create(database());
    const foreign = await groups.create(groups.spec('foreign'), otherOwner);
    await groups.letIn((await groups.current('database')).id, foreign.id);
    const alone = (await groups.current('database')).spec;
    const together = await SecurityGroup.list(aws, [queryOf(owner), queryOf(otherOwner)]);
    expect(together.find(({ node }) => node === 'database')?.spec).toEqual(alone);
    expect(alone.ingress).toEqual({ [`tcp 22 from ${foreign.id}`]: '' });
  });
});

describe('a group that is still used', () => {
  test('by an interface keeps its rules and says by which', async () => {
    const rules = { ingress: { 'tcp 443 from 10.0.0.0/16': '' } };
    const { id } = await groups.create(groups.spec('app', rules));
    const SubnetId = await makeSubnet(aws, groups.vpcId, '10.0.0.0/24');
    const { NetworkInterface } = await aws.ec2.send(
      new CreateNetworkInterfaceCommand({ SubnetId, Groups: [id], Description: 'a test' }),
    );
    const NetworkInterfaceId = idOf(NetworkInterface?.NetworkInterfaceId);
    const deletion = groups.delete('app');
    await expect(deletion).rejects.toBeInstanceOf(NotReady);
    await expect(deletion).rejects.toThrow(`is still used by ${NetworkInterfaceId} (a test)`);
    expect(await groups.changesOf(groups.spec('app', rules))).toEqual([]);
    await aws.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
    await groups.delete('app');
    expect(await groups.list()).toEqual([]);
  });

  test('by a group of somebody else says by which, and leaves that alone', async () => {
    const { id } = await groups.create(groups.spec('app'));
    const foreign = await groups.makeForeign('foreign');
    await groups.letIn(foreign, id);
    const deletion = groups.delete('app');
    await expect(deletion).rejects.toBeInstanceOf(NotReady);
    await expect(deletion).rejects.toThrow(`is still used by ${foreign} (foreign)`);
    expect((await groups.describe('foreign')).IpPermissions).toHaveLength(1);
  });
});
