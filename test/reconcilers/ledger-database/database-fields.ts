import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { ByField, Changed, Impossible, Refused } from '../field-cases.ts';

const credentials = { username: 'fintechadmin', secretName: 'fintech/db-credentials', rotationDays: 30 };
const encryption = { keyRotation: true };
const backup = { retentionDays: 35, window: '03:00-04:00' };

const secret = 'secrets.fintech/db-credentials';
const key = 'keys.production-ledger-key';

/** What both kinds of databases are made with. */
export const settings: JsonObject = {
  cache: undefined,
  tables: [],
  credentials,
  maintenanceWindow: 'sun:05:00-sun:06:00',
  caCertificate: 'rds-ca-rsa2048-g1',
};

/** Where a database shows in AWS. */
type Shown = {
  /** As messages name it. */
  readonly name: string;
  readonly identifier: string;
  readonly database: string;
  readonly instances: readonly string[];
  readonly parameterGroups: readonly string[];
  /** That are encrypted with its key. */
  readonly secrets: readonly string[];
  /** Another log than the one that is exported. */
  readonly otherLog: string;
};

/** The fields that a cluster of Aurora and one instance of RDS have in common. */
export function databaseFields(shown: Shown) {
  return {
    changed: { ...changedIn(shown), ...changedBeside },
    refused: refusedIn(shown),
    impossible: impossibleIn(shown),
  };
}

/** What does not show in the database itself. */
const changedBeside: ByField<Changed> = {
  'credentials.rotationDays': {
    change: { credentials: { ...credentials, rotationDays: 7 } },
    changes: [`${secret}.Tags.*.Value: "30" → "7"`],
  },
  // What was made later stays.
  'credentials.notOlderThan': {
    change: { credentials: { ...credentials, notOlderThan: '2020-01-31T12:00:00Z' } },
    changes: [`${secret}.Tags: * → *"fintech.global/not-older-than"*`],
  },
  'encryption.keyRotation': {
    change: { encryption: { keyRotation: false } },
    changes: [`${key}.rotation: "every 365 days" → "off"`],
  },
  'encryption.rotationPeriodDays': {
    change: { encryption: { ...encryption, rotationPeriodDays: 90 } },
    changes: [`${key}.rotation: "every 365 days" → "every 90 days"`],
  },
  // It counted when the ledger was made.
  'restoreFrom.database': { change: { restoreFrom: { database: 'archive' } }, changes: [] },
  'restoreFrom.time': {
    change: { restoreFrom: { database: 'archive', time: '2020-01-31T12:00:00Z' } },
    changes: [],
  },
  'restoreFrom.tables': { change: { restoreFrom: { database: 'archive', tables: [] } }, changes: [] },
  'restoreFrom.snapshot': { change: { restoreFrom: { snapshot: 'before-migration' } }, changes: [] },
  // What becomes of the databases one day changes none of them today.
  deletionPolicy: { change: { deletionPolicy: 'Delete' }, changes: [] },
};

