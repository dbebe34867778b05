import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import { differences, specOf, wanted, withPart } from './wanted.ts';

function containersWith(changes: JsonObject = {}): JsonObject {
  const { containers } = specOf('task-definition', changes);
  if (!isJsonObject(containers)) throw new Error('a task has containers');
  return containers;
}

function appWith(changes: JsonObject = {}): JsonObject {
  const { app } = containersWith(changes);
  if (!isJsonObject(app)) throw new Error('there is no container app');
  return app;
}

/** What a role may do, by the name of the statement: its resources, references as text. */
function allowed(role: string, changes: JsonObject = {}): JsonObject {
  const { inlinePolicies } = specOf(role, changes);
  const documents = isJsonObject(inlinePolicies) ? Object.values(inlinePolicies).filter(isJsonObject) : [];
  const statements = documents.flatMap(({ Statement }) => (Array.isArray(Statement) ? Statement : []));
  return Object.fromEntries(statements.map(({ Sid, Resource }) => [Sid, Resource]));
}

const ledger = 'LedgerDatabase/production/ledger';
const own = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:fintech';

describe('A database', () => {
  test('is known to the container by its endpoints, and by where its passwords are', () => {
    const { environment, secrets } = appWith();
    expect(environment).toEqual({
      DB_ENGINE: 'postgres',
      DB_HOST: `\${${ledger}.endpoint}`,
      DB_PORT: `\${${ledger}.port}`,
      DB_NAME: `\${${ledger}.databaseName}`,
      DB_CREDENTIALS_VERSION: `\${${ledger}.credentialsVersion}`,
      REDIS_HOST: `\${${ledger}.cache.endpoint}`,
      REDIS_PORT: `\${${ledger}.cache.port}`,
      REDIS_AUTH_VERSION: `\${${ledger}.cache.authTokenVersion}`,
      ENVIRONMENT: 'production',
      REGION: 'us-east-1',
    });
    expect(secrets).toEqual({
      DB_USERNAME: `\${${ledger}.secretArn}:username::`,
      DB_PASSWORD: `\${${ledger}.secretArn}:password::`,
      REDIS_AUTH_TOKEN: `\${${ledger}.cache.authSecretArn}`,
      API_KEY: '${secretsmanager/secret secret-fintech/api-keys.arn}',
    });
  });

  test('without its cache is a database without one', () => {
    const changes = { databaseRef: { name: 'ledger', cache: false } };
    expect(differences(changes)).toEqual(['~execution-role', '~task-definition', '~task-role']);
    const names = Object.keys({
      ...Object(appWith(changes)['environment']),
      ...Object(appWith(changes)['secrets']),
    });
    expect(names.filter((name) => name.startsWith('REDIS'))).toEqual([]);
    expect(names.filter((name) => name.startsWith('DB'))).toHaveLength(7);
    expect(Object.keys(wanted(changes).nodes).filter((id) => id.startsWith('alarm-cache'))).toEqual([]);
    expect(allowed('task-role', changes)['ReadSecrets']).not.toContain(`\${${ledger}.cache.authSecretArn}`);
  });

  test('that there is none of leaves no trace, and the secrets are under a key of their own', () => {
    const changes = { databaseRef: undefined };
    expect(differences(changes)).toEqual([
      '+key',
      '~execution-role',
      '~secret-fintech/api-keys',
      '~secret-fintech/encryption-key',
      '~task-definition',
      '~task-role',
    ]);
    expect(JSON.stringify(wanted(changes))).not.toContain('LedgerDatabase');
    expect(specOf('secret-fintech/api-keys', changes)['kmsKeyArn']).toBe('${kms/key key.arn}');
    expect(allowed('execution-role', changes)).toMatchObject({
      ReadSecrets: [`${own}/api-keys-??????`],
      DecryptSecrets: ['${kms/key key.arn}'],
    });
  });

  test('is no reason for a key where there is no secret and the topic is somebody else’s', () => {
    const changes = { ...withPart('container', { secrets: {} }), databaseRef: undefined, secrets: [] };
    const nodes = Object.keys(wanted(changes).nodes);
    expect(nodes.filter((id) => id === 'key' || id === 'topic' || id.startsWith('secret-'))).toEqual([]);
    expect(allowed('execution-role', changes)).not.toHaveProperty('ReadSecrets');
    const topic = { ...changes, ...withPart('alarms', { notify: undefined }) };
    expect(specOf('topic', topic)['kmsKey']).toBe('${kms/key key.arn}');
  });

  test('gives way to what the manifest says itself', () => {
    const { environment, secrets } = appWith(
      withPart('container', {
        environment: { DB_HOST: 'pooler.internal', DB_PASSWORD: 'none' },
        secrets: { REDIS_HOST: { secretName: 'fintech/api-keys', key: 'host' } },
      }),
    );
    expect(environment).toMatchObject({
      DB_HOST: 'pooler.internal',
      DB_PASSWORD: 'none',
      DB_NAME: expect.anything(),
    });
    expect(environment).not.toHaveProperty('REDIS_HOST');
    expect(secrets).not.toHaveProperty('DB_PASSWORD');
    expect(secrets).toMatchObject({
      DB_USERNAME: expect.anything(),
      REDIS_HOST: '${secretsmanager/secret secret-fintech/api-keys.arn}:host::',
    });
  });
});

