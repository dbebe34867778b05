import {
  DescribeClustersCommand,
  ListServiceDeploymentsCommand,
  paginateListClusters,
  paginateListServices,
  paginateListTaskDefinitions,
} from '@aws-sdk/client-ecs';
import { collect } from '../../reconcilers/aws/pages.ts';
import type { Clients } from '../clients.ts';
import { familyIn } from '../service-state/task-definitions.ts';

/** What AWS remembers of what was deployed: who deploys again, or registers twice, leaves more of it. */
export type Deployments = {
  /** What became of each deployment, by service. */
  readonly services: Readonly<Record<string, readonly string[]>>;
  /** How many revisions were ever registered, by family. */
  readonly revisions: Readonly<Record<string, number>>;
};

export async function deploymentsOf({ ecs: client }: Clients): Promise<Deployments> {
  const [clusters, ...revisions] = await Promise.all([
    activeClusters(client),
    ...(['ACTIVE', 'INACTIVE'] as const).map((status) =>
      collect(paginateListTaskDefinitions({ client }, { status }), (page) => page.taskDefinitionArns),
    ),
  ]);
  const services = await Promise.all(clusters.map((cluster) => servicesIn(client, cluster)));
  const byFamily = Map.groupBy(revisions.flat(), familyIn);
  return {
    services: Object.fromEntries(services.flat()),
    revisions: Object.fromEntries([...byFamily].map(([family, all]) => [family, all.length])),
  };
}

/** For a while AWS lists as well what is deleted. */
async function activeClusters(client: Clients['ecs']): Promise<readonly string[]> {
  const arns = await collect(paginateListClusters({ client }, {}), (page) => page.clusterArns);
  const { clusters = [] } = await client.send(new DescribeClustersCommand({ clusters: [...arns] }));
  return clusters.flatMap(({ status, clusterArn = '' }) => (status === 'ACTIVE' ? clusterArn : []));
}

async function servicesIn(client: Clients['ecs'], cluster: string) {
  const arns = await collect(paginateListServices({ client }, { cluster }), (page) => page.serviceArns);
  return Promise.all(
    arns.map(async (service) => {
      const wanted = new ListServiceDeploymentsCommand({ cluster, service });
      const { serviceDeployments = [] } = await client.send(wanted);
      const name = service.split(':service/')[1] ?? '';
      return [name, serviceDeployments.map(({ status = '' }) => status).toSorted()] as const;
    }),
  );
}
