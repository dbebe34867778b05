import {
  DescribeNetworkAclsCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { ChangingNetwork, among, writesIn } from './changing-network.ts';

const base = { endpoints: { gateway: ['s3'], interface: [] } };
const before = { app: 8080, database: 5432, cache: 6379 };
const after = { app: 9090, database: 5433, cache: 6380 };

/** Who speaks to whom, on which port. */
const ways = [
  { port: 'app', from: 'sg-load-balancer', to: 'sg-app' },
  { port: 'database', from: 'sg-app', to: 'sg-database' },
  { port: 'cache', from: 'sg-app', to: 'sg-cache' },
] as const;

const groups = [...new Set(ways.flatMap(({ from, to }) => [from, to]))];

let network: ChangingNetwork;

beforeAll(async () => {
  network = await ChangingNetwork.start();
  await network.begin(base);
});

afterEach(() => network.slow(undefined));

afterAll(() => network.stop());

/** Ports that one group lets out to the other, and that one lets in from the first. */
async function openPorts(): Promise<Readonly<Record<string, readonly number[]>>> {
  const Filters = [{ Name: 'tag:fintech.global/node', Values: groups }];
  const { SecurityGroups = [] } = await network.clients.ec2.send(
    new DescribeSecurityGroupsCommand({ Filters }),
  );
  const named = new Map(SecurityGroups.map((group) => [nodeOf(group), group]));
  return Object.fromEntries(
    ways.map(({ port, from, to }) => {
      const [source, target] = [named.get(from), named.get(to)];
      const out = portsWith(source?.IpPermissionsEgress, target);
      const into = portsWith(target?.IpPermissions, source);
      return [port, out.filter((one) => into.includes(one))];
    }),
  );
}

function portsWith(rules: readonly IpPermission[] = [], group: SecurityGroup | undefined): readonly number[] {
  return rules
    .filter(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.some(({ GroupId }) => GroupId === group?.GroupId))
    .map(({ FromPort = 0 }) => FromPort);
}

function nodeOf({ Tags = [] }: Pick<SecurityGroup, 'Tags'>): string {
  return Tags.find(({ Key }) => Key === 'fintech.global/node')?.Value ?? '';
}

/** Between the tiers neither the old port nor the new one is open. */
async function closedWays(): Promise<readonly string[]> {
  const open = await openPorts();
  return ways
    .filter(({ port }) => ![before[port], after[port]].some((one) => open[port]?.includes(one)))
    .map(({ port, from, to }) => `${from} cannot reach ${to} on ${before[port]} or ${after[port]}`);
}

/** The load balancer cannot reach the app on this port. */
async function closedTo(port: number): Promise<readonly string[]> {
  const { app } = await openPorts();
  return app?.includes(port) === true ? [] : [`${port} is closed`];
}

/** Entries of the data tier that let neither the old port in nor the new one. */
async function closedEntries(): Promise<readonly string[]> {
  const Filters = [{ Name: 'tag:fintech.global/node', Values: ['acl-data'] }];
  const { NetworkAcls = [] } = await network.clients.ec2.send(new DescribeNetworkAclsCommand({ Filters }));
  const open = new Set(
    NetworkAcls.flatMap(({ Entries = [] }) => Entries)
      .filter(({ Egress, RuleAction }) => Egress === false && RuleAction === 'allow')
      .map(({ CidrBlock, PortRange }) => `${CidrBlock} ${PortRange?.From}`),
  );
  const wanted = ['10.0.11.0/24', '10.0.12.0/24'].flatMap((cidr) =>
    (['database', 'cache'] as const).map((port) => [`${cidr} ${before[port]}`, `${cidr} ${after[port]}`]),
  );
  return wanted.filter((either) => !either.some((one) => open.has(one))).map(String);
}

/** All that is written between these ports and those, during which one of the app's stays open. */
async function writesBetween(
  from: JsonObject,
  to: JsonObject,
  staysOpen: number,
): Promise<readonly string[]> {
  await network.change({ ...base, ports: from });
  const look = () => closedTo(staysOpen);
  const { faults, writes } = await network.watch(look, () => network.change({ ...base, ports: to }));
  expect(faults).toEqual([]);
  return writes.toSorted();
}

/** The two rules of a port of the app; there is none in network ACLs. */
function rulesOn(verb: 'Authorize' | 'Revoke'): readonly string[] {
  return [`${verb}SecurityGroupEgress sg-load-balancer`, `${verb}SecurityGroupIngress sg-app`];
}

async function closed(): Promise<readonly string[]> {
  return [...(await closedWays()), ...(await closedEntries())];
}

test.each(['Ingress', 'Egress'])(
  'at every moment of a change of all ports either the old or the new one is open, though new %s rules are late',
  async (direction) => {
    await network.change(base);
    network.slow(`AuthorizeSecurityGroup${direction}`);
    const { faults, writes } = await network.watch(closed, () => network.change({ ...base, ports: after }));
    expect(faults).toEqual([]);
    expect(await openPorts()).toEqual({ app: [9090], database: [5433], cache: [6380] });
    for (const { from, to } of ways)
      for (const authorized of [
        `AuthorizeSecurityGroupEgress ${from}`,
        `AuthorizeSecurityGroupIngress ${to}`,
      ])
        for (const revoked of [`RevokeSecurityGroupEgress ${from}`, `RevokeSecurityGroupIngress ${to}`])
          expect(among(writes, [authorized, revoked])).toEqual([authorized, revoked]);
    expect(writes.filter((write) => write.includes('NetworkAcl'))).toEqual(
      Array.from({ length: 4 }, () => 'ReplaceNetworkAclEntry acl-data'),
    );
  },
);

test('ports that are exchanged are at no moment open to nobody', async () => {
  await network.change({ ...base, ports: after });
  const exchanged = { ...after, database: after.cache, cache: after.database };
  const closedToAll = async () =>
    Object.entries(await openPorts()).flatMap(([port, open]) => (open.length > 0 ? [] : [port]));
  const { faults } = await network.watch(closedToAll, () => network.change({ ...base, ports: exchanged }));
  expect(faults).toEqual([]);
  expect(await openPorts()).toEqual({ app: [9090], database: [6380], cache: [5433] });
});

describe('The next port of the app', () => {
  const [app, appNext] = [before.app, after.app];

  test('is opened beside the present one, which stays open', async () => {
    expect(await writesBetween({ app }, { app, appNext }, app)).toEqual(rulesOn('Authorize'));
    expect(await openPorts()).toMatchObject({ app: [app, appNext] });
  });

  test('stays open when it becomes the present one: only the rules of the port before are written, and revoked', async () => {
    expect(await writesBetween({ app, appNext }, { app: appNext }, appNext)).toEqual(rulesOn('Revoke'));
    expect(await openPorts()).toMatchObject({ app: [appNext] });
  });

  test('can be given up again, and the present one stays open', async () => {
    expect(await writesBetween({ app, appNext }, { app }, app)).toEqual(rulesOn('Revoke'));
    expect(await openPorts()).toMatchObject({ app: [app] });
  });

  test('changes places with the present one without a call', async () => {
    expect(await writesBetween({ app, appNext }, { app: appNext, appNext: app }, app)).toEqual([]);
    expect(await openPorts()).toMatchObject({ app: [app, appNext] });
  });
});

test('clients from elsewhere are let in before those from before are kept out', async () => {
  const writes = writesIn(await network.change({ ...base, ingressCidrs: ['203.0.113.0/24'] }));
  const order = [
    'AuthorizeSecurityGroupIngress sg-load-balancer',
    'RevokeSecurityGroupIngress sg-load-balancer',
  ];
  expect(among(writes, order)).toEqual(order);
});
