import type { Aws } from '../cloud.ts';
import { partitionOf } from '../partition.ts';

export function arnOf({ account, region }: Aws, name: string): string {
  return `arn:${partitionOf(region).name}:dynamodb:${region}:${account}:table/${name}`;
}

export function nameIn(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}
