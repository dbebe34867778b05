import type { FieldCases } from './field-cases.ts';

const scaling = { min: 1, max: 5, targetCpuPercent: 70, scaleInCooldown: '300s', scaleOutCooldown: '60s' };
const credentials = { username: 'fintechadmin', secretName: 'fintech/db-credentials', rotationDays: 30 };
const encryption = { keyRotation: true };
const backup = { retentionDays: 35, window: '03:00-04:00' };
const toPostgres = {
  engine: 'postgres',
  readers: 0,
  readerAutoscaling: undefined,
  dataApi: false,
  instanceParameters: {},
  storage: { allocatedGiB: 20 },
};
const onlyOfInstances = 'only with engine: postgres';

const cluster = 'clusters.production-ledger-cluster';
const target = 'scalableTargets.rds:cluster:ReadReplicaCount cluster:production-ledger-cluster';
const tracking = `${target}.Policies.0.TargetTrackingScalingPolicyConfiguration`;
const secret = 'secrets.fintech/db-credentials';
const key = 'keys.production-ledger-key';
const clusterGroup = 'clusterParameterGroups.production-ledger-cluster-parameters';
const instanceGroup = 'parameterGroups.production-ledger-cluster-instance-parameters';

const inAll = (change: string) => [`${cluster}.${change}`, ...inInstances(change)];
const inInstances = (...changes: readonly string[]) =>
  [0, 1].flatMap((number) =>
    changes.map((change) => `instances.production-ledger-instance-${number}.${change}`),
  );

/** The fields of an Aurora cluster. */
export const clusterFields: FieldCases = {
  base: {
    cache: undefined,
    tables: [],
    credentials,
    maintenanceWindow: 'sun:05:00-sun:06:00',
    caCertificate: 'rds-ca-rsa2048-g1',
    instanceParameters: { work_mem: '65536' },
  },
  changed: {
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
    readers: {
      change: { readers: 2 },
      changes: [
        `${cluster}.DBClusterMembers.instances: 2 → 3`,
        'instances.production-ledger-instance-2: nothing → *"AvailabilityZone":"us-east-1a"*',
      ],
    },
    'readers, none any more': {
      change: { readers: 0, readerAutoscaling: undefined },
      changes: [
        `${cluster}.DBClusterMembers.instances: 2 → 1`,
        `${cluster}.MultiAZ: true → false`,
        'instances.production-ledger-instance-1: * → nothing',
        'scalableTargets: * → nothing',
      ],
    },
    'readerAutoscaling.min': {
      change: { readerAutoscaling: { ...scaling, min: 0 } },
      changes: [`${target}.MinCapacity: 1 → 0`],
    },
    'readerAutoscaling.max': {
      change: { readerAutoscaling: { ...scaling, max: 6 } },
      changes: [`${target}.MaxCapacity: 5 → 6`],
    },
    'readerAutoscaling.targetCpuPercent': {
      change: { readerAutoscaling: { ...scaling, targetCpuPercent: 50 } },
      changes: [`${tracking}.TargetValue: 70 → 50`],
    },
    'readerAutoscaling.scaleInCooldown': {
      change: { readerAutoscaling: { ...scaling, scaleInCooldown: '10m' } },
      changes: [`${tracking}.ScaleInCooldown: 300 → 600`],
    },
    'readerAutoscaling.scaleOutCooldown': {
      change: { readerAutoscaling: { ...scaling, scaleOutCooldown: '2m' } },
      changes: [`${tracking}.ScaleOutCooldown: 60 → 120`],
    },
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
      changes: [`${cluster}.DeletionProtection: true → false`],
    },
    dataApi: { change: { dataApi: false }, changes: [`${cluster}.HttpEndpointEnabled: true → false`] },
    iamAuthentication: {
      change: { iamAuthentication: true },
      changes: [`${cluster}.IAMDatabaseAuthenticationEnabled: false → true`],
    },
    logExports: {
      change: { logExports: ['instance'] },
      changes: [`${cluster}.EnabledCloudwatchLogsExports.0: "postgresql" → "instance"`],
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
    parameters: {
      change: { parameters: { log_min_duration_statement: '500', shared_preload_libraries: 'pgaudit' } },
      changes: [
        `${clusterGroup}-15.Parameters.log_min_duration_statement: "1000" → "500"`,
        `${clusterGroup}-15.Parameters.shared_preload_libraries: nothing → "pgaudit"`,
      ],
    },
    instanceParameters: {
      change: { instanceParameters: { log_statement: 'ddl' } },
      changes: [
        `${instanceGroup}-15.Parameters.work_mem: "65536" → nothing`,
        `${instanceGroup}-15.Parameters.log_statement: nothing → "ddl"`,
      ],
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
  },
  refused: {
    'networkRef.name': {
      change: { networkRef: { name: 'other' } },
      because:
        'rds/subnet-group subnets (production-ledger-subnets) would be replaced and everything in it: vpcId cannot be changed in place',
    },
    engine: {
      change: toPostgres,
      because:
        'rds/cluster cluster (production-ledger-cluster) would be left behind with its data, which its successor lacks',
    },
    'engineVersion, a later major one': {
      change: { engineVersion: '16' },
      because:
        'rds/cluster cluster (production-ledger-cluster) a major upgrade from 15.4 to 16 cannot be undone',
    },
    databaseName: {
      change: { databaseName: 'bank' },
      because:
        'rds/cluster cluster (production-ledger-cluster) would be replaced and its data lost: databaseName cannot be changed in place',
    },
    'credentials.username': {
      change: { credentials: { ...credentials, username: 'chief' } },
      because:
        'rds/cluster cluster (production-ledger-cluster) would be replaced and its data lost: masterUsername cannot be changed in place',
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
        'rds/cluster cluster has the engine version 15.4, and AWS goes back to no earlier one such as 14.9: *',
      changes: [`${clusterGroup}-14: nothing → *`, `${instanceGroup}-14: nothing → *`],
    },
  },
  faulty: {
    'storage.allocatedGiB': { change: { storage: { allocatedGiB: 100 } }, says: onlyOfInstances },
    'storage.maxGiB': { change: { storage: { allocatedGiB: 100, maxGiB: 200 } }, says: onlyOfInstances },
    'storage.type': { change: { storage: { allocatedGiB: 100, type: 'gp2' } }, says: onlyOfInstances },
    multiAz: { change: { multiAz: true }, says: onlyOfInstances },
  },
};
