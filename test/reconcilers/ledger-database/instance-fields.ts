import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { Changed, FieldCases } from './field-cases.ts';
import { singleInstance } from './ledger-life.ts';

const storage = { allocatedGiB: 100, maxGiB: 200, type: 'gp3' };
const scaling = { min: 1, max: 5 };
const credentials = { username: 'fintechadmin', secretName: 'fintech/db-credentials', rotationDays: 30 };
const encryption = { keyRotation: true };
const backup = { retentionDays: 35, window: '03:00-04:00' };
const fixedStorage = { storage: { allocatedGiB: 100 } };
const onlyOfAurora = 'only with engine: aurora-postgresql';

const instance = 'instances.production-ledger-instance';
const secret = 'secrets.fintech/db-credentials';
const key = 'keys.production-ledger-key';
const group = 'parameterGroups.production-ledger-instance-parameters-15.Parameters';

/** What changes one thing of the instance. */
function ofIt(change: JsonObject, ...changes: readonly string[]): Changed {
  return { change, changes: changes.map((line) => `${instance}.${line}`) };
}

function scaled(change: JsonObject) {
  return { change: { readers: 1, readerAutoscaling: { ...scaling, ...change } }, says: onlyOfAurora };
}

/** The fields of one instance of RDS. */
export const instanceFields: FieldCases = {
  base: {
    ...singleInstance,
    storage,
    credentials,
    maintenanceWindow: 'sun:05:00-sun:06:00',
    caCertificate: 'rds-ca-rsa2048-g1',
  },
  changed: {
    engineVersion: {
      ...ofIt({ engineVersion: '15.6' }, 'EngineVersion: "15.4" → "15.6"'),
      // A later minor version than the manifest names is as good.
      leaves: [`${instance}.EngineVersion: "15.4" → "15.6"`],
    },
    instanceClass: ofIt(
      { instanceClass: 'db.r6g.xlarge' },
      'DBInstanceClass: "db.r6g.large" → "db.r6g.xlarge"',
    ),
    'storage.allocatedGiB': {
      ...ofIt({ storage: { ...storage, allocatedGiB: 150 } }, 'AllocatedStorage: 100 → 150'),
      // No more than what it may grow to by itself.
      leaves: [`${instance}.AllocatedStorage: 100 → 150`],
    },
    'storage.maxGiB': ofIt({ storage: { ...storage, maxGiB: 300 } }, 'MaxAllocatedStorage: 200 → 300'),
    'storage.maxGiB, none any more': ofIt(fixedStorage, 'MaxAllocatedStorage: 200 → nothing'),
    'storage.type': ofIt({ storage: { ...storage, type: 'gp2' } }, 'StorageType: "gp3" → "gp2"'),
    multiAz: ofIt({ multiAz: false }, 'MultiAZ: true → false'),
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
    'encryption.deletionWindowDays': {
      change: { encryption: { ...encryption, deletionWindowDays: 7 } },
      changes: [
        `${secret}.Tags.*.Value: "30" → "7"`,
        `${key}.tags.fintech.global/deletion-window-days: "30" → "7"`,
      ],
    },
    'backup.retentionDays': ofIt(
      { backup: { ...backup, retentionDays: 7 } },
      'BackupRetentionPeriod: 35 → 7',
    ),
    'backup.window': ofIt(
      { backup: { ...backup, window: '01:00-02:00' } },
      'PreferredBackupWindow: "03:00-04:00" → "01:00-02:00"',
    ),
    maintenanceWindow: ofIt(
      { maintenanceWindow: 'mon:05:00-mon:06:00' },
      'PreferredMaintenanceWindow: "sun:05:00-sun:06:00" → "mon:05:00-mon:06:00"',
    ),
    autoMinorVersionUpgrade: ofIt(
      { autoMinorVersionUpgrade: false },
      'AutoMinorVersionUpgrade: true → false',
    ),
    caCertificate: ofIt(
      { caCertificate: 'rds-ca-ecc384-g1' },
      'CACertificateIdentifier: "rds-ca-rsa2048-g1" → "rds-ca-ecc384-g1"',
    ),
    deletionProtection: ofIt({ deletionProtection: false }, 'DeletionProtection: true → false'),
    iamAuthentication: ofIt({ iamAuthentication: true }, 'IAMDatabaseAuthenticationEnabled: false → true'),
    logExports: ofIt({ logExports: ['upgrade'] }, 'EnabledCloudwatchLogsExports.0: "postgresql" → "upgrade"'),
    'performanceInsights.retentionDays': ofIt(
      { performanceInsights: { retentionDays: 31 } },
      'PerformanceInsightsRetentionPeriod: 7 → 31',
    ),
    'performanceInsights, none any more': ofIt(
      { performanceInsights: undefined },
      'PerformanceInsightsEnabled: true → false',
      'PerformanceInsightsKMSKeyId: *alias/production-ledger-key" → nothing',
      'PerformanceInsightsRetentionPeriod: 7 → nothing',
    ),
    'enhancedMonitoring.intervalSeconds': ofIt(
      { enhancedMonitoring: { intervalSeconds: 30 } },
      'MonitoringInterval: 60 → 30',
    ),
    'enhancedMonitoring, none any more': {
      change: { enhancedMonitoring: undefined },
      changes: [
        `${instance}.MonitoringInterval: 60 → 0`,
        `${instance}.MonitoringRoleArn: * → nothing`,
        'roles.production-ledger-monitoring: * → nothing',
      ],
    },
    parameters: {
      change: { parameters: { log_min_duration_statement: '500', log_statement: 'ddl' } },
      changes: [
        `${group}.log_min_duration_statement: "1000" → "500"`,
        `${group}.log_statement: nothing → "ddl"`,
      ],
    },
    // It counted when the ledger was made.
    'restoreFrom.database': ofIt({ restoreFrom: { database: 'archive' } }),
    'restoreFrom.time': ofIt({ restoreFrom: { database: 'archive', time: '2020-01-31T12:00:00Z' } }),
    'restoreFrom.tables': ofIt({ restoreFrom: { database: 'archive', tables: [] } }),
    'restoreFrom.snapshot': ofIt({ restoreFrom: { snapshot: 'before-migration' } }),
    // What becomes of the databases one day changes none of them today.
    deletionPolicy: ofIt({ deletionPolicy: 'Delete' }),
  },
  refused: {
    'networkRef.name': {
      change: { networkRef: { name: 'other' } },
      because:
        'rds/subnet-group subnets (production-ledger-subnets) would be replaced and everything in it: vpcId cannot be changed in place',
    },
    engine: {
      change: { engine: 'aurora-postgresql', storage: undefined, multiAz: false },
      because:
        'rds/instance instance (production-ledger-instance) would be left behind with its data, which its successor lacks',
    },
    'engineVersion, a later major one': {
      change: { engineVersion: '16' },
      because:
        'rds/instance instance (production-ledger-instance) a major upgrade from 15.4 to 16 cannot be undone',
    },
    databaseName: {
      change: { databaseName: 'bank' },
      because:
        'rds/instance instance (production-ledger-instance) would be replaced and its data lost: databaseName cannot be changed in place',
    },
    'credentials.username': {
      change: { credentials: { ...credentials, username: 'chief' } },
      because:
        'rds/instance instance (production-ledger-instance) would be replaced and its data lost: masterUsername cannot be changed in place',
    },
    'credentials.secretName': {
      change: { credentials: { ...credentials, secretName: 'fintech/other' } },
      because:
        'secretsmanager/secret credentials (*) would be replaced and its data lost: name cannot be changed in place',
    },
  },
  impossible: {
    'engineVersion, an earlier major one': {
      change: { engineVersion: '14.9' },
      because:
        'rds/instance instance has the engine version 15.4, and AWS goes back to no earlier one such as 14.9: *',
      changes: ['parameterGroups.production-ledger-instance-parameters-14: nothing → *'],
    },
    'storage.allocatedGiB, less of it': {
      given: fixedStorage,
      change: { storage: { allocatedGiB: 50 } },
      because: 'rds/instance instance has 100 GiB, which AWS cannot make less: ask for at least that many',
    },
  },
  faulty: {
    readers: { change: { readers: 1 }, says: onlyOfAurora },
    'readerAutoscaling.min': scaled({ min: 0 }),
    'readerAutoscaling.max': scaled({ max: 6 }),
    'readerAutoscaling.targetCpuPercent': scaled({ targetCpuPercent: 50 }),
    'readerAutoscaling.scaleInCooldown': scaled({ scaleInCooldown: '10m' }),
    'readerAutoscaling.scaleOutCooldown': scaled({ scaleOutCooldown: '2m' }),
    dataApi: { change: { dataApi: true }, says: onlyOfAurora },
    instanceParameters: { change: { instanceParameters: { work_mem: '65536' } }, says: onlyOfAurora },
  },
};
