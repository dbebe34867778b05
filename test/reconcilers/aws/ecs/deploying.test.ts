import { CreateServiceCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Engine, type PassRequest } from '../../../../controller/engine/engine.ts';
import type { Graph } from '../../../../controller/engine/graph.ts';
import { emptyMemory, type Memory } from '../../../../controller/engine/memory.ts';
import { SharedLists } from '../../../../controller/engine/shared-lists.ts';
import { systemClock } from '../../../../controller/time.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { Service } from '../../../../reconcilers/aws/ecs/service.ts';
import { TaskDefinition } from '../../../../reconcilers/aws/ecs/task-definition.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { account, connectTo, type TestConnection } from '../connect.ts';
import { sampleTaskDefinition, withImage } from './ecs-samples.ts';
import { makeSurroundings, sampleService, type Surroundings } from './service-samples.ts';

const types = [TaskDefinition, Service];
const family = 'test-sample-task';

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;
let around: Surroundings;
let memory: Memory;
let engine: Engine<Aws>;

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
  memory = emptyMemory;
  engine = new Engine(new SharedLists<Aws>(0), systemClock);
});

/** A task and the service that runs it, of one image. */
function request(tag: string): PassRequest<Aws> {
  const build = (_spec: object, graph: Graph<Aws>) => {
    const definition = withImage(sampleTaskDefinition(graph.nameOf('task')), tag);
    const task = graph.add(TaskDefinition, 'task', definition);
    const service = sampleService(graph.nameOf('service'), around);
    graph.add(Service, 'service', { ...service, taskDefinitionArn: task.ref('arn') });
    return {};
  };
  return {
    object: { kind: 'Sample', namespace: 'test', name: 'sample' },
    kind: { kind: 'Sample', types, build },
    spec: {},
    place: { account, region: 'eu-west-1', tags: {} },
    circumstances: { isAsleep: false, applyImmediately: false },
    cloud: aws,
    goal: 'converge',
    deletionPolicy: 'Delete',
    ignore: new Set(),
    memory,
    persist: async (next) => void (memory = next),
    lookupObject: () => undefined,
    isObjectReady: () => true,
    signal: new AbortController().signal,
  };
}

async function pass(tag: string, goal: 'converge' | 'delete' = 'converge') {
  const result = await engine.pass({ ...request(tag), goal });
  ({ memory } = result);
  return result;
}

/** States of the passes until one has nothing left to do. */
async function converge(tag: string): Promise<readonly string[]> {
  const states: string[] = [];
  for (let number = 0; number < 8; number += 1) {
    states.push((await pass(tag)).state);
    if (states.at(-1) === 'InSync') return states;
  }
  throw new Error(`is still ${states.join(', ')}`);
}

/** What the service was told to run while `action` ran. */
async function deployedDuring(action: () => Promise<unknown>): Promise<readonly unknown[]> {
  const deployed: unknown[] = [];
  aws.ecs.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'UpdateServiceCommand') deployed.push(Reflect.get(args.input, 'taskDefinition'));
        return next(args);
      },
    { step: 'initialize', name: 'deployments', override: true },
  );
  await action();
  aws.ecs.middlewareStack.remove('deployments');
  return deployed.map((arn) => String(arn).split('/').at(-1));
}

test('a task and its service come to be, and the next pass writes nothing', async () => {
  expect((await converge('1')).at(-1)).toBe('InSync');
  const calls = await connection.during(() => pass('1'));
  expect(calls.map(({ operation }) => operation).toSorted()).toEqual([
    'DescribeServices',
    'DescribeTaskDefinition',
    'GetResources',
  ]);
});

test('a new image is one new revision and one deployment', async () => {
  await converge('1');
  expect(await deployedDuring(() => converge('2'))).toEqual([`${family}:2`]);
});

test('what somebody else registers, as if it were ours, is never deployed', async () => {
  await converge('1');
  const tags = [
    { key: 'fintech.global/owner', value: 'Sample/test/sample' },
    { key: 'fintech.global/node', value: 'task' },
  ];
  const containerDefinitions = [
    { name: 'api', image: 'theirs', portMappings: [{ containerPort: 8080 }], memory: 512 },
  ];
  await aws.ecs.send(new RegisterTaskDefinitionCommand({ family, tags, containerDefinitions }));
  expect(await deployedDuring(() => converge('1'))).toEqual([`${family}:3`]);
});

describe('a deployment that fails', () => {
  beforeEach(async () => {
    await converge('1');
    await emulator.setLifecycles({ 'ecs/service': { failing: 'held' } });
    await pass('2');
    await pass('2');
    await emulator.setLifecycles({ 'ecs/service': { failing: 0 } });
  });

  test('is waited for, stalls the object once it is rolled back, and is not made again', async () => {
    const { state, outcomes } = await pass('2');
    expect(state).toBe('Progressing');
    expect(outcomes[1]?.message).toBe(
      'ecs/service service deployment: 0 of 3 tasks run the new task definition, 3 failed',
    );
    await emulator.release();
    const deployed = await deployedDuring(async () => {
      for (let number = 0; number < 5; number += 1) {
        const failed = await pass('2');
        expect(failed.state).toBe('Failed');
        expect(failed.outcomes[1]?.error).toMatchObject({ reason: 'DeploymentFailed' });
      }
    });
    expect(deployed).toEqual([]);
  });

  test('gives way to the next image, also before it is given up', async () => {
    expect(await deployedDuring(() => converge('3'))).toEqual([`${family}:3`]);
  });
});

test('a removed object leaves neither', async () => {
  await converge('1');
  await emulator.setLifecycles({ 'ecs/service': { stopping: 'held' } });
  expect((await pass('1', 'delete')).outcomes).toMatchObject([
    { message: 'ecs/service service drains: 3 tasks still run' },
  ]);
  await emulator.release();
  const states: string[] = [];
  while (states.at(-1) !== 'Gone' && states.length < 6) states.push((await pass('1', 'delete')).state);
  expect(states.at(-1)).toBe('Gone');
});

test('a service whose creation was not heard of is found, and not made twice', async () => {
  await converge('1');
  const calls = await connection.during(async () => {
    memory = emptyMemory;
    expect((await converge('1')).at(-1)).toBe('InSync');
  });
  expect(calls.map(({ operation }) => operation)).not.toContain(
    CreateServiceCommand.name.replace('Command', ''),
  );
});
