import { assemble, type Rules } from '../../../controller/manifests/assemble.ts';
import type { ManifestReading } from '../../../controller/manifests/manifest.ts';
import { formatProblem } from '../../../controller/manifests/problem.ts';
import { checkLedgerDatabase } from '../../../reconcilers/ledger-database/check.ts';
import { rules } from '../../product.ts';

/** Replacements in the manifest below: each text by another. */
export type Edits = Readonly<Record<string, string>>;

const checked: Rules = {
  schemas: rules.schemas,
  kinds: [{ kind: 'LedgerDatabase', check: checkLedgerDatabase }],
};

export const environment = `apiVersion: fintech.global/v1alpha1
kind: Environment
metadata: {name: staging}
spec:
  aws: {accountId: "123456789012", region: eu-central-1}
  tags: {Environment: Staging, Project: FinTechGlobal, CostCenter: CC-1, Owner: platform, DataClassification: Internal}
`;

export const network = `apiVersion: fintech.global/v1alpha1
kind: FintechNetwork
metadata: {name: core, namespace: staging}
spec:
  cidr: 10.1.0.0/16
  availabilityZones: [eu-central-1a, eu-central-1b]
  subnets:
    public: [10.1.1.0/24, 10.1.2.0/24]
    app: [10.1.11.0/24, 10.1.12.0/24]
    data: [10.1.21.0/24, 10.1.22.0/24]
`;

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

export function reading(files: Readonly<Record<string, string>>): ManifestReading {
  const contents = Object.entries(files).map(([file, text]) => ({ file, bytes: Buffer.from(text) }));
  return assemble(contents, checked);
}

/** What `validate` says of these files besides a faultless Environment and network. */
export function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const all = { 'environment.yaml': environment, 'network.yaml': network, ...files };
  return reading(all).problems.map((problem) => formatProblem(problem));
}

export function edited(edits: Edits): string {
  return Object.entries(edits).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the manifest does not hold ${from}`);
    return text.replace(from, to);
  }, ledger);
}

/** Problems of the ledger in alphabetical order, without the place and the name of the object. */
export function problemsAfter(
  edits: Edits,
  others: Readonly<Record<string, string>> = {},
): readonly string[] {
  return problemsOf({ ...others, 'ledger.yaml': edited(edits) })
    .filter((problem) => problem.startsWith('ledger.yaml:'))
    .map((problem) => problem.replace(/^\S+ LedgerDatabase\/staging\/[^:]+: (spec\.)?/, ''))
    .toSorted();
}
