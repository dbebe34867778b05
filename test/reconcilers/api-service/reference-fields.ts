import type { JsonObject } from '../../../controller/manifests/json.ts';
import { partOf } from '../contract-manifest.ts';
import type { FieldCases } from '../field-cases.ts';
import { alarms, alarmsBy, alarmsGone, deployed, shown } from './shown.ts';
import { spec } from './spec.ts';

const { app, dashboard, execution, program } = shown;
const container = partOf(spec, 'container');
const worker: JsonObject = { ingress: undefined };
const rolesOfBoth = ['PutRolePolicy execution-role', 'PutRolePolicy task-role'];
const permissions = [`${execution}.Statement.*: * → *`, `${program}.Statement.*: * → *`];

function without(variables: readonly string[], secrets: readonly string[]): readonly string[] {
  return [
    ...variables.map((name) => `${app}.environment.${name}: * → nothing`),
    ...secrets.map((name) => `${app}.secrets.${name}: * → nothing`),
  ];
}

const ofCache = ['REDIS_HOST', 'REDIS_PORT', 'REDIS_AUTH_VERSION'];
const ofDatabase = ['DB_ENGINE', 'DB_HOST', 'DB_PORT', 'DB_NAME', 'DB_CREDENTIALS_VERSION'];

/** Or its load balancer would not go, and it would not become a worker. */
export const unprotected: JsonObject = {
  ingress: { ...partOf(spec, 'ingress'), deletionProtection: false },
};

/** What the service is in, and what it uses. */
export const referenceFields: FieldCases = {
  changed: {
    'databaseRef.cache': {
      change: { databaseRef: { name: 'ledger', cache: false } },
      writes: [
        ...rolesOfBoth,
        ...deployed,
        ...alarmsBy('DeleteAlarms', alarms.ofCache),
        'PutDashboard dashboard',
      ],
      changes: [
        ...permissions,
        ...without(ofCache, ['REDIS_AUTH_TOKEN']),
        ...alarmsGone(alarms.ofCache),
        `${dashboard}: * → *`,
      ],
    },
    'databaseRef.name': {
      given: { databaseRef: { name: 'ledger', cache: false } },
      change: { databaseRef: { name: 'archive', cache: false } },
      writes: [
        // Its own secrets are under the key of the database.
        'UpdateSecret secret-fintech/api-keys',
        'UpdateSecret secret-fintech/encryption-key',
        ...rolesOfBoth,
        ...deployed,
        ...alarmsBy('PutMetricAlarm', alarms.ofDatabase),
        'PutDashboard dashboard',
      ],
      changes: [
        'secrets.fintech/api-keys.KmsKey: "alias/production-ledger-key" → "alias/production-archive-key"',
        'secrets.fintech/encryption-key.KmsKey: "alias/production-ledger-key" → "alias/production-archive-key"',
        ...permissions,
        ...permissions,
        `${app}.environment.DB_HOST: "production-ledger-*" → "production-archive-*"`,
        `${app}.environment.DB_CREDENTIALS_VERSION: * → "<AWSCURRENT of archive/db-credentials>"`,
        `${app}.secrets.DB_USERNAME: * → "secret archive/db-credentials:username::"`,
        `${app}.secrets.DB_PASSWORD: * → "secret archive/db-credentials:password::"`,
        ...alarms.ofDatabase.map(
          (name) => `${shown.alarm(name)}.*: *ledger-instance-0" → *archive-instance-0"`,
        ),
        ...Array.from({ length: 6 }, () => `${dashboard}.*: *ledger-instance-0" → *archive-instance-0"`),
      ],
    },
    'databaseRef, none': {
      change: { databaseRef: undefined },
      writes: [
        'CreateKey key',
        'EnableKeyRotation key',
        'CreateAlias key',
        'UpdateSecret secret-fintech/api-keys',
        'UpdateSecret secret-fintech/encryption-key',
        ...rolesOfBoth,
        ...deployed,
        ...alarmsBy('DeleteAlarms', [...alarms.ofDatabase, ...alarms.ofCache]),
        'PutDashboard dashboard',
      ],
      changes: [
        'keys.production-fintech-api-key: nothing → *',
        'secrets.fintech/api-keys.KmsKey: "alias/production-ledger-key" → "alias/production-fintech-api-key"',
        'secrets.fintech/encryption-key.KmsKey: "alias/production-ledger-key" → "alias/production-fintech-api-key"',
        ...permissions,
        ...permissions,
        ...without([...ofDatabase, ...ofCache], ['DB_USERNAME', 'DB_PASSWORD', 'REDIS_AUTH_TOKEN']),
        ...alarmsGone([...alarms.ofDatabase, ...alarms.ofCache]),
        `${dashboard}: * → *`,
      ],
      leaves: ['keys.production-fintech-api-key: nothing → *fintech.global/retained*'],
      alone: true,
    },
    'networkRef.name, of a worker': {
      given: worker,
      change: { ...worker, networkRef: { name: 'other' } },
      writes: ['UpdateService service'],
      changes: [
        `${shown.service}.networkConfiguration.awsvpcConfiguration.securityGroups.0: "production-core-sg-app" → "production-other-sg-app"`,
        `${shown.service}.networkConfiguration.awsvpcConfiguration.subnets.0: * → "production-other-app-us-east-1a"`,
        `${shown.service}.networkConfiguration.awsvpcConfiguration.subnets.1: * → "production-other-app-us-east-1b"`,
      ],
    },
    'container.port, of a worker': {
      given: worker,
      change: { ...worker, container: { ...container, port: 9090 } },
      writes: deployed,
      changes: [
        `${app}.portMappings.0.containerPort: 8080 → 9090`,
        `${app}.portMappings.0.hostPort: 8080 → 9090`,
      ],
    },
  },
  refused: {
    'networkRef.name': {
      change: { networkRef: { name: 'other' } },
      because:
        'elb/load-balancer load-balancer-public (*) would be replaced and everything in it: vpcId cannot be changed in place',
    },
  },
  faulty: {
    'networkRef.name': {
      change: { networkRef: { name: 'third' } },
      says: 'there is no FintechNetwork third',
    },
    'databaseRef.name': {
      change: { databaseRef: { name: 'third' } },
      says: 'there is no LedgerDatabase third',
    },
    'databaseRef.cache': {
      change: { databaseRef: { name: 'archive' } },
      says: 'LedgerDatabase archive has no cache; write {name: archive, cache: false}',
    },
  },
};
