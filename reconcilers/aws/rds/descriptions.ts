import {
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  type DBCluster,
  type DBInstance,
} from '@aws-sdk/client-rds';
import type { Aws } from '../cloud.ts';
import { collect } from '../pages.ts';
import { SharedRead } from '../shared-read.ts';

const clusters = new SharedRead(({ rds: client }) =>
  collect(paginateDescribeDBClusters({ client }, {}), (page) => page.DBClusters),
);
const instances = new SharedRead(({ rds: client }) =>
  collect(paginateDescribeDBInstances({ client }, {}), (page) => page.DBInstances),
);

/** All clusters of the account and region: RDS has no filter for tags. Two that ask at the same time share it. */
export function describeClusters(aws: Aws): Promise<readonly DBCluster[]> {
  return clusters.of(aws, 'all');
}

export function describeInstances(aws: Aws): Promise<readonly DBInstance[]> {
  return instances.of(aws, 'all');
}
