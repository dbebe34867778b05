import {
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  LifecyclePolicyNotFoundException,
  ListTagsForResourceCommand,
  paginateDescribeRepositories,
  RepositoryPolicyNotFoundException,
  type Repository,
} from '@aws-sdk/client-ecr';
import { collect } from '../../reconcilers/aws/pages.ts';
import type { Clients } from '../clients.ts';
import { byName, without, type DataState } from '../data-state/resources.ts';
import { pairsIn } from './pairs.ts';
import { parsed } from './parsed.ts';

export async function repositoriesOf({ ecr }: Clients): Promise<DataState> {
  const pages = paginateDescribeRepositories({ client: ecr }, {});
  const repositories = await collect(pages, (page) => page.repositories);
  const found = await Promise.all(repositories.map((repository) => repositoryOf(ecr, repository)));
  return { repositories: byName(found, ({ repositoryName }) => repositoryName) };
}

async function repositoryOf(ecr: Clients['ecr'], repository: Repository) {
  const { repositoryName, repositoryArn: resourceArn } = repository;
  const [lifecyclePolicy, policy, { tags }] = await Promise.all([
    lifecyclePolicyOf(ecr, repositoryName),
    policyOf(ecr, repositoryName),
    ecr.send(new ListTagsForResourceCommand({ resourceArn })),
  ]);
  return { ...without(repository, 'createdAt'), lifecyclePolicy, policy, Tags: pairsIn(tags) };
}

async function lifecyclePolicyOf(ecr: Clients['ecr'], repositoryName: string | undefined): Promise<unknown> {
  try {
    return parsed((await ecr.send(new GetLifecyclePolicyCommand({ repositoryName }))).lifecyclePolicyText);
  } catch (error) {
    if (error instanceof LifecyclePolicyNotFoundException) return undefined;
    throw error;
  }
}

async function policyOf(ecr: Clients['ecr'], repositoryName: string | undefined): Promise<unknown> {
  try {
    return parsed((await ecr.send(new GetRepositoryPolicyCommand({ repositoryName }))).policyText);
  } catch (error) {
    if (error instanceof RepositoryPolicyNotFoundException) return undefined;
    throw error;
  }
}
