import { SetAlarmStateCommand, TagResourceCommand as TagAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateLogStreamCommand,
  PutLogEventsCommand,
  TagResourceCommand as TagLogGroupCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { PutImageCommand, TagResourceCommand as TagRepositoryCommand } from '@aws-sdk/client-ecr';
import {
  DescribeServicesCommand,
  TagResourceCommand as TagEcsCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  AddListenerCertificatesCommand,
  AddTagsCommand,
  CreateRuleCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { TagRoleCommand } from '@aws-sdk/client-iam';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import {
  PutSecretValueCommand,
  TagResourceCommand as TagSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDrift } from '../../../controller/drift.ts';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { Clients } from '../../clients.ts';
import { mutating } from '../../product.ts';
import { readServiceState } from '../../service-state/state.ts';
import { arnOf, listener, loadBalancer, named, targetGroup } from './names-in-aws.ts';
import { ServiceLife } from './service-life.ts';

const place = { cluster: named('cluster'), service: named('service') };
const logGroupName = '/ecs/production/fintech-api';
const repositoryName = 'fintech-api';
const imageType = 'application/vnd.docker.distribution.manifest.v2+json';
const Bucket = 'production-fintech-api-access-logs-123456789012-us-east-1';

let life: ServiceLife;
let clients: Clients;

async function converged(spec: JsonObject): Promise<void> {
  life = await ServiceLife.start();
  clients = life.clients;
  await life.change(spec);
}

/** What the next pass finds and does, and says of it. */
async function nextPass() {
  const { verdict, calls } = await life.pass();
  const [Ready, Drifted] = [life.condition('Ready'), life.condition('Drifted')];
  return { drift: verdict.drift.map(describeDrift), writes: mutating(calls), Ready, Drifted };
}

const untouched = { drift: [], writes: [], Drifted: 'False NoDrift: AWS is as it was left' };
const noDrift = { ...untouched, Ready: expect.stringMatching(/^True InSync: /) };

// What each of them did stays: none of it is in the way of the next.
describe('No drift of the service of the contract is', () => {
  beforeAll(() => converged({}));
  afterAll(() => life.stop());

  test('a number of tasks between the bounds, which autoscaling has chosen', async () => {
    for (const desiredCount of [5, 10, 3]) {
      await clients.ecs.send(new UpdateServiceCommand({ ...place, desiredCount }));
      expect(await nextPass()).toEqual(noDrift);
      expect(life.status).toMatchObject({ desiredCount, runningCount: desiredCount });
    }
  });

  test('a task that stopped, for which ECS starts another one', async () => {
    await life.emulator.setLifecycles({ 'ecs/service': { starting: 'held' } });
    await clients.ecs.send(new UpdateServiceCommand({ ...place, desiredCount: 4 }));
    const Ready = expect.stringMatching(/^False .* runs 3 of 4 tasks/);
    expect(await nextPass()).toEqual({ ...untouched, Ready });
    await letGo();
    expect(await nextPass()).toEqual(noDrift);
  });

  test('a deployment of the same revision that somebody forces', async () => {
    await life.emulator.setLifecycles({ 'ecs/service': { starting: 'held' } });
    await clients.ecs.send(new UpdateServiceCommand({ ...place, forceNewDeployment: true }));
    const Ready = expect.stringMatching(/^False .* deployment: 0 of 4 tasks/);
    expect(await nextPass()).toEqual({ ...untouched, Ready });
    await letGo();
    expect(await nextPass()).toEqual(noDrift);
  });

  test('the version of Fargate that AWS takes for the latest', async () => {
    const { cluster, service } = place;
    const { services } = await clients.ecs.send(
      new DescribeServicesCommand({ cluster, services: [service] }),
    );
    const deployments = [expect.objectContaining({ platformVersion: '1.4.0' })];
    expect(services).toEqual([expect.objectContaining({ platformVersion: 'LATEST', deployments })]);
    expect(await nextPass()).toEqual(noDrift);
  });

  test('a target that ECS has registered', async () => {
    const Targets = [{ Id: '10.0.11.7', Port: 8080 }];
    const TargetGroupArn = await targetGroup(clients);
    await clients.elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
    expect(await nextPass()).toEqual(noDrift);
  });

  test('an alarm that rings', async () => {
    const state = { StateValue: 'ALARM', StateReason: 'it burns' } as const;
    for (const node of ['alarm-latency', 'alarm-database-cpu'])
      await clients.cloudwatch.send(new SetAlarmStateCommand({ AlarmName: named(node), ...state }));
    expect(await nextPass()).toEqual(noDrift);
  });

  test.each([
    ['of a secret that a person fills', { SecretId: 'fintech/api-keys', SecretString: 'another' }],
    [
      'of a secret that was generated',
      { SecretId: 'fintech/encryption-key', SecretBinary: Buffer.alloc(32, 7) },
    ],
  ])('another value %s', async (_which, value) => {
    await clients.secrets.send(new PutSecretValueCommand(value));
    expect(await nextPass()).toEqual(noDrift);
  });

  test('what is pushed and written: images, lines of the log, access logs', async () => {
    const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType: imageType, layers: [] });
    await clients.ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: '1.4.3' }));
    const stream = { logGroupName, logStreamName: 'ecs/app/0123456789abcdef' };
    await clients.logs.send(new CreateLogStreamCommand(stream));
    const logEvents = [{ timestamp: Date.now(), message: 'served' }];
    await clients.logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
    const Key = 'AWSLogs/123456789012/elasticloadbalancing/us-east-1/2026/01/01/requests.log.gz';
    await clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'requests' }));
    // Two settings of the repository and four of the bucket take turns.
    for (let looks = 0; looks < 4; looks += 1) expect(await nextPass()).toEqual(noDrift);
  });

  test('a rule of theirs at a listener, and a certificate beside the own', async () => {
    const ListenerArn = await listener(clients, 443);
    const Conditions = [{ Field: 'path-pattern', Values: ['/maintenance'] }];
    const FixedResponseConfig = { StatusCode: '503' };
    const Actions = [{ Type: 'fixed-response' as const, FixedResponseConfig }];
    await clients.elb.send(new CreateRuleCommand({ ListenerArn, Priority: 1, Conditions, Actions }));
    const CertificateArn = arnOf('acm', 'certificate/99999999-0000-4000-8000-000000000000');
    const Certificates = [{ CertificateArn }];
    await clients.elb.send(new AddListenerCertificatesCommand({ ListenerArn, Certificates }));
    expect(await nextPass()).toEqual(noDrift);
    const { loadBalancers } = await readServiceState(clients);
    const Rules = [expect.objectContaining({ Priority: '1' })];
    expect(loadBalancers?.[named('public')]).toMatchObject({ Listeners: { 443: { Rules } } });
  });

  test('tags of others', async () => {
    const [Key, Value] = ['backup-plan', 'nightly'];
    const [key, value] = [Key, Value];
    const Tags = [{ Key, Value }];
    const tags = { [Key]: Value };
    for (const resourceArn of [
      arnOf('ecs', `cluster/${place.cluster}`),
      arnOf('ecs', `service/${place.cluster}/${place.service}`),
      arnOf('ecs', `task-definition/${named('task')}:1`),
    ])
      await clients.ecs.send(new TagEcsCommand({ resourceArn, tags: [{ key, value }] }));
    const balancing = [await loadBalancer(clients), await listener(clients, 443), await targetGroup(clients)];
    for (const arn of balancing) await clients.elb.send(new AddTagsCommand({ ResourceArns: [arn], Tags }));
    const repository = arnOf('ecr', `repository/${repositoryName}`);
    await clients.ecr.send(new TagRepositoryCommand({ resourceArn: repository, tags: Tags }));
    const logGroup = arnOf('logs', `log-group:${logGroupName}`);
    await clients.logs.send(new TagLogGroupCommand({ resourceArn: logGroup, tags }));
    const ResourceARN = arnOf('cloudwatch', `alarm:${named('alarm-latency')}`);
    await clients.cloudwatch.send(new TagAlarmCommand({ ResourceARN, Tags }));
    await clients.iam.send(new TagRoleCommand({ RoleName: named('task-role'), Tags }));
    await clients.secrets.send(new TagSecretCommand({ SecretId: 'fintech/api-keys', Tags }));
    expect(await nextPass()).toEqual(noDrift);
  });
});

describe('No drift of a service with a topic of its own is', () => {
  beforeAll(() => converged({ alarms: {}, ingress: undefined }));
  afterAll(() => life.stop());

  test('a person who subscribes to it', async () => {
    const TopicArn = arnOf('sns', named('alarms'));
    const subscription = { TopicArn, Protocol: 'email', Endpoint: 'on-call@example.com' };
    await clients.sns.send(new SubscribeCommand(subscription));
    expect(await nextPass()).toEqual(noDrift);
  });
});

async function letGo(): Promise<void> {
  await life.emulator.setLifecycles({ 'ecs/service': { starting: 0 } });
  await life.emulator.release('ecs/service');
}
