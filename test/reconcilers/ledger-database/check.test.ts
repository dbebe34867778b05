import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  environment,
  instance,
  ledger,
  network,
  problemsAfter,
  problemsOf,
  reading,
  type Edits,
} from './checked.ts';

const manifests = join(import.meta.dirname, '../../../manifests');

describe('The manifests of the repository', () => {
  test.each(readdirSync(manifests))('manifests/%s has no problem', (directory) => {
    const files = readdirSync(join(manifests, directory)).map((file) => [
      file,
      readFileSync(join(manifests, directory, file), 'utf8'),
    ]);
    const { objects, problems } = reading(Object.fromEntries(files));
    expect(problems).toEqual([]);
    expect([...objects.values()].filter(({ kind }) => kind === 'LedgerDatabase')).toHaveLength(1);
  });
});

test('What is left out has its default', () => {
  const { objects } = reading({
    'environment.yaml': environment,
    'network.yaml': network,
    'ledger.yaml': least,
  });
  expect(objects.get('LedgerDatabase/staging/ledger')?.spec).toEqual({
    networkRef: { name: 'core' },
    engine: 'aurora-postgresql',
    engineVersion: '15.4',
    databaseName: 'fintech',
    instanceClass: 'db.r6g.large',
    readers: 0,
    multiAz: false,
    credentials: { username: 'fintechadmin', secretName: 'fintech/db' },
    encryption: { keyRotation: true, rotationPeriodDays: 365, deletionWindowDays: 30 },
    backup: { retentionDays: 7 },
    autoMinorVersionUpgrade: true,
    deletionProtection: true,
    dataApi: false,
    iamAuthentication: false,
    logExports: ['postgresql'],
    parameters: {},
    instanceParameters: {},
    cache: {
      engine: 'redis',
      engineVersion: '7.0',
      nodeType: 'cache.t3.micro',
      authSecretName: 'fintech/token',
      replicas: 0,
      snapshotRetentionDays: 0,
      snapshotWindow: '02:00-03:00',
      maintenanceWindow: 'sun:05:00-sun:06:00',
      autoMinorVersionUpgrade: true,
      authTokenOverlap: '1h',
      parameters: {},
    },
    tables: [
      {
        name: 'accounts',
        partitionKey: { name: 'accountId', type: 'S' },
        globalIndexes: [
          {
            name: 'userId',
            partitionKey: { name: 'userId', type: 'S' },
            projection: { type: 'ALL', attributes: [] },
          },
        ],
        capacity: { mode: 'OnDemand' },
        pointInTimeRecovery: true,
        tableClass: 'STANDARD',
      },
    ],
  });
});

const least = `apiVersion: fintech.global/v1alpha1
kind: LedgerDatabase
metadata: {name: ledger, namespace: staging}
spec:
  networkRef: {name: core}
  engine: aurora-postgresql
  engineVersion: "15.4"
  databaseName: fintech
  instanceClass: db.r6g.large
  credentials: {username: fintechadmin, secretName: fintech/db}
  cache: {engineVersion: "7.0", nodeType: cache.t3.micro, authSecretName: fintech/token}
  tables:
    - name: accounts
      partitionKey: {name: accountId, type: S}
      globalIndexes: [{name: userId, partitionKey: {name: userId, type: S}}]
      capacity: {mode: OnDemand}
`;

test('A fault is reported where it stands', () => {
  const wrong = ledger.replace('name: core', 'name: other');
  expect(problemsOf({ 'ledger.yaml': wrong })).toEqual([
    'ledger.yaml:5:22: LedgerDatabase/staging/ledger: spec.networkRef.name: there is no FintechNetwork other in this namespace',
  ]);
});

describe('Allowed is', () => {
  test.each<readonly [string, Edits]>([
    ['an Aurora cluster with everything', {}],
    ['one instance', instance],
    ['storage that does not grow', { ...instance, ', maxGiB: 110': '' }],
    ['a small instance with Performance Insights', { ...instance, 'db.r6g.large': 'db.t3.small' }],
    ['Performance Insights for a number of months', { 'retentionDays: 731': 'retentionDays: 93' }],
    [
      'a burstable cluster without the Data API',
      { 'db.r6g.large': 'db.t4g.medium', 'dataApi: true': 'dataApi: false' },
    ],
    ['a backup window that ends when maintenance begins', { 'mon:05:00-mon:06:00': 'mon:04:00-mon:05:00' }],
    ['a maintenance window past the end of the week', { 'mon:05:00-mon:06:00': 'sun:23:30-mon:00:30' }],
    ['a password not older than the present', { '2026-01-31T12:00:00Z': new Date().toISOString() }],
    ['Valkey', { 'engine: redis, engineVersion: "7.0"': 'engine: valkey, engineVersion: "8.0"' }],
    ['expiry by a key that is a number', { 'timeToLive: expiresAt': 'timeToLive: timestamp' }],
  ])('%s', (_, edits) => {
    expect(problemsAfter(edits)).toEqual([]);
  });
});
