import {
  DeleteLoadBalancerCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
  paginateDescribeLoadBalancers,
  SetSubnetsCommand,
  type CreateLoadBalancerCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DescribeInternetGatewaysCommand,
  DetachInternetGatewayCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeLoadBalancerPlaces, type LoadBalancerPlaces } from './elb-places.ts';
import { ElbRequests } from './elb-requests.ts';
import { startEmulator, type Emulator } from './start.ts';

const region = 'us-east-1';
const account = '123456789012';

let emulator: Emulator;
let elb: ElasticLoadBalancingV2Client;
let ec2: EC2Client;
let s3: S3Client;
let places: LoadBalancerPlaces;
let make: ElbRequests;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region, credentials, maxAttempts: 1 };
  elb = new ElasticLoadBalancingV2Client(options);
  ec2 = new EC2Client(options);
  s3 = new S3Client({ ...options, forcePathStyle: true });
}, 300_000);

beforeEach(async () => {
  await emulator.reset();
  places = await makeLoadBalancerPlaces(ec2, region);
  make = new ElbRequests(elb, places);
});

afterAll(() => emulator.stop());

function set(LoadBalancerArn: string, attributes: Readonly<Record<string, string>>) {
  const Attributes = Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
  return elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
}

async function attributesOf(LoadBalancerArn: string): Promise<Readonly<Record<string, string>>> {
  const { Attributes = [] } = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
  return Object.fromEntries(Attributes.map(({ Key = '', Value = '' }) => [Key, Value]));
}

async function states(): Promise<readonly (string | undefined)[]> {
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  return LoadBalancers.map(({ State }) => State?.Code);
}

async function names(): Promise<readonly (string | undefined)[]> {
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  return LoadBalancers.map(({ LoadBalancerName }) => LoadBalancerName);
}

const refusal = (name: string, words = '') => ({ name, message: expect.stringContaining(words) });

