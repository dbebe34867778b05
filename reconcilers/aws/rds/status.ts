import type { Observed } from '../../../controller/engine/resource-type.ts';

/**
 * Words for a cluster or instance that is there to be used, or stopped as it may be wanted. While it is backed up, its
 * storage optimised or its password changed RDS may refuse changes, which is waited for when there are any. One whose storage is full
 * has to be reached by the change that gives it more.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html
 */
const USABLE: ReadonlySet<string> = new Set([
  'available',
  'backing-up',
  'configuring-enhanced-monitoring',
  'configuring-log-exports',
  'resetting-master-credentials',
  'stopped',
  'storage-config-upgrade',
  'storage-full',
  'storage-initialization',
  'storage-optimization',
]);

/** Nothing but a person, or a new one, helps. */
const FAILED: ReadonlySet<string> = new Set([
  'cloning-failed',
  'failed',
  'incompatible-create',
  'incompatible-network',
  'incompatible-restore',
  'migration-failed',
  'restore-error',
]);

export function stateOf(status = 'creating'): Pick<Observed, 'state' | 'message'> {
  if (USABLE.has(status)) return { state: 'ready' };
  if (status === 'deleting') return { state: 'deleting' };
  return { state: FAILED.has(status) ? 'failed' : 'pending', message: `is ${status}` };
}

/** Where the way goes to counts: a stopping one is as good as stopped. */
export function isRunning(status = 'creating'): boolean {
  return status !== 'stopped' && status !== 'stopping';
}
