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

/** These are on their way at once, whatever was asked. */
const NOT_FOR_THE_WINDOW: ReadonlySet<string> = new Set([
  'MasterUserPassword',
  'PendingCloudwatchLogsExports',
]);

/** What AWS will change in the next maintenance window, in its words. */
export function waitingIn(pending: object = {}): readonly string[] {
  return Object.entries(pending)
    .filter(([name, value]) => value !== undefined && !NOT_FOR_THE_WINDOW.has(name))
    .map(([name]) => name);
}

export function fieldsThatWait(waiting: readonly string[]): readonly string[] {
  return waiting.flatMap((name) => FIELDS[name] ?? []);
}
