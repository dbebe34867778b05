import {
  AddTagsCommand,
  DeleteTargetGroupCommand,
  DescribeListenersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  type CreateListenerCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeLoadBalancerPlaces } from './elb-places.ts';
import { ElbRequests } from './elb-requests.ts';
import { startEmulator, type Emulator } from './start.ts';

const region = 'us-east-1';
const account = '123456789012';

let emulator: Emulator;
let elb: ElasticLoadBalancingV2Client;
let ec2: EC2Client;
let make: ElbRequests;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region, credentials, maxAttempts: 1 };
  elb = new ElasticLoadBalancingV2Client(options);
  ec2 = new EC2Client(options);
}, 300_000);

beforeEach(async () => {
  await emulator.reset();
  make = new ElbRequests(elb, await makeLoadBalancerPlaces(ec2, region));
});

afterAll(() => emulator.stop());

describe('A target group', () => {
  test('of a name that is taken is the same one with the same settings, and refused with others', async () => {
    const arn = await make.group();
    expect(await make.group()).toBe(arn);
    await expect(make.group({ Port: 9090 })).rejects.toMatchObject({
      name: 'DuplicateTargetGroupNameException',
    });
  });

  test('checks health within the bounds of AWS', async () => {
    const TargetGroupArn = await make.group();
    for (const changes of [
      { HealthCheckIntervalSeconds: 4 },
      { HealthCheckTimeoutSeconds: 30 },
      { HealthyThresholdCount: 11 },
    ])
      await expect(
        elb.send(new ModifyTargetGroupCommand({ TargetGroupArn, ...changes })),
      ).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test.each([
    ['deregistration_delay.timeout_seconds', '3601'],
    ['slow_start.duration_seconds', '10'],
    ['load_balancing.algorithm.type', 'random'],
    ['no.such.attribute', 'true'],
  ])('has no %s of %s', async (Key, Value) => {
    const TargetGroupArn = await make.group();
    const change = new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: [{ Key, Value }] });
    await expect(elb.send(change)).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test('is in use, and shown so, as long as a listener forwards to it', async () => {
    const [balancer, group] = [await make.balancer(), await make.group()];
    const ListenerArn = await make.listener(balancer, group);
    const deletion = new DeleteTargetGroupCommand({ TargetGroupArn: group });
    const users = async () =>
      (await elb.send(new DescribeTargetGroupsCommand({ Names: ['api'] }))).TargetGroups?.[0]
        ?.LoadBalancerArns;
    expect(await users()).toEqual([balancer]);
    await expect(elb.send(deletion)).rejects.toMatchObject({ name: 'ResourceInUseException' });
    const other = await make.group({ Name: 'other' });
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: other }];
    await elb.send(new ModifyListenerCommand({ ListenerArn, DefaultActions }));
    expect((await users()) ?? []).toEqual([]);
    await elb.send(deletion);
  });

  test('serves one load balancer, of its own VPC', async () => {
    const group = await make.group();
    await make.listener(await make.balancer(), group);
    const second = await make.balancer({ Name: 'second' });
    await expect(make.listener(second, group)).rejects.toMatchObject({
      name: 'TargetGroupAssociationLimitException',
    });
    const elsewhere = await makeLoadBalancerPlaces(ec2, region);
    const far = await make.group({ Name: 'far', VpcId: elsewhere.vpcId });
    await expect(make.listener(second, far)).rejects.toMatchObject({
      name: 'InvalidConfigurationRequestException',
    });
  });
});

