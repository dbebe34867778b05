import {
  CreateClusterCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  TagResourceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { DeleteSecurityGroupCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Change, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { Service } from '../../../../reconcilers/aws/ecs/service.ts';
import { toEcsTags } from '../../../../reconcilers/aws/ecs/tags.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { creationOf, onBoth, owner, query } from './ecs-samples.ts';
import { makeSurroundings, sampleService, type Surroundings } from './service-samples.ts';
import { ServiceSubject } from './service-subject.ts';

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;
let around: Surroundings;
let it: ServiceSubject;

beforeAll(async () => {
  emulator = await startEmulator();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});
afterAll(async () => {
  connection.close();
  await emulator.stop();
});
beforeEach(async () => {
  await emulator.reset();
  around = await makeSurroundings(aws);
  it = new ServiceSubject(aws, sampleService('api', around));
});

const operations = async (action: () => Promise<unknown>): Promise<readonly string[]> =>
  (await connection.during(action)).map(({ operation }) => operation);

const asleep = { desiredCount: 0, maxDesiredCount: 0 };

async function scaleByHand(desiredCount: number): Promise<void> {
  const place = { cluster: around.clusterArn, service: 'api' };
  await aws.ecs.send(new UpdateServiceCommand({ ...place, desiredCount }));
}

async function deploymentsShown() {
  const place = { cluster: around.clusterArn, services: ['api'] };
  return (await aws.ecs.send(new DescribeServicesCommand(place))).services?.[0]?.deployments ?? [];
}

test('a service tells where it is, how many tasks run, and of what', async () => {
  await it.create();
  expect((await it.current()).outputs).toEqual({
    arn: 'arn:aws:ecs:eu-west-1:123456789012:service/services/api',
    name: 'api',
    runningCount: 3,
    desiredCount: 3,
    taskDefinitionArn: around.taskDefinitionArns[0],
  });
});

describe('the number of tasks', () => {
  beforeEach(() => it.create());

  test('belongs to autoscaling as long as it is between the bounds', async () => {
    await scaleByHand(7);
    expect(await it.changes()).toEqual([]);
  });

  test('is lowered to the upper bound when somebody raises it above', async () => {
    await scaleByHand(12);
    expect(await it.changes()).toMatchObject([{ field: 'maxDesiredCount', from: 12, to: 10 }]);
    await it.update();
    expect((await it.current()).outputs.desiredCount).toBe(10);
  });

  test('is raised to the lower bound when somebody lowers it', async () => {
    await scaleByHand(1);
    expect(await it.changes()).toMatchObject([{ field: 'desiredCount', from: 1, to: 3 }]);
    await it.update();
    expect((await it.current()).outputs.desiredCount).toBe(3);
  });

  test('is 0 while it sleeps, whatever autoscaling wants, and the wanted one when it wakes up', async () => {
    await it.update(asleep);
    expect((await it.current()).outputs).toMatchObject({ desiredCount: 0, runningCount: 0 });
    await scaleByHand(2);
    expect(await it.changes()).toMatchObject([{ field: 'maxDesiredCount', from: 2, to: 0 }]);
    await it.update();
    await it.update({ desiredCount: 3, maxDesiredCount: 10 });
    expect((await it.current()).outputs).toMatchObject({ desiredCount: 3, runningCount: 3 });
  });

  test('is waited for', async () => {
    await emulator.setLifecycles({ 'ecs/service': { stopping: 'held' } });
    await it.update(asleep);
    expect(await it.current()).toMatchObject({ state: 'pending', message: 'runs 3 of 0 tasks' });
    await emulator.release();
    expect((await it.current()).state).toBe('ready');
  });
});

describe('a change', () => {
  beforeEach(() => it.create());

  test.each([
    ['enableExecuteCommand', { enableExecuteCommand: true }],
    ['propagateTags', { propagateTags: 'NONE' }],
    ['enableManagedTags', { enableManagedTags: false }],
    ['capacityProviderStrategy', { capacityProviderStrategy: { FARGATE: { base: 0, weight: 1 } } }],
  ] as const)('of %s deploys anew, so that it holds for tasks that run too', async (_, change) => {
    const [before] = await deploymentsShown();
    await it.update(change);
    expect((await deploymentsShown())[0]?.id).not.toBe(before?.id);
  });

  test.each([
    ['desiredCount', { desiredCount: 4 }],
    ['healthCheckGracePeriodSeconds', { healthCheckGracePeriodSeconds: 90 }],
    ['availabilityZoneRebalancing', { availabilityZoneRebalancing: 'DISABLED' }],
  ] as const)('of %s replaces no task', async (_, change) => {
    const [before] = await deploymentsShown();
    await it.update(change);
    expect((await deploymentsShown())[0]?.id).toBe(before?.id);
  });

  test('of several settings is one deployment', async () => {
    const calls = await operations(() =>
      it.update({
        taskDefinitionArn: around.taskDefinitionArns[1],
        subnetIds: [around.subnetIds[0]],
        enableExecuteCommand: true,
      }),
    );
    expect(calls.filter((operation) => operation === 'UpdateService')).toHaveLength(1);
  });

  test('interrupts only where all tasks may be stopped before others run', async () => {
    const current = await it.current();
    const change: Change = {
      field: 'taskDefinitionArn',
      path: 'taskDefinitionArn',
      from: '',
      to: '',
      severity: 'security',
    };
    expect(Service.interruptionOf?.(current, change)).toBe('none');
    await it.update({ deployment: { ...it.spec.deployment, minimumHealthyPercent: 0 } });
    expect(Service.interruptionOf?.(await it.current(), change)).toBe('restart');
    expect(Service.interruptionOf?.(current, { ...change, field: 'maxDesiredCount', to: 0 })).toBe('restart');
  });
});

describe('a deletion', () => {
  test('lets the tasks drain before the service goes', async () => {
    await it.create();
    await emulator.setLifecycles({ 'ecs/service': { stopping: 'held' } });
    await expect(it.delete()).rejects.toMatchObject({
      name: 'NotReady',
      message: 'drains: 3 tasks still run',
    });
    await expect(it.delete()).rejects.toMatchObject({ message: 'drains: 3 tasks still run' });
    expect(await it.current()).toMatchObject({ outputs: { desiredCount: 0, runningCount: 3 } });
    await emulator.release();
    await it.delete();
    expect(await Service.list(aws, [query])).toEqual([]);
  });

  test('leaves nothing that holds the security group of its tasks', async () => {
    it.spec = { ...it.spec, securityGroupIds: [around.securityGroupIds[1]] };
    await it.create();
    const deletion = () =>
      aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId: around.securityGroupIds[1] }));
    await expect(deletion()).rejects.toMatchObject({
      message: expect.stringContaining('DependencyViolation'),
    });
    await it.delete();
    await deletion();
  });

  test('is waited for by a successor of the same name', async () => {
    await it.create();
    await emulator.setLifecycles({ 'ecs/service': { stopping: 'held' } });
    await expect(it.delete()).rejects.toMatchObject({ name: 'NotReady' });
    const place = { cluster: around.clusterArn, service: 'api' };
    await aws.ecs.send(new DeleteServiceCommand({ ...place, force: true }));
    expect((await it.current()).state).toBe('deleting');
    await expect(it.create()).rejects.toMatchObject({
      name: 'NotReady',
      message: 'waits until the service api of before has drained',
    });
    await emulator.release();
    await it.create();
    expect(await it.current()).toMatchObject({ outputs: { runningCount: 3 } });
  });
});

