import type { Aws } from '../cloud.ts';
import { partitionOf } from '../partition.ts';

/** The form without `:*`, as tags and flow logs take it. */
export function arnOf({ account, region }: Aws, name: string): string {
  return `arn:${partitionOf(region).name}:logs:${region}:${account}:log-group:${name}`;
}

/** Names hold no colon. */
export function nameIn(arn: string): string {
  return arn.split(':')[6] ?? '';
}
