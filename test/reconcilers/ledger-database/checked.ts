import { checkLedgerDatabase } from '../../../reconcilers/ledger-database/check.ts';
import { checkedKind, type Edits } from '../checked-kind.ts';

export { environment, network, type Edits } from '../checked-kind.ts';

export const ledger = `apiVersion: fintech.global/v1alpha1
kind: LedgerDatabase
metadata: {name: ledger, namespace: staging}
spec:
  networkRef: {name: core}
  engine: aurora-postgresql
  engineVersion: "15.4"
  databaseName: fintech
  instanceClass: db.r6g.large
  readers: 1
  readerAutoscaling: {min: 1, max: 5}
  credentials: {username: fintechadmin, secretName: fintech/db, notOlderThan: "2026-01-31T12:00:00Z"}
  backup: {retentionDays: 35, window: "03:00-04:00"}
  maintenanceWindow: mon:05:00-mon:06:00
  dataApi: true
  iamAuthentication: true
  logExports: [postgresql]
  performanceInsights: {retentionDays: 731}
  enhancedMonitoring: {intervalSeconds: 60}
  parameters: {rds.force_ssl: "1", log_min_duration_statement: "1000"}
  instanceParameters: {work_mem: "65536"}
  cache:
    {engine: redis, engineVersion: "7.0", nodeType: cache.r6g.large, replicas: 1, snapshotRetentionDays: 7, authSecretName: fintech/token}
  tables:
    - name: transactions
      partitionKey: {name: transactionId, type: S}
      globalIndexes:
        - {name: by-user, partitionKey: {name: userId, type: S}, sortKey: {name: timestamp, type: N}}
      capacity: {mode: Provisioned, read: {min: 5, max: 100}, write: {min: 5, max: 100}}
      timeToLive: expiresAt
`;

/** The ledger as one instance. */
export const instance: Edits = {
  'engine: aurora-postgresql': 'engine: postgres',
  'readers: 1': 'storage: {allocatedGiB: 100, maxGiB: 110}',
  'readerAutoscaling: {min: 1, max: 5}': 'multiAz: true',
  'dataApi: true': 'dataApi: false',
  'instanceParameters: {work_mem: "65536"}': 'instanceParameters: {}',
};

export const { reading, problemsOf, edited, problemsAfter } = checkedKind({
  rules: { kind: 'LedgerDatabase', check: checkLedgerDatabase },
  file: 'ledger.yaml',
  manifest: ledger,
});