test('a name that somebody else has is left alone until it is handed over', async () => {
  const { id } = await Service.create(aws, it.spec, creationOf('service', 'ApiService/test/other'));
  await expect(it.create()).rejects.toMatchObject({ reason: 'NotOwned' });
  await aws.ecs.send(
    new TagResourceCommand({ resourceArn: id, tags: toEcsTags(creationOf('service').tags) }),
  );
  expect(await it.create()).toEqual({ id });
});

describe('a list of services', () => {
  test('finds by its id what the index of tags does not show yet', async () => {
    await emulator.setStaleness({ tagging: 3_600 });
    const { id } = await it.create();
    expect(await Service.list(aws, [query])).toEqual([]);
    const known = new Map([['service', id]]);
    expect(await Service.list(aws, [{ ...query, known }])).toMatchObject([{ id, owner, node: 'service' }]);
  });

  test('costs one call for ten services of a cluster, and one for each cluster', async () => {
    const alone = await aws.ecs.send(
      new CreateClusterCommand({ clusterName: 'alone', capacityProviders: [...onBoth] }),
    );
    const queries: OwnerQuery[] = [];
    for (let number = 0; number < 12; number += 1) {
      const of = `ApiService/test/${number}`;
      const clusterArn = number === 0 ? (alone.cluster?.clusterArn ?? '') : around.clusterArn;
      const spec = { ...sampleService(`api-${number}`, around), clusterArn, desiredCount: 1 };
      const { id } = await Service.create(aws, spec, creationOf('service', of));
      queries.push({ ...query, owner: of, known: new Map([['service', id]]) });
    }
    const calls = await operations(async () => {
      expect(await Service.list(aws, queries)).toHaveLength(12);
    });
    expect(calls.toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'DescribeServices'),
      'GetResources',
    ]);
  });
});
