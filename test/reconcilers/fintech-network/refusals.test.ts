import { AuthorizeSecurityGroupIngressCommand, DeleteRouteCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changesBetween } from '../../aws-state.ts';
import { ChangingNetwork, writesIn } from './changing-network.ts';
import { networkKey } from './network.ts';

const base = { endpoints: { gateway: ['s3'], interface: ['kms'] } };
const approve = 'fintech.global/approve';
const subnets = {
  public: ['10.0.1.0/24', '10.0.2.0/24'],
  app: ['10.0.11.0/24', '10.0.12.0/24'],
  data: ['10.0.21.0/24', '10.0.22.0/24'],
};
const otherVpc = { ...base, cidr: '10.0.0.0/17' };
const otherData = { ...base, subnets: { ...subnets, data: ['10.0.21.0/24', '10.0.25.0/24'] } };
const otherApp = { ...base, subnets: { ...subnets, app: ['10.0.11.0/24', '10.0.15.0/24'] } };

let network: ChangingNetwork;
let converged: Awaited<ReturnType<ChangingNetwork['state']>>;
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  network = await ChangingNetwork.start();
  await network.begin(base);
  converged = await network.state();
});

beforeEach(async () => {
  await network.change(base);
  ids = network.ids;
});

afterAll(() => network.stop());

async function changes(): Promise<readonly string[]> {
  return changesBetween(converged, await network.state());
}

test.each([
  ['the VPC', otherVpc],
  ['a subnet', otherData],
])('while another CIDR of %s is refused, the network of before is protected', async (_what, refused) => {
  const { ec2 } = network.clients;
  await network.apply(refused);
  await network.pass();
  const { says, hash } = network.refusal;
  expect(says).toMatch(/^True ApprovalRequired/);

  const IpPermissions = [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
  ];
  const GroupId = network.idOf('sg-database');
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  const RouteTableId = network.idOf('routes-app-us-east-1b');
  await ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0' }));

  const { calls, verdict } = await network.pass();
  expect(writesIn([{ calls, verdict }]).toSorted()).toEqual([
    'CreateRoute routes-app-us-east-1b',
    'RevokeSecurityGroupIngress sg-database',
  ]);
  expect(verdict.drift.map(({ severity }) => severity)).toContain('security');
  expect(await changes()).toEqual([]);
  expect(writesIn([await network.pass()])).toEqual([]);
  expect(network.refusal).toEqual({ says, hash });
  expect(network.conditions['Drifted']).toMatch(/^False/);
  expect(network.ids).toEqual(ids);
});

test('an approval of another plan lets nothing through', async () => {
  await network.apply(otherData, { [approve]: '000000000000' });
  expect(writesIn([await network.pass()])).toEqual([]);
  const { hash } = network.refusal;
  await network.apply(otherApp, { [approve]: hash });
  expect(writesIn([await network.pass()])).toEqual([]);
  expect(network.refusal.hash).not.toBe(hash);
  expect(await changes()).toEqual([]);
});

test('a subnet with nothing in it is replaced once that is approved, and nothing else is touched', async () => {
  await network.apply(otherData);
  await network.pass();
  const { hash } = network.refusal;
  const passes = await network.change(otherData, { [approve]: hash });
  expect(writesIn(passes)).toEqual([
    'DeleteSubnet data-us-east-1b',
    'CreateSubnet data-us-east-1b',
    'ReplaceNetworkAclAssociation data-us-east-1b',
    'AssociateRouteTable routes-data',
  ]);
  const replaced = 'ec2/subnet data-us-east-1b';
  expect(network.ids).toEqual({ ...ids, [replaced]: expect.any(String) });
  expect(network.ids[replaced]).not.toBe(ids[replaced]);
  expect(await changes()).toEqual([
    'subnets.subnets production-core-data-us-east-1b.CidrBlock: "10.0.22.0/24" → "10.0.25.0/24"',
  ]);
  // The approval was of what is done, and is of no use for the way back.
  await network.apply(base, { [approve]: hash });
  expect(writesIn([await network.pass()])).toEqual([]);
  expect(network.conditions['Stalled']).toMatch(/^True ApprovalRequired/);
  await network.change(base, { [approve]: network.refusal.hash });
  expect(await changes()).toEqual([]);
});

test('a subnet that endpoints are in stays though its replacement is approved, and says what is in it', async () => {
  await network.apply(otherApp);
  await network.pass();
  await network.apply(otherApp, { [approve]: network.refusal.hash });
  await network.pass();
  await network.pass();
  expect(network.conditions['SubnetsReady']).toMatch(
    /ec2\/subnet app-us-east-1b is still used by eni-\w+ \(VPC Endpoint Interface vpce-\w+\)/,
  );
  expect(network.ids).toEqual(ids);
  await network.change(base);
  expect(await changes()).toEqual([]);
  expect(network.controller.record(networkKey).status.conditions).toContainEqual(
    expect.objectContaining({ type: 'Ready', status: 'True' }),
  );
});
