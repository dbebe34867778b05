import type { Aws } from '../cloud.ts';
import { partitionOf } from '../partition.ts';

export function clusterArn({ account, region }: Aws, name: string): string {
  return `arn:${partitionOf(region).name}:ecs:${region}:${account}:cluster/${name}`;
}

/** A service is found only by somebody who knows its cluster: its ARN names both. */
export function serviceArn({ account, region }: Aws, cluster: string, name: string): string {
  return `arn:${partitionOf(region).name}:ecs:${region}:${account}:service/${clusterIn(cluster)}/${name}`;
}

/** The last part of an ARN, or the name itself. */
export function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** Of the ARN of a cluster or a service, or its name. */
export function clusterIn(arn: string): string {
  const [kind, cluster] = arn.split('/');
  return cluster ?? kind ?? '';
}

/** Of the ARN of a revision: `arn:aws:ecs:<region>:<account>:task-definition/<family>:<revision>`. */
export function familyIn(arn: string): string {
  return nameIn(arn).split(':')[0] ?? '';
}

export function revisionIn(arn: string): number {
  return Number(nameIn(arn).split(':')[1]);
}
