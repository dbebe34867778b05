/**
 * The fields of the spec that can wait for the maintenance window, by what PendingModifiedValues calls them.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_PendingModifiedValues.html
 */
const FIELDS: Readonly<Record<string, string>> = {
  AllocatedStorage: 'storage',
  BackupRetentionPeriod: 'backupRetentionDays',
  CACertificateIdentifier: 'caCertificate',
  DBInstanceClass: 'instanceClass',
  EngineVersion: 'engineVersion',
  IAMDatabaseAuthenticationEnabled: 'iamAuthentication',
  MultiAZ: 'multiAz',
  StorageType: 'storageType',
};

export function fieldsThatWait(waiting: readonly string[]): readonly string[] {
  return waiting.flatMap((name) => FIELDS[name] ?? []);
}
