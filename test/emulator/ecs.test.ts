import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
  type CreateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makePlaces, type Places } from './elasticache-places.ts';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let ecs: ECSClient;
let ec2: EC2Client;
let places: Places;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  ecs = new ECSClient(options);
  ec2 = new EC2Client(options);
}, 300_000);

beforeEach(async () => {
  await emulator.reset();
  places = await makePlaces(ec2, 'us-east-1');
  await ecs.send(new CreateClusterCommand(cluster));
  await register();
});

afterAll(() => emulator.stop());

const cluster = { clusterName: 'main', capacityProviders: ['FARGATE', 'FARGATE_SPOT'] };
const place = { cluster: 'main', service: 'api' };
const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true } };

const register = (more = {}) =>
  ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'api',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'api', image: 'api', portMappings: [{ containerPort: 80 }] }],
      ...more,
    }),
  );

const create = (more: Partial<CreateServiceCommandInput> = {}) =>
  ecs.send(
    new CreateServiceCommand({
      cluster: 'main',
      serviceName: 'api',
      taskDefinition: 'api',
      desiredCount: 2,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE', base: 1, weight: 1 }],
      networkConfiguration: { awsvpcConfiguration: { subnets: [...places.subnetIds] } },
      deploymentConfiguration: breaker,
      ...more,
    }),
  );

const update = (change: object) => ecs.send(new UpdateServiceCommand({ ...place, ...change }));

async function service() {
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster: 'main', services: ['api'] }));
  return services?.[0];
}

async function counts() {
  return (await service())?.deployments?.map(({ status, runningCount }) => `${status} ${runningCount}`);
}

async function deployments() {
  return (await ecs.send(new ListServiceDeploymentsCommand(place))).serviceDeployments ?? [];
}

test('A service keeps what it was created with', async () => {
  await create({ enableExecuteCommand: true, enableECSManagedTags: true, propagateTags: 'SERVICE' });
  expect(await service()).toMatchObject({
    capacityProviderStrategy: [{ capacityProvider: 'FARGATE', base: 1, weight: 1 }],
    deploymentConfiguration: { ...breaker, maximumPercent: 200, minimumHealthyPercent: 100 },
    enableExecuteCommand: true,
    enableECSManagedTags: true,
    propagateTags: 'SERVICE',
    availabilityZoneRebalancing: 'ENABLED',
    platformVersion: 'LATEST',
    runningCount: 2,
    deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 2 }],
  });
  expect(await service()).not.toHaveProperty('launchType');
});

describe('A deployment', () => {
  test('moves task by task, and is remembered with what it was of', async () => {
    await create();
    await register();
    await emulator.setLifecycles({ 'ecs/service': { starting: 'held' } });
    await update({ taskDefinition: 'api:2' });
    expect(await counts()).toEqual(['PRIMARY 0', 'ACTIVE 2']);
    await emulator.release();
    expect(await counts()).toEqual(['PRIMARY 1', 'ACTIVE 1']);
    await emulator.release();
    expect(await counts()).toEqual(['PRIMARY 2']);
    const found = await deployments();
    expect(found).toMatchObject([{ status: 'SUCCESSFUL' }, { status: 'SUCCESSFUL' }]);
    const serviceRevisionArns = [found[0]?.targetServiceRevisionArn ?? ''];
    const command = new DescribeServiceRevisionsCommand({ serviceRevisionArns });
    expect((await ecs.send(command)).serviceRevisions).toMatchObject([
      { taskDefinition: expect.stringContaining('api:2') },
    ]);
  });

  test('that fails is rolled back, with events', async () => {
    await create();
    await register();
    await emulator.setLifecycles({ 'ecs/service': { failing: 'held' } });
    await update({ taskDefinition: 'api:2' });
    expect(await service()).toMatchObject({
      runningCount: 2,
      deployments: [
        { rolloutState: 'IN_PROGRESS', runningCount: 0, failedTasks: 3 },
        { status: 'ACTIVE', runningCount: 2 },
      ],
    });
    await emulator.setLifecycles({ 'ecs/service': { failing: 0, starting: 'held' } });
    await emulator.release();
    expect(await service()).toMatchObject({
      taskDefinition: expect.stringContaining('api:1'),
      deployments: [{ rolloutState: 'IN_PROGRESS' }, { rolloutState: 'FAILED' }, { runningCount: 2 }],
    });
    expect(await deployments()).toMatchObject([{ status: 'ROLLBACK_IN_PROGRESS' }, {}]);
    await emulator.release();
    await service();
    await emulator.release();
    const { events = [], deployments: shown } = (await service()) ?? {};
    expect(shown).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }]);
    expect(events.map(({ message }) => message).join('\n')).toMatch(
      /steady state[^]*rolling back to deployment[^]*deployment failed: tasks failed to start/,
    );
    expect(await deployments()).toMatchObject([{ status: 'ROLLBACK_SUCCESSFUL' }, { status: 'SUCCESSFUL' }]);
  });

  test('is started by some parameters, and by none of the others', async () => {
    await create();
    await update({ capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] });
    await update({ desiredCount: 3, enableExecuteCommand: true });
    expect(await deployments()).toHaveLength(1);
    await update({ forceNewDeployment: true });
    await update({ platformVersion: '1.4.0' });
    expect(await deployments()).toHaveLength(3);
  });
});

