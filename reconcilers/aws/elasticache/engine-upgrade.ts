import type { CacheCluster, ReplicationGroup } from '@aws-sdk/client-elasticache';
import { isValkeyOnly } from './engine-version.ts';

/** As one value for people: it can still be taken back. */
const WAITING = 'valkey, until the maintenance window redis';

/**
 * What runs it. The version tells: PendingModifiedValues names no engine, and descriptions go on showing the old one
 * for a while: https://github.com/aws-controllers-k8s/elasticache-controller/pull/188
 */
export function engineOf(group: ReplicationGroup, member: CacheCluster | undefined): string | undefined {
  if (isEngineWaiting(member)) return WAITING;
  return isValkeyOnly(member?.EngineVersion) ? 'valkey' : (group.Engine ?? member?.Engine);
}

/** Whether the nodes run Redis OSS until the maintenance window, and Valkey after it. */
export function isEngineWaiting(member: CacheCluster | undefined): boolean {
  const { EngineVersion: present, PendingModifiedValues: pending } = member ?? {};
  return isValkeyOnly(pending?.EngineVersion) && !isValkeyOnly(present);
}

/** What waits for the maintenance window counts as done. Nothing is shown as long as there are no nodes. */
export function sameEngine(wanted: string, actual: string): boolean {
  return actual === '' || wanted === (actual === WAITING ? 'valkey' : actual);
}

/**
 * Redis OSS becomes Valkey in its place, and stays what it is if that is taken back in time. AWS goes back from Valkey
 * 7.2 too, to Redis OSS 7.1 whatever it was before, which nothing here does.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html#VersionManagement.HowTo.cross-engine-upgrade
 */
export function isEngineChangedInPlace(wanted: string, actual: string): boolean {
  return actual === (wanted === 'valkey' ? 'redis' : WAITING);
}

export function engineUpgrade(wanted: string, actual: string): string | undefined {
  if (wanted !== 'valkey' || actual !== 'redis') return undefined;
  return `the upgrade from ${actual} to ${wanted} is undone by a replacement only`;
}
