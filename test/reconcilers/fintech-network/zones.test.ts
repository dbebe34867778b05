import { DescribeNetworkAclsCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import { readNetworkState, type NetworkState } from '../../network-state.ts';
import { unmatched } from '../../unmatched.ts';
import { ChangingNetwork, among, writesIn } from './changing-network.ts';

/** The addresses that a zone of this letter has in each tier. */
const places: Readonly<Record<string, number>> = { a: 1, b: 2, c: 3 };

const endpoints = { gateway: ['s3'], interface: ['kms'] };

/** A network in these zones, in this order: `zones('ca')`. */
function zones(letters: string): JsonObject {
  const subnets = (first: number) =>
    letters.split('').map((letter) => `10.0.${first + (places[letter] ?? 0)}.0/24`);
  return {
    endpoints,
    availabilityZones: letters.split('').map((letter) => `us-east-1${letter}`),
    subnets: { public: subnets(0), app: subnets(10), data: subnets(20) },
  };
}

/** What has to know of every zone, and the only writes to it by which a zone comes or goes. */
const shared = {
  coming: [
    'AssociateRouteTable routes-public',
    'AssociateRouteTable routes-data',
    'CreateNetworkAclEntry acl-data',
    'ModifyVpcEndpoint gateway-endpoint-s3',
    'ModifyVpcEndpoint interface-endpoint-kms',
  ],
  going: [
    'DisassociateRouteTable routes-public',
    'DisassociateRouteTable routes-data',
    'DeleteNetworkAclEntry acl-data',
    'ModifyVpcEndpoint gateway-endpoint-s3',
    'ModifyVpcEndpoint interface-endpoint-kms',
  ],
};

let network: ChangingNetwork;
let before: NetworkState;
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  network = await ChangingNetwork.start();
});

afterAll(() => network.stop());

async function begin(letters: string): Promise<void> {
  await network.begin(zones(letters));
  before = await readNetworkState(network.clients);
  ids = network.ids;
}

async function changes(): Promise<readonly string[]> {
  return changesBetween(before, await readNetworkState(network.clients));
}

/** Writes that concern neither the zone nor what is shared by all. */
function elsewhere(
  writes: readonly string[],
  letter: string,
  expected: readonly string[],
): readonly string[] {
  return writes.filter((write) => !write.includes(`us-east-1${letter}`) && !expected.includes(write));
}

/** What the data tier lets in. */
async function entries(): Promise<ReadonlySet<string>> {
  const Filters = [{ Name: 'tag:fintech.global/node', Values: ['acl-data'] }];
  const { NetworkAcls = [] } = await network.clients.ec2.send(new DescribeNetworkAclsCommand({ Filters }));
  return new Set(
    NetworkAcls.flatMap(({ Entries = [] }) =>
      Entries.filter(({ RuleAction }) => RuleAction === 'allow').map(
        ({ Egress, CidrBlock, PortRange }) =>
          `${Egress === true ? 'to' : 'from'} ${CidrBlock} ${PortRange?.From}-${PortRange?.To}`,
      ),
    ),
  );
}

describe('a third zone', () => {
  beforeAll(() => begin('ab'));

  test('is added without a write to anything of the others', async () => {
    const writes = writesIn(await network.change(zones('abc')));
    expect(elsewhere(writes, 'c', shared.coming)).toEqual([]);
    expect(writes).toEqual(expect.arrayContaining(shared.coming));
    expect(network.ids).toEqual(expect.objectContaining(ids));
    expect(
      Object.keys(network.ids)
        .filter((id) => !(id in ids))
        .toSorted(),
    ).toEqual([
      'ec2/elastic-ip nat-us-east-1c-address',
      'ec2/nat-gateway nat-us-east-1c',
      'ec2/route-table routes-app-us-east-1c',
      'ec2/subnet app-us-east-1c',
      'ec2/subnet data-us-east-1c',
      'ec2/subnet public-us-east-1c',
    ]);
    const paths = (await changes()).map((change) => change.split(': ')[0]);
    expect(paths.filter((path) => /us-east-1[ab]/.test(path ?? ''))).toEqual([]);
  });

  test('is removed again, with nothing left of it and nothing else touched', async () => {
    const writes = writesIn(await network.change(zones('ab')));
    expect(elsewhere(writes, 'c', shared.going)).toEqual([]);
    expect(network.ids).toEqual(ids);
    expect(await changes()).toEqual([]);
    const order = [
      'DeleteRouteTable routes-app-us-east-1c',
      'DeleteNatGateway nat-us-east-1c',
      'ReleaseAddress nat-us-east-1c-address',
      'DeleteSubnet public-us-east-1c',
    ];
    expect(among(writes, order)).toEqual(order);
  });

  test('that takes the place of another one is made before that one goes', async () => {
    const writes = writesIn(await network.change(zones('ac')));
    const order = ['CreateSubnet data-us-east-1c', 'DeleteSubnet data-us-east-1b'];
    expect(among(writes, order)).toEqual(order);
    expect(writes.filter((write) => write.includes('us-east-1a'))).toEqual([]);
    await network.change(zones('ab'));
    expect(await changes()).toEqual([]);
  });
});

test('zones in another order are the same zones', async () => {
  await begin('ab');
  expect(writesIn(await network.change(zones('ba')))).toEqual([]);
  expect(network.ids).toEqual(ids);
});

test('a zone whose name comes first leaves the way of the others to their data open at every moment', async () => {
  await begin('bc');
  const lasting = await entries();
  const closed = async () => {
    const open = await entries();
    return [...lasting].filter((entry) => !open.has(entry));
  };
  const coming = await network.watch(closed, () => network.change(zones('abc')));
  expect(coming.faults).toEqual([]);
  expect((await entries()).size).toBe(9);
  expect(network.ids).toEqual(expect.objectContaining(ids));
  const going = await network.watch(closed, () => network.change(zones('bc')));
  expect(going.faults).toEqual([]);
  expect(network.ids).toEqual(ids);
  expect(await changes()).toEqual([]);
});

test('a zone that shall have the addresses of another one is not made, and that one stays as it is', async () => {
  await begin('ab');
  const { availabilityZones } = zones('ac');
  await network.apply({ ...zones('ab'), availabilityZones });
  await network.pass();
  await network.pass();
  for (const tier of ['public', 'app', 'data'])
    expect(network.conditions['Stalled']).toContain(`ec2/subnet ${tier}-us-east-1c CreateSubnet: The CIDR`);
  // A new one may have an address already, because it needs no subnet for that.
  const address = 'addresses.addresses production-core-nat-us-east-1c-address: nothing → *';
  expect(unmatched([address], await changes())).toEqual({ missing: [], unexpected: [] });
  expect(network.ids).toEqual(expect.objectContaining(ids));
  await network.change(zones('ab'));
  expect(network.ids).toEqual(ids);
  expect(await changes()).toEqual([]);
});