test('A service that is deleted drains, and its name is free when its tasks are gone', async () => {
  await create();
  await expect(create()).rejects.toMatchObject({ name: 'InvalidParameterException' });
  await expect(ecs.send(new DeleteServiceCommand(place))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await emulator.setLifecycles({ 'ecs/service': { stopping: 'held' } });
  await ecs.send(new DeleteServiceCommand({ ...place, force: true }));
  expect(await service()).toMatchObject({ status: 'DRAINING', runningCount: 2 });
  await expect(create()).rejects.toMatchObject({ name: 'InvalidParameterException' });
  await emulator.release();
  expect(await service()).toMatchObject({ status: 'INACTIVE' });
  await expect(update({ desiredCount: 1 })).rejects.toMatchObject({ name: 'ServiceNotActiveException' });
  await create();
});

test('What a service refers to has to be there', async () => {
  const invalid = { name: 'InvalidParameterException' };
  const strategy = [{ capacityProvider: 'ours', weight: 1 }];
  await expect(create({ capacityProviderStrategy: strategy })).rejects.toMatchObject(invalid);
  await expect(create({ networkConfiguration: undefined })).rejects.toMatchObject(invalid);
  const loadBalancers = [{ targetGroupArn: 'arn:none', containerName: 'api', containerPort: 80 }];
  await expect(create({ loadBalancers })).rejects.toMatchObject(invalid);
  await expect(create({ cluster: 'none' })).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'api:1' }));
  await expect(create()).rejects.toMatchObject({ name: 'ClientException' });
});

test('A cluster is made once, and is refused with other settings', async () => {
  await ecs.send(new CreateClusterCommand(cluster));
  const other = { ...cluster, capacityProviders: ['FARGATE'] };
  await expect(ecs.send(new CreateClusterCommand(other))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await create();
  const { clusters, failures } = await ecs.send(new DescribeClustersCommand({ clusters: ['main', 'none'] }));
  expect(clusters).toMatchObject([{ activeServicesCount: 1, runningTasksCount: 2, settings: [] }]);
  expect(failures).toMatchObject([{ reason: 'MISSING' }]);
});

test('A family is described by its newest active revision, and refuses what Fargate lacks', async () => {
  const newest = async () => {
    const command = new DescribeTaskDefinitionCommand({ taskDefinition: 'api' });
    return (await ecs.send(command)).taskDefinition?.revision;
  };
  await register();
  expect(await newest()).toBe(2);
  await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'api:2' }));
  expect(await newest()).toBe(1);
  await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'api:1' }));
  await expect(newest()).rejects.toMatchObject({ name: 'ClientException' });
  expect((await register()).taskDefinition?.revision).toBe(3);
  await expect(register({ memory: '4096' })).rejects.toMatchObject({ name: 'ClientException' });
  await expect(register({ networkMode: 'bridge' })).rejects.toMatchObject({ name: 'ClientException' });
});
