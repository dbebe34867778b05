import type { ClusterSpec } from './cluster-spec.ts';

/** The field of the spec that each of AWS's pending values is of. */
const FIELD_OF: Readonly<Record<string, keyof ClusterSpec>> = {
  BackupRetentionPeriod: 'backupRetentionDays',
  EngineVersion: 'engineVersion',
  IAMDatabaseAuthenticationEnabled: 'iamAuthentication',
  StorageType: 'storageType',
};

/** The fields that wait. What somebody else asked for and the spec does not know is left for the window. */
export function fieldsThatWait(waiting: readonly string[]): readonly (keyof ClusterSpec)[] {
  return waiting.flatMap((name) => FIELD_OF[name] ?? []);
}
