import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  api,
  environment,
  ledger,
  network,
  problemsAfter,
  problemsOf,
  reading,
  worker,
  type Edits,
} from './checked.ts';

const root = join(import.meta.dirname, '../../..');

function filesIn(directory: string): Readonly<Record<string, string>> {
  const files = readdirSync(directory).map((file) => [file, readFileSync(join(directory, file), 'utf8')]);
  return Object.fromEntries(files);
}

describe('Manifests without a fault are', () => {
  test('those of the contract', () => {
    const { objects, problems } = reading(filesIn(join(root, 'test/controller/manifests/contract')));
    expect(problems).toEqual([]);
    expect([...objects.values()].filter(({ kind }) => kind === 'ApiService')).toHaveLength(3);
  });

  test.each(readdirSync(join(root, 'manifests')))('those of manifests/%s', (directory) => {
    expect(reading(filesIn(join(root, 'manifests', directory))).problems).toEqual([]);
  });
});

const least = `apiVersion: fintech.global/v1alpha1
kind: ApiService
metadata: {name: api, namespace: staging}
spec:
  networkRef: {name: core}
  databaseRef: {name: ledger}
  image: {uri: nginx}
  container: {port: 8080, cpu: 256, memory: 512, healthCheck: {command: [CMD, /healthy]}}
  sidecars: [{name: proxy, image: envoy}]
  replicas: {min: 1, max: 1}
  capacityProviders: {FARGATE: {weight: 1}, FARGATE_SPOT: {}}
  ingress: {scheme: internal, waf: {}}
`;

function specOf(text: string): unknown {
  const files = { 'environment.yaml': environment, 'network.yaml': network, 'ledger.yaml': ledger };
  return reading({ ...files, 'api.yaml': text }).objects.get('ApiService/staging/api')?.spec;
}

test('What is left out has its default', () => {
  expect(specOf(least)).toEqual({
    networkRef: { name: 'core' },
    databaseRef: { name: 'ledger', cache: true },
    image: { uri: 'nginx' },
    container: {
      port: 8080,
      cpu: 256,
      memory: 512,
      environment: {},
      secrets: {},
      healthCheck: {
        command: ['CMD', '/healthy'],
        interval: '30s',
        timeout: '5s',
        retries: 3,
        startPeriod: '0s',
      },
      readOnlyRootFilesystem: false,
      writablePaths: [],
      architecture: 'X86_64',
    },
    sidecars: [{ name: 'proxy', image: 'envoy', environment: {}, essential: false }],
    replicas: { min: 1, max: 1 },
    autoscaling: { scaleInCooldown: '300s', scaleOutCooldown: '60s' },
    capacityProviders: { FARGATE: { base: 0, weight: 1 }, FARGATE_SPOT: { base: 0, weight: 0 } },
    deployment: { minimumHealthyPercent: 100, maximumPercent: 200, circuitBreaker: true },
    healthCheck: {
      path: '/',
      interval: '30s',
      timeout: '5s',
      healthyThreshold: 2,
      unhealthyThreshold: 3,
      gracePeriod: '60s',
      successCodes: '200',
    },
    ingress: {
      scheme: 'internal',
      deregistrationDelay: '30s',
      idleTimeout: '60s',
      accessLogs: false,
      deletionProtection: true,
      waf: {
        rateLimitPer5Min: 2000,
        managedRules: [
          'AWSManagedRulesCommonRuleSet',
          'AWSManagedRulesKnownBadInputsRuleSet',
          'AWSManagedRulesSQLiRuleSet',
        ],
        blockedCountries: [],
      },
    },
    logs: { retentionDays: 90 },
    tracing: false,
    secrets: [],
    permissions: [],
    alarms: {
      p99LatencySeconds: 2,
      http4xxPerMinute: 100,
      http5xxPerMinute: 10,
      cpuPercent: 80,
      memoryPercent: 85,
    },
    containerInsights: 'enabled',
    executeCommand: false,
    deleteImages: false,
  });
});

test('Without capacity providers everything runs on FARGATE', () => {
  const text = least.replace('  capacityProviders: {FARGATE: {weight: 1}, FARGATE_SPOT: {}}\n', '');
  expect(specOf(text)).toMatchObject({ capacityProviders: { FARGATE: { base: 1, weight: 1 } } });
});

test('A fault is reported where it stands', () => {
  expect(problemsOf({ 'api.yaml': api.replace('{name: core}', '{name: other}') })).toEqual([
    'api.yaml:5:22: ApiService/staging/api: spec.networkRef.name: there is no FintechNetwork other in this namespace',
  ]);
});

describe('Allowed is', () => {
  test.each<readonly [string, Edits]>([
    ['a service with everything', {}],
    ['a worker', worker],
    ['a worker on a port of its own', { ...worker, 'port: 8080': 'port: 9000' }],
    ['any image', { '{repository: fintech/api, tag: "1.4.2"}': '{uri: "nginx:1.27"}' }],
    ['no task before there is an image', { '{min: 2, max: 6}': '{min: 0, max: 0}' }],
    ['always the same number of tasks without a target', { '{min: 2, max: 6}': '{min: 2, max: 2}' }],
    [
      'a shell in containers that can write',
      {
        'readOnlyRootFilesystem: true': 'readOnlyRootFilesystem: false',
        '    writablePaths: [/tmp, /var/cache]\n': '',
        'tracing: true': 'tracing: true\n  executeCommand: true',
      },
    ],
    ['a value of its own in place of the database’s', { 'LOG_LEVEL: info': 'DB_HOST: localhost' }],
    [
      'an X-Ray daemon of its own',
      { 'name: proxy': 'name: xray-daemon', 'port: 9901/tcp': 'port: 2000/udp' },
    ],
    [
      'only Spot',
      { '{FARGATE: {base: 1, weight: 1}, FARGATE_SPOT: {weight: 2}}': '{FARGATE_SPOT: {weight: 1}}' },
    ],
    ['the largest task', { 'cpu: 512': 'cpu: 16384', 'memory: 1024': 'memory: 122880' }],
    [
      'a health check without a shell',
      { 'CMD-SHELL, curl -f http://localhost:8080/health': 'CMD, curl, localhost' },
    ],
  ])('%s', (_, edits) => {
    expect(problemsAfter(edits)).toEqual([]);
  });
});
