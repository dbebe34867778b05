import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  UntagResourceCommand,
  UpdateClusterSettingsCommand,
  UpdateServiceCommand,
  type RegisterTaskDefinitionCommandInput,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { Clients } from '../../clients.ts';
import { missing, type DriftRow } from '../drift-row.ts';
import { arnOf, named } from './names-in-aws.ts';

const family = named('task');
const cluster = named('cluster');
const task = 'ecs/task-definition task-definition';
const runs = 'ecs/service service: taskDefinitionArn is *';
/** Theirs, and ours after it. */
const twoMore = [`taskDefinitions.${family}.activeRevisions: 1 → 3`];

const otherImage = `${task}: containers.app.image is example.com/miner:1, should be *fintech-api:1.4.2 (security)`;

/** What tasks are made of. */
export const taskDrift: readonly DriftRow[] = [
  {
    ...revisionRow('registers a revision with another image', withTheirImage),
    says: [otherImage],
  },
  {
    ...revisionRow('registers a revision with a container of theirs', ({ containerDefinitions = [] }) => ({
      containerDefinitions: [...containerDefinitions, { name: 'miner', image: 'example.com/miner:1' }],
    })),
    says: [`${task}: containers.miner is {"image":"example.com/miner:1",*, should be absent (security)`],
    batch: 1,
  },
  {
    ...revisionRow('registers a revision that may do more, in a larger task', ({ executionRoleArn }) => ({
      cpu: '1024',
      memory: '4096',
      taskRoleArn: executionRoleArn,
      ephemeralStorage: { sizeInGiB: 100 },
    })),
    says: [
      `${task}: cpu is 1024, should be 512 (cost)`,
      `${task}: memory is 4096, should be 1024 (cost)`,
      `${task}: taskRoleArn is *-execution-role, should be *-task-role (security)`,
      `${task}: unexpected is {"ephemeralStorage":{"sizeInGiB":100}}, should be absent (security)`,
    ],
    batch: 2,
  },
  {
    what: 'registers a revision with another image, and deploys it',
    change: async (clients) => {
      await register(clients, withTheirImage);
      const place = { cluster, service: named('service') };
      return clients.ecs.send(new UpdateServiceCommand({ ...place, taskDefinition: family }));
    },
    says: [otherImage],
    later: [`${runs}:2, should be *:3 (security)`],
    leaves: twoMore,
    writes: 2,
    batch: 3,
  },
  {
    what: 'registers the same again',
    change: (clients) => register(clients, () => ({})),
    says: [`${runs}:1, should be *:2 (security)`],
    leaves: [`taskDefinitions.${family}.activeRevisions: 1 → 2`],
    batch: 5,
  },
  {
    what: 'deregisters the revision',
    change: ({ ecs }) => ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: `${family}:1` })),
    says: [`${task} ${missing} (availability)`],
    batch: 4,
  },
];

const clusterNode = 'ecs/cluster cluster';

/** Where tasks run. */
export const clusterDrift: readonly DriftRow[] = [
  {
    what: 'switches Container Insights off',
    change: ({ ecs }) => {
      const settings = [{ name: 'containerInsights' as const, value: 'disabled' }];
      return ecs.send(new UpdateClusterSettingsCommand({ cluster, settings }));
    },
    says: [`${clusterNode}: containerInsights is disabled, should be enabled (availability)`],
  },
  {
    what: 'has tasks of others run where they are cheap',
    change: ({ ecs }) =>
      ecs.send(
        new PutClusterCapacityProvidersCommand({
          cluster,
          capacityProviders: ['FARGATE_SPOT', 'FARGATE'],
          defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
        }),
      ),
    says: [
      `${clusterNode}: defaultCapacityProviderStrategy.FARGATE is absent, should be {"base":0,"weight":1} (cost)`,
      `${clusterNode}: defaultCapacityProviderStrategy.FARGATE_SPOT is {"base":0,"weight":1}, should be absent (cost)`,
    ],
  },
  {
    what: 'takes a provider from the service and from its cluster',
    change: async ({ ecs }) => {
      const strategy = [{ capacityProvider: 'FARGATE', base: 1, weight: 1 }];
      const place = { cluster, service: named('service') };
      await ecs.send(new UpdateServiceCommand({ ...place, capacityProviderStrategy: strategy }));
      return ecs.send(
        new PutClusterCapacityProvidersCommand({
          cluster,
          capacityProviders: ['FARGATE'],
          defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
        }),
      );
    },
    says: [
      `${clusterNode}: capacityProviders is ["FARGATE"], should be ["FARGATE","FARGATE_SPOT"] (availability)`,
      'ecs/service service: capacityProviderStrategy.FARGATE_SPOT is absent, should be {*"weight":2*} (cost)',
    ],
    batch: 1,
  },
  {
    what: 'takes a tag from the cluster',
    change: ({ ecs }) => {
      const resourceArn = arnOf('ecs', `cluster/${cluster}`);
      return ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['Environment'] }));
    },
    says: [`${clusterNode}: tags.Environment is absent, should be Production (cost)`],
  },
];

type Edit = (definition: TaskDefinition) => Partial<RegisterTaskDefinitionCommandInput>;

function revisionRow(what: string, edit: Edit) {
  return {
    what,
    change: (clients: Clients) => register(clients, edit),
    later: [`${runs}:1, should be *:3 (security)`],
    leaves: twoMore,
    writes: 2,
  };
}

/** As a person does who copies what is there into an editor. */
async function register({ ecs }: Clients, edit: Edit): Promise<void> {
  const { taskDefinition = {}, tags } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: family, include: ['TAGS'] }),
  );
  const { containerDefinitions, cpu, memory, networkMode, executionRoleArn, taskRoleArn } = taskDefinition;
  const { runtimePlatform, volumes } = taskDefinition;
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      containerDefinitions,
      cpu,
      memory,
      networkMode,
      executionRoleArn,
      taskRoleArn,
      runtimePlatform,
      volumes,
      requiresCompatibilities: ['FARGATE'],
      tags,
      ...edit(taskDefinition),
    }),
  );
}

function withTheirImage({ containerDefinitions = [] }: TaskDefinition) {
  return {
    containerDefinitions: containerDefinitions.map((container) =>
      container.name === 'app' ? { ...container, image: 'example.com/miner:1' } : container,
    ),
  };
}
