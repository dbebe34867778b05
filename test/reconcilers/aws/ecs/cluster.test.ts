import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  RegisterTaskDefinitionCommand,
  TagResourceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { Cluster } from '../../../../reconcilers/aws/ecs/cluster.ts';
import { toEcsTags } from '../../../../reconcilers/aws/ecs/tags.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { creationOf, query, sampleCluster } from './ecs-samples.ts';

const spec = sampleCluster('api');
const creation = creationOf('cluster');

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
beforeEach(() => emulator.reset());

async function current() {
  const [found] = await Cluster.list(aws, [query]);
  if (found === undefined) throw new Error('the cluster is gone');
  return found;
}

/** One that names no networks: its tasks are nowhere. */
async function runService(capacityProvider: string): Promise<void> {
  const containerDefinitions = [{ name: 'worker', image: 'worker', memory: 256 }];
  const { taskDefinition } = await aws.ecs.send(
    new RegisterTaskDefinitionCommand({ family: 'worker', containerDefinitions }),
  );
  await aws.ecs.send(
    new CreateServiceCommand({
      cluster: 'api',
      serviceName: 'worker',
      taskDefinition: taskDefinition?.taskDefinitionArn,
      desiredCount: 1,
      capacityProviderStrategy: [{ capacityProvider, weight: 1 }],
    }),
  );
}

test('a cluster tells its ARN at once', async () => {
  expect(await Cluster.create(aws, spec, creation)).toEqual({
    id: 'api',
    outputs: { arn: 'arn:aws:ecs:eu-west-1:123456789012:cluster/api', name: 'api' },
  });
});

test('a cluster that somebody else has is left alone until it is handed over', async () => {
  const { cluster } = await aws.ecs.send(new CreateClusterCommand({ clusterName: 'api' }));
  await expect(Cluster.create(aws, spec, creation)).rejects.toMatchObject({ reason: 'NotOwned' });
  const tags = toEcsTags(creation.tags);
  await aws.ecs.send(new TagResourceCommand({ resourceArn: cluster?.clusterArn, tags }));
  expect(await Cluster.create(aws, spec, creation)).toEqual({ id: 'api' });
  expect((await current()).spec).toMatchObject({ containerInsights: 'disabled', capacityProviders: [] });
});

test('a cluster can be made again under the name of one that was deleted', async () => {
  await Cluster.create(aws, spec, creation);
  await Cluster.delete(aws, await current());
  await Cluster.create(aws, spec, creation);
  expect(await current()).toMatchObject({ state: 'ready', spec: { containerInsights: 'enabled' } });
});

describe('what still runs in a cluster', () => {
  beforeEach(async () => {
    await Cluster.create(aws, spec, creation);
    await runService('FARGATE_SPOT');
  });

  test('is waited for by its deletion, until the last task is gone', async () => {
    const services = {
      name: 'NotReady',
      message: expect.stringContaining('ClusterContainsServicesException'),
    };
    await expect(Cluster.delete(aws, await current())).rejects.toMatchObject(services);
    await emulator.setLifecycles({ 'ecs/service': { stopping: 'held' } });
    const place = { cluster: 'api', service: 'worker' };
    await aws.ecs.send(new UpdateServiceCommand({ ...place, desiredCount: 0 }));
    await aws.ecs.send(new DeleteServiceCommand(place));
    const tasks = { name: 'NotReady', message: expect.stringContaining('ClusterContainsTasksException') };
    await expect(Cluster.delete(aws, await current())).rejects.toMatchObject(tasks);
    await emulator.release();
    await Cluster.delete(aws, await current());
    expect(await Cluster.list(aws, [query])).toEqual([]);
  });

  test('keeps its capacity provider in the cluster', async () => {
    const wanted = {
      ...spec,
      capacityProviders: ['FARGATE'],
      defaultCapacityProviderStrategy: {},
    };
    const found = await current();
    const path = 'capacityProviders';
    const change = { field: path, path, from: [], to: [], severity: 'availability' } as const;
    await expect(Cluster.update(aws, found, wanted, [change])).rejects.toMatchObject({ name: 'NotReady' });
  });
});

test('a list costs one call for a hundred clusters', async () => {
  const queries: OwnerQuery[] = [];
  for (let number = 0; number < 20; number += 1) {
    const of = `ApiService/test/${number}`;
    await Cluster.create(aws, sampleCluster(`cluster-${number}`), creationOf('cluster', of));
    queries.push({ ...query, owner: of, names: new Map([['cluster', `cluster-${number}`]]) });
  }
  const calls = await connection.during(async () => {
    expect(await Cluster.list(aws, queries)).toHaveLength(20);
  });
  expect(calls.map(({ operation }) => operation)).toEqual(['GetResources', 'DescribeClusters']);
});
