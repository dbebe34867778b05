import type { Aws } from '../cloud.ts';
import { partitionOf } from '../partition.ts';

/**
 * What ElastiCache calls its types in ARNs and in the index of tags:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
 */
export type ResourceKind = 'parametergroup' | 'replicationgroup' | 'subnetgroup';

export function arnOf({ account, region }: Aws, kind: ResourceKind, name: string): string {
  return `arn:${partitionOf(region).name}:elasticache:${region}:${account}:${kind}:${name}`;
}

export function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