function changedIn({ database, instances, secrets, otherLog }: Shown): ByField<Changed> {
  const everything = new Set([database, ...instances]);
  const inAll = (change: string) => [...everything].map((one) => `${one}.${change}`);
  const inInstances = (...changes: readonly string[]) =>
    instances.flatMap((one) => changes.map((change) => `${one}.${change}`));
  const inDatabase = (change: string) => [`${database}.${change}`];
  return {
    engineVersion: {
      change: { engineVersion: '15.6' },
      changes: inAll('EngineVersion: "15.4" → "15.6"'),
      // A later minor version than the manifest names is as good.
      leaves: inAll('EngineVersion: "15.4" → "15.6"'),
    },
    instanceClass: {
      change: { instanceClass: 'db.r6g.xlarge' },
      changes: inInstances('DBInstanceClass: "db.r6g.large" → "db.r6g.xlarge"'),
    },
    'encryption.deletionWindowDays': {
      change: { encryption: { ...encryption, deletionWindowDays: 7 } },
      changes: [
        ...secrets.map((name) => `secrets.${name}.Tags.*.Value: "30" → "7"`),
        `${key}.tags.fintech.global/deletion-window-days: "30" → "7"`,
      ],
    },
    'backup.retentionDays': {
      change: { backup: { ...backup, retentionDays: 7 } },
      changes: inAll('BackupRetentionPeriod: 35 → 7'),
    },
    'backup.window': {
      change: { backup: { ...backup, window: '01:00-02:00' } },
      changes: inAll('PreferredBackupWindow: "03:00-04:00" → "01:00-02:00"'),
    },
    maintenanceWindow: {
      change: { maintenanceWindow: 'mon:05:00-mon:06:00' },
      changes: inAll('PreferredMaintenanceWindow: "sun:05:00-sun:06:00" → "mon:05:00-mon:06:00"'),
    },
    autoMinorVersionUpgrade: {
      change: { autoMinorVersionUpgrade: false },
      changes: inInstances('AutoMinorVersionUpgrade: true → false'),
    },
    caCertificate: {
      change: { caCertificate: 'rds-ca-ecc384-g1' },
      changes: inInstances('CACertificateIdentifier: "rds-ca-rsa2048-g1" → "rds-ca-ecc384-g1"'),
    },
    deletionProtection: {
      change: { deletionProtection: false },
      changes: inDatabase('DeletionProtection: true → false'),
    },
    iamAuthentication: {
      change: { iamAuthentication: true },
      changes: inDatabase('IAMDatabaseAuthenticationEnabled: false → true'),
    },
    logExports: {
      change: { logExports: [otherLog] },
      changes: inDatabase(`EnabledCloudwatchLogsExports.0: "postgresql" → "${otherLog}"`),
    },
    'performanceInsights.retentionDays': {
      change: { performanceInsights: { retentionDays: 31 } },
      changes: inInstances('PerformanceInsightsRetentionPeriod: 7 → 31'),
    },
    'performanceInsights, none any more': {
      change: { performanceInsights: undefined },
      changes: inInstances(
        'PerformanceInsightsEnabled: true → false',
        'PerformanceInsightsKMSKeyId: *alias/production-ledger-key" → nothing',
        'PerformanceInsightsRetentionPeriod: 7 → nothing',
      ),
    },
    'enhancedMonitoring.intervalSeconds': {
      change: { enhancedMonitoring: { intervalSeconds: 30 } },
      changes: inInstances('MonitoringInterval: 60 → 30'),
    },
    'enhancedMonitoring, none any more': {
      change: { enhancedMonitoring: undefined },
      changes: [
        ...inInstances('MonitoringInterval: 60 → 0', 'MonitoringRoleArn: * → nothing'),
        'roles.production-ledger-monitoring: * → nothing',
      ],
    },
  };
}

function refusedIn({ name, identifier }: Shown): ByField<Refused> {
  const named = `${name} (${identifier})`;
  return {
    'networkRef.name': {
      change: { networkRef: { name: 'other' } },
      because: `rds/subnet-group subnets (production-ledger-subnets) would be replaced and everything in it: vpcId cannot be changed in place; ${named} would be replaced and its data lost: subnetGroupName cannot be changed in place`,
    },
    'engineVersion, a later major one': {
      change: { engineVersion: '16' },
      because: `${named} a major upgrade from 15.4 to 16 cannot be undone`,
    },
    databaseName: {
      change: { databaseName: 'bank' },
      because: `${named} would be replaced and its data lost: databaseName cannot be changed in place`,
    },
    'credentials.username': {
      change: { credentials: { ...credentials, username: 'chief' } },
      because: `${named} would be replaced and its data lost: masterUsername cannot be changed in place`,
    },
    'credentials.secretName': {
      change: { credentials: { ...credentials, secretName: 'fintech/other' } },
      because:
        'secretsmanager/secret credentials (*) would be replaced and its data lost: name cannot be changed in place',
    },
  };
}

function impossibleIn({ name, parameterGroups }: Shown): ByField<Impossible> {
  return {
    'engineVersion, an earlier major one': {
      change: { engineVersion: '14.9' },
      because: `${name} has the engine version 15.4, and AWS goes back to no earlier one such as 14.9: *`,
      changes: parameterGroups.map((group) => `${group}-14: nothing → *`),
    },
  };
}
