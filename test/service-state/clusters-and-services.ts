import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  paginateListClusters,
  paginateListServices,
  type Cluster,
  type Service,
} from '@aws-sdk/client-ecs';
import { same } from '../../controller/engine/compare.ts';
import { collect } from '../../reconcilers/aws/pages.ts';
import type { Clients } from '../clients.ts';
import { byName, without, type DataState } from '../data-state/resources.ts';
import { pairsIn } from './pairs.ts';
import { familyIn, revisionsByFamily } from './task-definitions.ts';

/** Services by the names of their cluster and of their own. */
export async function clustersAndServicesOf({ ecs }: Clients): Promise<DataState> {
  const clusters = await describeClusters(ecs);
  const [revisions, ...services] = await Promise.all([
    revisionsByFamily(ecs),
    ...clusters.map(({ clusterName }) => describeServices(ecs, clusterName)),
  ]);
  const newest = new Set([...revisions.values()].map((all) => all.at(-1)));
  return {
    clusters: byName(clusters.map(clusterOf), ({ clusterName }) => clusterName),
    services: Object.fromEntries(
      services
        .flat()
        .map((service) => [service.serviceArn?.split(':service/')[1], serviceOf(service, newest)] as const),
    ),
  };
}

/** For a while AWS shows as INACTIVE what is deleted. */
async function describeClusters(ecs: Clients['ecs']): Promise<readonly Cluster[]> {
  const arns = await collect(paginateListClusters({ client: ecs }, {}), (page) => page.clusterArns);
  const found = await Promise.all(
    arns.map(async (arn) => {
      const wanted = new DescribeClustersCommand({
        clusters: [arn],
        include: ['SETTINGS', 'CONFIGURATIONS', 'TAGS'],
      });
      return (await ecs.send(wanted)).clusters ?? [];
    }),
  );
  return found.flat().filter(({ status }) => status !== 'INACTIVE');
}

async function describeServices(
  ecs: Clients['ecs'],
  cluster: string | undefined,
): Promise<readonly Service[]> {
  const arns = await collect(paginateListServices({ client: ecs }, { cluster }), (page) => page.serviceArns);
  const found = await Promise.all(
    arns.map(async (arn) => {
      const wanted = new DescribeServicesCommand({ cluster, services: [arn], include: ['TAGS'] });
      return (await ecs.send(wanted)).services ?? [];
    }),
  );
  return found.flat().filter(({ status }) => status !== 'INACTIVE');
}

/** How many services and tasks it has, these say themselves. */
function clusterOf(cluster: Cluster) {
  const { settings, tags } = cluster;
  return {
    ...without(
      cluster,
      'clusterArn',
      'activeServicesCount',
      'runningTasksCount',
      'pendingTasksCount',
      'tags',
    ),
    settings: pairsIn(settings),
    Tags: pairsIn(tags),
  };
}

function serviceOf(service: Service, newest: ReadonlySet<string | undefined>) {
  const { taskDefinition = '', deployments = [], tags } = service;
  return {
    ...without(
      service,
      'serviceArn',
      'clusterArn',
      'taskDefinition',
      'currentServiceDeployment',
      'currentServiceRevisions',
      'createdAt',
      'createdBy',
      'events',
      'tags',
    ),
    family: familyIn(taskDefinition),
    hasNewestRevision: newest.has(taskDefinition),
    deployments: deployments.map(({ status, rolloutState }) => `${status} ${rolloutState}`),
    tasksHaveSettings: tasksHaveSettings(service),
    Tags: pairsIn(tags),
  };
}

/** AWS takes settings that tasks get at the next deployment only. */
function tasksHaveSettings(service: Service): boolean {
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  return (
    same(primary?.networkConfiguration, service.networkConfiguration) &&
    same(primary?.capacityProviderStrategy, service.capacityProviderStrategy) &&
    primary?.taskDefinition === service.taskDefinition
  );
}
