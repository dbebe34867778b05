import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import {
  AssociateWebACLCommand,
  CreateWebACLCommand,
  DeleteWebACLCommand,
  DisassociateWebACLCommand,
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  ListResourcesForWebACLCommand,
  ListTagsForResourceCommand,
  UpdateWebACLCommand,
  WAFV2Client,
  type CreateWebACLCommandInput,
  type Rule,
  type WebACLSummary,
} from '@aws-sdk/client-wafv2';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let waf: WAFV2Client;
let elb: ElasticLoadBalancingV2Client;
let ec2: EC2Client;
let tagging: ResourceGroupsTaggingAPIClient;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  waf = new WAFV2Client(options);
  elb = new ElasticLoadBalancingV2Client(options);
  ec2 = new EC2Client(options);
  tagging = new ResourceGroupsTaggingAPIClient(options);
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

const VisibilityConfig = {
  MetricName: 'api',
  CloudWatchMetricsEnabled: true,
  SampledRequestsEnabled: true,
};
const Rules: Rule[] = [
  {
    Name: 'rate',
    Priority: 0,
    Action: { Block: {} },
    Statement: { RateBasedStatement: { Limit: 2_000, AggregateKeyType: 'IP' } },
    VisibilityConfig,
  },
];

async function create(input: Partial<CreateWebACLCommandInput> = {}): Promise<WebACLSummary> {
  const basis = { Name: 'api', Scope: 'REGIONAL', DefaultAction: { Allow: {} }, VisibilityConfig } as const;
  const { Summary } = await waf.send(new CreateWebACLCommand({ ...basis, Rules, ...input }));
  return Summary ?? {};
}

async function createLoadBalancer(): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const Subnets: string[] = [];
  for (const [number, AvailabilityZone] of ['us-east-1a', 'us-east-1b'].entries()) {
    const place = { VpcId: Vpc?.VpcId, AvailabilityZone, CidrBlock: `10.0.${number}.0/24` };
    Subnets.push((await ec2.send(new CreateSubnetCommand(place))).Subnet?.SubnetId ?? '');
  }
  const made = await elb.send(new CreateLoadBalancerCommand({ Name: 'api', Subnets, Scheme: 'internal' }));
  return made.LoadBalancers?.[0]?.LoadBalancerArn ?? '';
}

async function protectedBy({ ARN }: WebACLSummary): Promise<readonly string[] | undefined> {
  return (await waf.send(new ListResourcesForWebACLCommand({ WebACLArn: ARN }))).ResourceArns;
}

const associate = ({ ARN }: WebACLSummary, ResourceArn: string) =>
  waf.send(new AssociateWebACLCommand({ WebACLArn: ARN, ResourceArn }));

async function deleteWebAcl({ Name, Id }: WebACLSummary): Promise<void> {
  const key = { Name, Id, Scope: 'REGIONAL' } as const;
  const { LockToken } = await waf.send(new GetWebACLCommand(key));
  await waf.send(new DeleteWebACLCommand({ ...key, LockToken }));
}

async function indexed() {
  const command = new GetResourcesCommand({ ResourceTypeFilters: ['wafv2'] });
  return (await tagging.send(command)).ResourceTagMappingList?.map(({ ResourceARN }) => ResourceARN);
}

test('A load balancer has the web ACL that was associated last', async () => {
  const balancer = await createLoadBalancer();
  const [one, other] = [await create(), await create({ Name: 'other' })];
  await associate(one, balancer);
  await associate(one, balancer);
  expect(await protectedBy(one)).toEqual([balancer]);
  await associate(other, balancer);
  expect([await protectedBy(one), await protectedBy(other)]).toEqual([[], [balancer]]);
});