describe('Traces', () => {
  test('are sent by a sidecar, which is added where the manifest has none', () => {
    expect(differences({ sidecars: [] })).toEqual([]);
    expect(containersWith()).toMatchObject({ 'xray-daemon': { essential: false, cpu: 32, memory: 256 } });
    expect(allowed('task-role')['SendTraces']).toBe('*');
  });

  test('are sent by that of the manifest as it is', () => {
    const sidecars = [{ name: 'xray-daemon', image: 'registry.example/xray:3', cpu: 64, memory: 128 }];
    expect(containersWith({ sidecars })).toMatchObject({
      'xray-daemon': { image: 'registry.example/xray:3', cpu: 64, memory: 128 },
      app: { cpu: 448, memory: 896 },
    });
  });

  test('are not sent where nobody wants them', () => {
    expect(differences({ tracing: false, sidecars: [] })).toEqual(['~task-definition', '~task-role']);
    expect(Object.keys(containersWith({ tracing: false, sidecars: [] }))).toEqual(['app']);
    expect(appWith({ tracing: false, sidecars: [] })).toMatchObject({
      cpu: 512,
      memory: 1024,
      dependsOn: {},
    });
    expect(allowed('task-role', { tracing: false })).not.toHaveProperty('SendTraces');
  });
});

describe('The image', () => {
  test('with another tag is another task of the same repository', () => {
    const changes = { image: { repository: 'fintech-api', tag: '1.5.0' } };
    expect(differences(changes)).toEqual(['~task-definition']);
    expect(appWith(changes)['image']).toBe('${ecr/repository repository.uri}:1.5.0');
  });

  test('of a public registry needs no repository, and no permission', () => {
    const changes = { image: { uri: 'public.ecr.aws/nginx/nginx:1.27' } };
    expect(differences(changes)).toEqual(['-repository', '~execution-role', '~task-definition']);
    expect(appWith(changes)['image']).toBe('public.ecr.aws/nginx/nginx:1.27');
    expect(allowed('execution-role', changes)).not.toHaveProperty('PullImages');
    expect(wanted(changes).status).not.toHaveProperty('repositoryUri');
  });

  test('of another account is pulled from its repository alone', () => {
    const changes = { image: { uri: '999999999999.dkr.ecr.eu-west-1.amazonaws.com/team/api@sha256:ab' } };
    expect(allowed('execution-role', changes)['PullImages']).toEqual([
      'arn:aws:ecr:eu-west-1:999999999999:repository/team/api',
    ]);
  });
});

describe('The container', () => {
  test('runs on the processors that its image is made for', () => {
    const changes = withPart('container', { architecture: 'ARM64' });
    expect(specOf('task-definition', changes)['runtimePlatform']).toEqual({
      cpuArchitecture: 'ARM64',
      operatingSystemFamily: 'LINUX',
    });
  });

  test('can write to nothing but the directories that are named, each a volume', () => {
    const changes = withPart('container', {
      readOnlyRootFilesystem: true,
      writablePaths: ['/tmp', '/var/cache'],
    });
    const { volumes } = specOf('task-definition', changes);
    const { mounts, readonlyRootFilesystem } = appWith(changes);
    expect(readonlyRootFilesystem).toBe(true);
    expect(Object.keys(Object(mounts))).toEqual(['/tmp', '/var/cache']);
    expect(Object.values(Object(mounts))).toEqual(volumes);
    expect(new Set(Object.values(Object(mounts))).size).toBe(2);
  });

  test('runs what the manifest says, as whom, and how it is found out whether it is well', () => {
    const changes = withPart('container', {
      command: ['node', 'server.js'],
      user: '1000:1000',
      healthCheck: { command: ['CMD-SHELL', 'curl -f localhost:8080'], interval: '1m', startPeriod: '90s' },
    });
    expect(appWith(changes)).toMatchObject({
      command: ['node', 'server.js'],
      user: '1000:1000',
      healthCheck: {
        command: ['CMD-SHELL', 'curl -f localhost:8080'],
        intervalSeconds: 60,
        timeoutSeconds: 5,
        retries: 3,
        startPeriodSeconds: 90,
      },
    });
    for (const field of ['command', 'user', 'healthCheck']) expect(appWith()).not.toHaveProperty(field);
  });

  test('lets people in only where that is wanted', () => {
    const changes = { executeCommand: true };
    expect(differences(changes)).toEqual(['~service', '~task-role']);
    expect(specOf('service', changes)['enableExecuteCommand']).toBe(true);
    expect(allowed('task-role', changes)).toHaveProperty('OpenShell');
    expect(allowed('task-role')).not.toHaveProperty('OpenShell');
  });
});
