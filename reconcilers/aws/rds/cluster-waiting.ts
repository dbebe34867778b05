import type { ClusterPendingModifiedValues } from '@aws-sdk/client-rds';
import type { ClusterSpec } from './cluster-spec.ts';

/** The field of the spec that each of AWS's pending values is of. */
const FIELD_OF: Readonly<Record<string, keyof ClusterSpec>> = {
  BackupRetentionPeriod: 'backupRetentionDays',
  EngineVersion: 'engineVersion',
  IAMDatabaseAuthenticationEnabled: 'iamAuthentication',
  StorageType: 'storageType',
};

/** These are on their way at once, whatever was asked. */
const NOT_FOR_THE_WINDOW: ReadonlySet<string> = new Set([
  'MasterUserPassword',
  'PendingCloudwatchLogsExports',
]);

/** What AWS will change in the next maintenance window, in its words. */
export function waitingIn(pending: ClusterPendingModifiedValues = {}): readonly string[] {
  return Object.entries(pending)
    .filter(([name, value]) => value !== undefined && !NOT_FOR_THE_WINDOW.has(name))
    .map(([name]) => name);
}

/** The fields that wait. What somebody else asked for and the spec does not know is left for the window. */
export function fieldsThatWait(waiting: readonly string[]): readonly (keyof ClusterSpec)[] {
  return waiting.flatMap((name) => FIELD_OF[name] ?? []);
}
