import { CreateTagsCommand, CreateVpcCommand, paginateDescribeVpcs, type Vpc } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { OwnedResources } from '../../../../reconcilers/aws/ec2/owned.ts';
import { tagSpecification } from '../../../../reconcilers/aws/ec2/tags.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { idOf, makeVpc, queryOf } from './network-samples.ts';

const vpcs = new OwnedResources<Vpc>({
  idFilter: 'vpc-id',
  idOf: (vpc) => vpc.VpcId,
  tagsOf: (vpc) => vpc.Tags,
  async describe({ ec2: client }, Filters) {
    const found: Vpc[] = [];
    for await (const page of paginateDescribeVpcs({ client }, { Filters })) found.push(...(page.Vpcs ?? []));
    return found;
  },
});

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

async function make(owner: string, node = 'vpc'): Promise<string> {
  const TagSpecifications = tagSpecification('vpc', { [ownerTag]: owner, [nodeTag]: node, Name: 'sample' });
  const answer = await aws.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', TagSpecifications }));
  return idOf(answer.Vpc?.VpcId);
}

describe('the resources of EC2 that owners have', () => {
  test('are found by the tag of the owner, and say which node they are', async () => {
    const id = await make('Network/test/one', 'first');
    await make('Network/test/two');
    await makeVpc(aws);
    const found = await vpcs.list(aws, [queryOf('Network/test/one')]);
    expect(found).toMatchObject([{ id, owner: 'Network/test/one', node: 'first', tags: { Name: 'sample' } }]);
  });

  test('are searched in one call for all owners and types that ask at the same time', async () => {
    const ids = [await make('one'), await make('two'), await make('three')];
    const calls = await connection.during(async () => {
      const [both, third, tagged] = await Promise.all([
        vpcs.list(aws, [queryOf('one'), queryOf('two')]),
        vpcs.list(aws, [queryOf('three')]),
        vpcs.tagged(aws, ['one', 'three']),
      ]);
      expect(both.map(({ id }) => id)).toEqual(ids.slice(0, 2));
      expect(third.map(({ id }) => id)).toEqual(ids.slice(2));
      expect(tagged.map(({ VpcId }) => VpcId)).toEqual([ids[0], ids[2]]);
    });
    expect(calls).toHaveLength(1);
  });

  test('are searched for two hundred owners in a call, which is all that a filter takes', async () => {
    const owners = Array.from({ length: 401 }, (_, index) => `owner-${index}`);
    const last = await make('owner-400');
    const calls = await connection.during(async () => {
      const found = await vpcs.list(
        aws,
        owners.map((owner) => queryOf(owner)),
      );
      expect(found.map(({ id }) => id)).toEqual([last]);
    });
    expect(calls).toHaveLength(3);
  });

  test('are looked up by id only where the search does not show what is known', async () => {
    const tagged = await make('one', 'shown');
    const stripped = await makeVpc(aws);
    const asked = queryOf('one', new Map([['shown', tagged]]));
    expect(await connection.during(() => vpcs.list(aws, [asked]))).toHaveLength(1);

    const known = new Map([
      ['shown', tagged],
      ['stripped', stripped],
      ['gone', 'vpc-00000000000000000'],
    ]);
    const calls = await connection.during(async () => {
      const found = await vpcs.list(aws, [queryOf('one', known)]);
      expect(found.map(({ id, node }) => [id, node])).toEqual([
        [tagged, 'shown'],
        [stripped, 'stripped'],
      ]);
    });
    expect(calls).toHaveLength(2);
  });

  test('keep the node that is remembered of them, whatever somebody writes into their tag', async () => {
    const id = await make('one', 'first');
    await aws.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: nodeTag, Value: 'other' }] }));
    const found = await vpcs.list(aws, [queryOf('one', new Map([['first', id]]))]);
    expect(found.map(({ node }) => node)).toEqual(['first']);
  });

  test('that carry the tag of another owner are his, and who made them is told whose they are by now', async () => {
    const id = await make('two', 'theirs');
    const maker = queryOf('one', new Map([['ours', id]]));
    expect(await vpcs.list(aws, [queryOf('one')])).toEqual([]);
    expect(await vpcs.list(aws, [maker])).toMatchObject([{ id, owner: 'one', node: 'ours', ownedBy: 'two' }]);
    const found = await vpcs.list(aws, [maker, queryOf('two')]);
    expect(found.map(({ owner, node, ownedBy }) => [owner, node, ownedBy])).toEqual([
      ['two', 'theirs', undefined],
      ['one', 'ours', 'two'],
    ]);
  });

  test('without the tag of the node, and remembered by nobody, are left alone', async () => {
    const TagSpecifications = tagSpecification('vpc', { [ownerTag]: 'one' });
    await aws.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', TagSpecifications }));
    expect(await vpcs.list(aws, [queryOf('one')])).toEqual([]);
  });
});