describe('A load balancer', () => {
  test('of a name that is taken is the same one with the same settings, and refused with others', async () => {
    const arn = await make.balancer();
    expect(await make.balancer({ Subnets: places.subnetIds.slice(0, 2).toReversed() })).toBe(arn);
    for (const other of [
      { Scheme: 'internal' as const },
      { Subnets: places.subnetIds.slice(1) },
      { SecurityGroups: [places.securityGroupIds[1]] },
    ])
      await expect(make.balancer(other)).rejects.toMatchObject(
        refusal('DuplicateLoadBalancerNameException', 'exists, but with different settings'),
      );
    expect(await names()).toEqual(['api']);
  });

  test.each(['internal-api', 'a'.repeat(33), '-api', 'api-', 'a.b'])('is not called %s', async (Name) => {
    await expect(make.balancer({ Name })).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test('is in two zones at least, one subnet in each, of one VPC, with security groups of it', async () => {
    const elsewhere = await makeLoadBalancerPlaces(ec2, region);
    const [first] = places.subnetIds;
    const refused = (changes: Partial<CreateLoadBalancerCommandInput>, name: string) =>
      expect(make.balancer(changes)).rejects.toMatchObject({ name });
    await refused({ Subnets: [first] }, 'ValidationError');
    await refused({ Subnets: [first, elsewhere.subnetIds[1]] }, 'InvalidConfigurationRequestException');
    await refused({ Subnets: [first, 'subnet-00000000'] }, 'SubnetNotFoundException');
    await refused(
      { SecurityGroups: [elsewhere.securityGroupIds[0]] },
      'InvalidConfigurationRequestException',
    );
    await refused({ SecurityGroups: ['sg-00000000'] }, 'InvalidSecurityGroupException');
    const LoadBalancerArn = await make.balancer();
    await expect(
      elb.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: [first] })),
    ).rejects.toMatchObject({ name: 'InvalidConfigurationRequestException' });
    expect(await names()).toEqual(['api']);
  });

  test('faces the internet only where there is an internet gateway', async () => {
    const { InternetGateways = [] } = await ec2.send(new DescribeInternetGatewaysCommand({}));
    const gateway = InternetGateways.find(({ Attachments = [] }) =>
      Attachments.some(({ VpcId }) => VpcId === places.vpcId),
    );
    const InternetGatewayId = gateway?.InternetGatewayId;
    await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId: places.vpcId }));
    await expect(make.balancer()).rejects.toMatchObject(
      refusal('InvalidSubnetException', 'has no internet gateway'),
    );
    expect(await make.balancer({ Scheme: 'internal' })).toContain(':loadbalancer/app/api/');
  });

  test('is provisioning before it is active, as long as configured, or fails', async () => {
    await emulator.setLifecycles({ 'elb/load-balancer': { provisioning: 'held' } });
    await make.balancer();
    expect(await states()).toEqual(['provisioning']);
    await emulator.release('elb/load-balancer');
    expect(await states()).toEqual(['active']);
    await emulator.setLifecycles({ 'elb/load-balancer': { provisioning: 0, failed: 1 } });
    await make.balancer({ Name: 'other' });
    expect(await states()).toEqual(['active', 'failed']);
  });

  test('is not deleted as long as it is protected, and without harm twice', async () => {
    const LoadBalancerArn = await make.balancer();
    const deletion = new DeleteLoadBalancerCommand({ LoadBalancerArn });
    await set(LoadBalancerArn, { 'deletion_protection.enabled': 'true' });
    await expect(elb.send(deletion)).rejects.toMatchObject(
      refusal('OperationNotPermittedException', 'deletion protection'),
    );
    await set(LoadBalancerArn, { 'deletion_protection.enabled': 'false' });
    await elb.send(deletion);
    await elb.send(deletion);
    expect(await names()).toEqual([]);
  });

  test('that is missing hides those that are there, and all come in pages', async () => {
    for (const Name of ['a', 'b', 'c']) await make.balancer({ Name });
    await expect(
      elb.send(new DescribeLoadBalancersCommand({ Names: ['a', 'missing'] })),
    ).rejects.toMatchObject({ name: 'LoadBalancerNotFoundException' });
    const pages = [];
    for await (const page of paginateDescribeLoadBalancers({ client: elb }, { PageSize: 2 }))
      pages.push(page.LoadBalancers?.map(({ LoadBalancerName }) => LoadBalancerName));
    expect(pages).toEqual([['a', 'b'], ['c']]);
  });

  test('has the attributes of AWS, and changes all of a call or none', async () => {
    const arn = await make.balancer();
    expect(await attributesOf(arn)).toMatchObject({
      'idle_timeout.timeout_seconds': '60',
      'routing.http.drop_invalid_header_fields.enabled': 'false',
      'routing.http.desync_mitigation_mode': 'defensive',
      'routing.http2.enabled': 'true',
      'access_logs.s3.enabled': 'false',
      'ipv6.deny_all_igw_traffic': 'false',
    });
    for (const [key, value] of [
      ['idle_timeout.timeout_seconds', '4001'],
      ['routing.http.desync_mitigation_mode', 'relaxed'],
      ['routing.http2.enabled', 'yes'],
    ] as const)
      await expect(set(arn, { 'waf.fail_open.enabled': 'true', [key]: value })).rejects.toMatchObject({
        name: 'ValidationError',
      });
    expect((await attributesOf(arn))['waf.fail_open.enabled']).toBe('false');
  });

  test('writes access logs only where the policy of the bucket lets it', async () => {
    const arn = await make.balancer();
    const [Bucket, Service] = ['access-logs', 'logdelivery.elasticloadbalancing.amazonaws.com'];
    const logs = {
      'access_logs.s3.enabled': 'true',
      'access_logs.s3.bucket': Bucket,
      'access_logs.s3.prefix': 'api',
    };
    const refused = (words: string) =>
      expect(set(arn, logs)).rejects.toMatchObject(refusal('InvalidConfigurationRequestException', words));
    const allow = async (prefix: string, principal = Service): Promise<void> => {
      const Resource = `arn:aws:s3:::${Bucket}/${prefix}AWSLogs/${account}/*`;
      const Statement = [
        { Effect: 'Allow', Principal: { Service: principal }, Action: 's3:PutObject', Resource },
      ];
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    };
    await refused('does not exist');
    await s3.send(new CreateBucketCommand({ Bucket }));
    await refused('Access Denied for bucket: access-logs');
    await allow('other/');
    await refused('Access Denied');
    await allow('api/', 'delivery.logs.amazonaws.com');
    await refused('Access Denied');
    await allow('api/');
    await set(arn, logs);
    expect(await attributesOf(arn)).toMatchObject(logs);
    const encryption = { SSEAlgorithm: 'aws:kms' } as const;
    const Rules = [{ ApplyServerSideEncryptionByDefault: encryption }];
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
    await refused('Access Denied');
  });
});
