import type { Aws } from '../cloud.ts';
import { partitionOf } from '../partition.ts';

export function arnOf({ account, region }: Aws, name: string): string {
  return `arn:${partitionOf(region).name}:ecr:${region}:${account}:repository/${name}`;
}

/** Names may hold slashes, and no colon. */
export function nameIn(arn: string): string {
  return (arn.split(':')[5] ?? '').replace(/^repository\//, '');
}
