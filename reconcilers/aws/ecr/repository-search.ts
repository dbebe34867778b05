import {
  DescribeRepositoriesCommand,
  paginateDescribeRepositories,
  type Repository as SdkRepository,
} from '@aws-sdk/client-ecr';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { collect } from '../pages.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html */
const NAMES_PER_CALL = 100;
const PAGE_SIZE = 1_000;

/** Those of the names that are there. ECR tells of none while one is missing: then it is asked for all it has. */
export async function findRepositories(
  aws: Aws,
  names: readonly string[],
): Promise<readonly SdkRepository[]> {
  const found: SdkRepository[] = [];
  try {
    for (let start = 0; start < names.length; start += NAMES_PER_CALL)
      found.push(...(await describe(aws, names.slice(start, start + NAMES_PER_CALL))));
    return found;
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    return names.length === 1 ? [] : lookThrough(aws, new Set(names));
  }
}

async function describe({ ecr }: Aws, repositoryNames: string[]): Promise<readonly SdkRepository[]> {
  const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames }));
  return repositories;
}

async function lookThrough(
  { ecr: client }: Aws,
  names: ReadonlySet<string>,
): Promise<readonly SdkRepository[]> {
  const all = await collect(
    paginateDescribeRepositories({ client, pageSize: PAGE_SIZE }, {}),
    (page) => page.repositories,
  );
  return all.filter(({ repositoryName = '' }) => names.has(repositoryName));
}
