import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  IAMClient,
  ListRolesCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListKeysCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
} from '@aws-sdk/client-kms';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { CreateBucketCommand, HeadBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './emulator/start.ts';

let emulator: Emulator;
let s3: S3Client;
let kms: KMSClient;
let iam: IAMClient;
let tagging: ResourceGroupsTaggingAPIClient;

beforeAll(async () => {
  emulator = await startEmulator();
  const config = configFor('us-east-1');
  s3 = new S3Client(config);
  kms = new KMSClient(config);
  iam = new IAMClient(config);
  tagging = new ResourceGroupsTaggingAPIClient(config);
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

function configFor(region: string) {
  return {
    endpoint: emulator.endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
}

const Bucket = 'ledger';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

describe('a KMS key', () => {
  test('is created in milliseconds, and rotates in the period that was asked for', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.Arn;
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 180 }));
    expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 180,
    });
    expect(await kms.send(new GetKeyPolicyCommand({ KeyId }))).toMatchObject({ PolicyName: 'default' });

    const started = performance.now();
    await Promise.all(Array.from({ length: 20 }, () => kms.send(new CreateKeyCommand({}))));
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('cannot be tagged while it is pending deletion', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.Arn;
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    const tag = new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    await expect(kms.send(tag)).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
  });
});

describe('IAM', () => {
  test('keeps a policy that a role still uses', async () => {
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
    });
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: document }));
    const PolicyArn = Policy?.Arn;
    await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'r', PolicyArn }));
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
  });

  test('says NotImplemented, once and readably, for what the emulator lacks', async () => {
    const simulate = new SimulatePrincipalPolicyCommand({
      PolicySourceArn: 'a',
      ActionNames: ['s3:GetObject'],
    });
    await expect(iam.send(simulate)).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    });
  });

  test('bears many writers and readers at once', async () => {
    const calls = Array.from({ length: 50 }, async (_, index) => {
      await iam.send(new CreateRoleCommand({ RoleName: `r-${index}`, AssumeRolePolicyDocument: trust }));
      await iam.send(new ListRolesCommand({}));
    });
    await Promise.all(calls);
    expect((await iam.send(new ListRolesCommand({}))).Roles).toHaveLength(50);
  });
});

async function createTagged(): Promise<readonly (string | undefined)[]> {
  const tags = { owner: 'payments', tier: '1' };
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { Tags } }));
  const { KeyMetadata } = await kms.send(
    new CreateKeyCommand({ Tags: Tags.map((tag) => ({ TagKey: tag.Key, TagValue: tag.Value })) }),
  );
  await s3.send(new CreateBucketCommand({ Bucket: 'other' }));
  return [KeyMetadata?.Arn, `arn:aws:s3:::${Bucket}`];
}

/** EC2 speaks the query protocol; a test of the emulator alone does not need its client. */
async function ec2(parameters: Record<string, string>): Promise<string> {
  const response = await fetch(emulator.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ec2/aws4_request',
    },
    body: new URLSearchParams({ Version: '2016-11-15', ...parameters }).toString(),
  });
  return response.text();
}

const idIn = (answer: string, element: string) =>
  new RegExp(`<${element}>([^<]*)</${element}>`).exec(answer)?.[1] ?? '';

describe('the tagging API', () => {
  const filter = [{ Key: 'owner', Values: ['payments', 'lending'] }, { Key: 'tier' }];

  async function found(client: ResourceGroupsTaggingAPIClient): Promise<readonly (string | undefined)[]> {
    const answer = await client.send(
      new GetResourcesCommand({ TagFilters: filter, ResourceTypeFilters: ['s3', 'kms:key'] }),
    );
    return (answer.ResourceTagMappingList ?? []).map((mapping) => mapping.ResourceARN);
  }

  test('finds the buckets and keys of its own region by all of several tags', async () => {
    const arns = await createTagged();
    expect(await found(tagging)).toEqual(arns);
    expect(await found(new ResourceGroupsTaggingAPIClient(configFor('eu-central-1')))).toEqual([]);
  });

  test('does not show what is new while its reads are stale, as no list does', async () => {
    await emulator.setStaleness({ tagging: 60, s3: 60, kms: 60 });
    const arns = await createTagged();
    expect(await found(tagging)).toEqual([]);
    expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
    expect((await kms.send(new ListKeysCommand({}))).Keys).toEqual([]);
    await s3.send(new HeadBucketCommand({ Bucket }));

    await emulator.setStaleness({ tagging: 0 });
    expect(await found(tagging)).toEqual(arns);
  });
});

const natGatewayState = async () => idIn(await ec2({ Action: 'DescribeNatGateways' }), 'state');

async function createNatGateway(): Promise<string> {
  const VpcId = idIn(await ec2({ Action: 'CreateVpc', CidrBlock: '10.0.0.0/16' }), 'vpcId');
  const SubnetId = idIn(await ec2({ Action: 'CreateSubnet', VpcId, CidrBlock: '10.0.0.0/24' }), 'subnetId');
  return ec2({ Action: 'CreateNatGateway', SubnetId, ConnectivityType: 'private' });
}

describe('a slow resource', () => {
  test('stays in a state for as long as it is held there', async () => {
    await emulator.setLifecycles({ 'ec2/nat-gateway': { pending: 'held', deleting: 0 } });
    const created = await createNatGateway();
    const NatGatewayId = idIn(created, 'natGatewayId');

    expect(idIn(created, 'state')).toBe('pending');
    expect(await natGatewayState()).toBe('pending');
    await emulator.release('ec2/nat-gateway');
    expect(await natGatewayState()).toBe('available');
    await ec2({ Action: 'DeleteNatGateway', NatGatewayId });
    expect(await natGatewayState()).toBe('deleted');
    expect(await ec2({ Action: 'DeleteNatGateway', NatGatewayId: 'nat-0' })).toContain('NatGatewayNotFound');
  });

  test('goes on when its time has passed, waited for or not', async () => {
    await emulator.setLifecycles({ 'ec2/nat-gateway': { pending: 600 } });
    await createNatGateway();
    await emulator.elapse(300);
    expect(await natGatewayState()).toBe('pending');
    await emulator.elapse(300);
    expect(await natGatewayState()).toBe('available');
  });
});