test('What is not there is not protected, and what goes is protected no longer', async () => {
  const acl = await create();
  const balancer = await createLoadBalancer();
  const missing = balancer.replace(/.{4}$/, '0000');
  await expect(associate(acl, missing)).rejects.toMatchObject({ name: 'WAFUnavailableEntityException' });
  await expect(associate(acl, 'arn:aws:s3:::some-bucket')).rejects.toMatchObject({
    name: 'WAFInvalidParameterException',
  });
  await associate(acl, balancer);
  await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: balancer }));
  expect(await protectedBy(acl)).toEqual([]);
  await expect(waf.send(new GetWebACLForResourceCommand({ ResourceArn: balancer }))).rejects.toMatchObject({
    name: 'WAFNonexistentItemException',
  });
});

test('A load balancer that is provisioned cannot be protected yet', async () => {
  await emulator.setLifecycles({ 'elb/load-balancer': { provisioning: 'held' } });
  const balancer = await createLoadBalancer();
  const acl = await create();
  await expect(associate(acl, balancer)).rejects.toMatchObject({ name: 'WAFUnavailableEntityException' });
  await emulator.release();
  await associate(acl, balancer);
  expect(await protectedBy(acl)).toEqual([balancer]);
});

test('A web ACL in use is not deleted, and its tags go with it', async () => {
  const balancer = await createLoadBalancer();
  const acl = await create({ Tags: [{ Key: 'owner', Value: 'payments' }] });
  await associate(acl, balancer);
  await expect(deleteWebAcl(acl)).rejects.toMatchObject({ name: 'WAFAssociatedItemException' });
  await waf.send(new DisassociateWebACLCommand({ ResourceArn: balancer }));
  await deleteWebAcl(acl);
  await expect(waf.send(new ListTagsForResourceCommand({ ResourceARN: acl.ARN }))).rejects.toMatchObject({
    name: 'WAFNonexistentItemException',
  });
});

test('An update takes away what it does not say', async () => {
  const { Name, Id, LockToken } = await create({ Description: 'For payments', TokenDomains: ['a.com'] });
  const key = { Name, Id, Scope: 'REGIONAL' } as const;
  const least = { DefaultAction: { Block: {} }, VisibilityConfig };
  await waf.send(new UpdateWebACLCommand({ ...key, ...least, LockToken }));
  const { WebACL } = await waf.send(new GetWebACLCommand(key));
  expect(WebACL).toMatchObject({ DefaultAction: { Block: {} }, Description: '', Rules: [], Capacity: 0 });
  expect(WebACL?.TokenDomains).toBeUndefined();
  await expect(waf.send(new UpdateWebACLCommand({ ...key, ...least, LockToken }))).rejects.toMatchObject({
    name: 'WAFOptimisticLockException',
  });
});

test('Names, descriptions and rules are checked as AWS does', async () => {
  await create();
  await expect(create()).rejects.toMatchObject({ name: 'WAFDuplicateItemException' });
  const both = Rules.map((rule) => ({ ...rule, OverrideAction: { None: {} } }));
  const refusals: readonly (readonly [Partial<CreateWebACLCommandInput>, string])[] = [
    [{ Name: 'with space' }, 'ValidationException'],
    [{ Description: '' }, 'ValidationException'],
    [{ Rules: [...Rules, ...Rules] }, 'WAFInvalidParameterException'],
    [{ Rules: both }, 'WAFInvalidParameterException'],
    [{ Rules: [group('AWSManagedRulesNoSuchRuleSet')] }, 'WAFNonexistentItemException'],
    [{ Rules: [group('Some', 'Somebody')] }, 'WAFSubscriptionNotFoundException'],
  ];
  for (const [input, name] of refusals)
    await expect(create({ Name: 'other', ...input })).rejects.toMatchObject({ name });
});

test('The tagging index shows web ACLs, later than they are created', async () => {
  await emulator.setStaleness({ tagging: 60 });
  const { ARN } = await create({ Tags: [{ Key: 'owner', Value: 'payments' }] });
  expect(await indexed()).toEqual([]);
  await emulator.setStaleness({ tagging: 0 });
  expect(await indexed()).toEqual([ARN]);
});

function group(Name: string, VendorName = 'AWS'): Rule {
  return {
    Name,
    Priority: 0,
    OverrideAction: { None: {} },
    Statement: { ManagedRuleGroupStatement: { VendorName, Name } },
    VisibilityConfig,
  };
}
