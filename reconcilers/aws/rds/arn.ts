import type { Aws } from '../cloud.ts';
import { partitionOf } from '../partition.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.ARN.Constructing.html */
export type RdsResource = 'cluster' | 'cluster-pg' | 'cluster-snapshot' | 'db' | 'pg' | 'subgrp';

export function arnOf({ account, region }: Aws, resource: RdsResource, name: string): string {
  return `arn:${partitionOf(region).name}:rds:${region}:${account}:${resource}:${name}`;
}

/** Names hold no colon. */
export function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