describe('A listener', () => {
  const CertificateArn = `arn:aws:acm:${region}:${account}:certificate/00000000-0000-4000-8000-000000000000`;
  const https = { Port: 443, Protocol: 'HTTPS' as const, Certificates: [{ CertificateArn }] };

  test('is the only one on its port: the same with the same settings, refused with others', async () => {
    const [balancer, group] = [await make.balancer(), await make.group()];
    const arn = await make.listener(balancer, group);
    expect(await make.listener(balancer, group)).toBe(arn);
    const other = await make.group({ Name: 'other' });
    await expect(make.listener(balancer, other)).rejects.toMatchObject({
      name: 'DuplicateListenerException',
    });
    const second = await make.listener(balancer, group, { Port: 81 });
    await expect(
      elb.send(new ModifyListenerCommand({ ListenerArn: second, Port: 80 })),
    ).rejects.toMatchObject({ name: 'DuplicateListenerException' });
  });

  test('with HTTPS has one certificate of its region and a policy, and with HTTP neither', async () => {
    const [LoadBalancerArn, group] = [await make.balancer(), await make.group()];
    const refused = (changes: Partial<CreateListenerCommandInput>, name: string) =>
      expect(make.listener(LoadBalancerArn, group, changes)).rejects.toMatchObject({ name });
    const elsewhere = [{ CertificateArn: CertificateArn.replace(region, 'eu-west-1') }];
    await refused({ ...https, Certificates: [] }, 'ValidationError');
    await refused({ ...https, Certificates: elsewhere }, 'CertificateNotFoundException');
    await refused({ ...https, SslPolicy: 'ELBSecurityPolicy-None' }, 'SSLPolicyNotFoundException');
    await refused({ SslPolicy: 'ELBSecurityPolicy-2016-08' }, 'ValidationError');
    const ListenerArn = await make.listener(LoadBalancerArn, group, https);
    const shown = async () =>
      (await elb.send(new DescribeListenersCommand({ LoadBalancerArn }))).Listeners?.[0];
    expect(await shown()).toMatchObject({ ...https, SslPolicy: 'ELBSecurityPolicy-2016-08' });
    await elb.send(new ModifyListenerCommand({ ListenerArn, Protocol: 'HTTP' }));
    const { SslPolicy, Certificates = [] } = (await shown()) ?? {};
    expect([SslPolicy, Certificates]).toEqual([undefined, []]);
  });

  test('shows its action as AWS does, with what it keeps', async () => {
    const [LoadBalancerArn, group] = [await make.balancer(), await make.group()];
    await make.listener(LoadBalancerArn, group);
    const RedirectConfig = { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } as const;
    await make.listener(LoadBalancerArn, group, {
      Port: 81,
      DefaultActions: [{ Type: 'redirect', RedirectConfig }],
    });
    const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    expect(Listeners.flatMap(({ DefaultActions = [] }) => DefaultActions)).toMatchObject([
      {
        Type: 'forward',
        TargetGroupArn: group,
        ForwardConfig: { TargetGroups: [{ TargetGroupArn: group, Weight: 1 }] },
      },
      {
        Type: 'redirect',
        RedirectConfig: { ...RedirectConfig, Host: '#{host}', Path: '/#{path}', Query: '#{query}' },
      },
    ]);
  });
});

test('Tags of up to twenty resources are told together, unless one is gone', async () => {
  const Tags = Array.from({ length: 50 }, (_, number) => ({ Key: `key-${number}`, Value: 'x' }));
  const arns = [await make.balancer({ Tags }), await make.group({ Tags })];
  arns.push(await make.listener(arns[0] ?? '', arns[1] ?? '', { Tags }));
  const { TagDescriptions = [] } = await elb.send(new DescribeTagsCommand({ ResourceArns: arns }));
  expect(TagDescriptions.map(({ ResourceArn, Tags: found }) => [ResourceArn, found?.length])).toEqual(
    arns.map((arn) => [arn, 50]),
  );
  await expect(
    elb.send(new AddTagsCommand({ ResourceArns: arns, Tags: [{ Key: 'one-more', Value: '' }] })),
  ).rejects.toMatchObject({ name: 'TooManyTagsException' });
  await expect(
    elb.send(new DescribeTagsCommand({ ResourceArns: [...arns, `${arns[0]}0`] })),
  ).rejects.toMatchObject({ name: 'LoadBalancerNotFoundException' });
  const tooMany = Array.from({ length: 21 }, () => arns[0] ?? '');
  await expect(elb.send(new DescribeTagsCommand({ ResourceArns: tooMany }))).rejects.toMatchObject({
    name: 'ValidationError',
  });
});
