import {
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  type DBCluster,
  type DBInstance,
} from '@aws-sdk/client-rds';
import DataLoader from 'dataloader';
import type { Aws } from '../cloud.ts';
import { collect } from '../pages.ts';

/** For so many milliseconds a description waits for others to ask for the same. */
const WINDOW = 5;

type Shared<Item> = WeakMap<Aws, DataLoader<'all', readonly Item[]>>;

const clusters: Shared<DBCluster> = new WeakMap();
const instances: Shared<DBInstance> = new WeakMap();

/** All clusters of the account and region: RDS has no filter for tags. Two that ask at the same time share it. */
export function describeClusters(aws: Aws): Promise<readonly DBCluster[]> {
  return shared(clusters, aws, async ({ rds: client }) => {
    return collect(paginateDescribeDBClusters({ client }, {}), (page) => page.DBClusters);
  });
}

export function describeInstances(aws: Aws): Promise<readonly DBInstance[]> {
  return shared(instances, aws, async ({ rds: client }) => {
    return collect(paginateDescribeDBInstances({ client }, {}), (page) => page.DBInstances);
  });
}

function shared<Item>(
  loaders: Shared<Item>,
  aws: Aws,
  describe: (aws: Aws) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  let loader = loaders.get(aws);
  if (loader === undefined) {
    const describeOnce = async (asked: readonly unknown[]) => {
      const found = await describe(aws);
      return asked.map(() => found);
    };
    loader = new DataLoader(describeOnce, {
      cache: false,
      batchScheduleFn: (dispatch) => void setTimeout(dispatch, WINDOW),
    });
    loaders.set(aws, loader);
  }
  return loader.load('all');
}
