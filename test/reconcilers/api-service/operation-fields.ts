import type { JsonObject } from '../../../controller/manifests/json.ts';
import { listIn, partOf } from '../contract-manifest.ts';
import type { Changed, FieldCases } from '../field-cases.ts';
import { alarms, alarmsBy, deployed, shown } from './shown.ts';
import { spec } from './spec.ts';

const { dashboard, service } = shown;
const [apiKeys = {}, encryptionKey = {}] = listIn(spec, 'secrets');
const everyAlarm = [
  ...alarms.ofLoadBalancer,
  'blocked-requests',
  ...alarms.ofService,
  ...alarms.ofDatabase,
  ...alarms.ofCache,
];

function ringing(changes: JsonObject, names: readonly string[], widgets: readonly string[]): Changed {
  return {
    change: { alarms: { ...partOf(spec, 'alarms'), ...changes } },
    writes: [
      ...alarmsBy('PutMetricAlarm', names),
      ...(widgets.length === 0 ? [] : ['PutDashboard dashboard']),
    ],
    changes: [
      ...names.flatMap((name) => [
        `${shown.alarm(name)}.AlarmDescription: *`,
        `${shown.alarm(name)}.Threshold: *`,
      ]),
      ...widgets.map((widget) => `${dashboard}.${widget}.properties.annotations.horizontal.0.value: *`),
    ],
  };
}

function telling(
  topic: string | undefined,
): Pick<Changed, 'change'> & { readonly changes: readonly string[] } {
  return {
    change: { alarms: { ...partOf(spec, 'alarms'), notify: topic } },
    changes: everyAlarm.flatMap((name) => [
      `${shown.alarm(name)}.AlarmActions.0: *:fintech-alerts" → *`,
      `${shown.alarm(name)}.OKActions.0: *:fintech-alerts" → *`,
    ]),
  };
}

function permitting(changes: JsonObject, shows: readonly string[]): Changed {
  const [permission] = listIn(spec, 'permissions');
  return {
    change: { permissions: [{ ...permission, ...changes }] },
    writes: ['PutRolePolicy task-role'],
    changes: shows.map((text) => `${shown.program}.Statement.2.${text}`),
  };
}

/** What tasks may do and leave behind, who is told of them, and how people look at them. */
export const operationFields: FieldCases = {
  changed: {
    'logs.retentionDays': {
      change: { logs: { retentionDays: 30 } },
      writes: ['PutRetentionPolicy logs'],
      changes: ['logGroups./ecs/production/fintech-api.retentionInDays: 90 → 30'],
    },
    'secrets, one more': {
      change: { secrets: [apiKeys, encryptionKey, { name: 'fintech/pepper', value: { generateBytes: 16 } }] },
      writes: ['CreateSecret secret-fintech/pepper', 'PutRolePolicy task-role'],
      changes: [`${shown.program}.Statement.1.Resource: * → *`, 'secrets.fintech/pepper: nothing → *'],
      // It is marked, and kept.
      leaves: ['secrets.fintech/pepper: nothing → *fintech.global/retained*'],
    },
    'secrets[].name': {
      change: { secrets: [apiKeys, { ...encryptionKey, name: 'fintech/other-key' }] },
      writes: [
        'CreateSecret secret-fintech/other-key',
        'PutRolePolicy task-role',
        'TagResource secret-fintech/encryption-key',
      ],
      changes: [
        `${shown.program}.Statement.1.Resource.1: *encryption-key* → *other-key*`,
        'secrets.fintech/encryption-key.Tags: * → *fintech.global/retained*',
        'secrets.fintech/other-key: nothing → *',
      ],
      leaves: ['secrets.fintech/other-key: nothing → *fintech.global/retained*'],
      alone: true,
    },
    // It is made once, and never changed.
    'secrets[].value': {
      change: { secrets: [apiKeys, { ...encryptionKey, value: { generateBytes: 64 } }] },
      writes: [],
      changes: [],
      alone: true,
    },
    'permissions[].actions': permitting({ actions: ['cloudwatch:PutMetricData', 'cloudwatch:ListMetrics'] }, [
      'Action: ["cloudwatch:PutMetricData"] → ["cloudwatch:ListMetrics","cloudwatch:PutMetricData"]',
    ]),
    'permissions[].resources': {
      ...permitting({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::statements/*'] }, [
        'Action.0: "cloudwatch:PutMetricData" → "s3:GetObject"',
        'Resource.0: "*" → "arn:aws:s3:::statements/*"',
      ]),
      alone: true,
    },
    'tracing, and no sidecar': {
      change: { tracing: false, sidecars: [] },
      writes: ['PutRolePolicy task-role', ...deployed],
      changes: [
        `${shown.program}.Statement: * → *`,
        `${shown.app}.cpu: 480 → 512`,
        `${shown.app}.memory: 768 → 1024`,
        `${shown.app}.dependsOn: * → nothing`,
        `${shown.sidecar}: * → nothing`,
      ],
      alone: true,
    },
    'alarms.notify': {
      ...telling('arn:aws:sns:us-east-1:123456789012:on-call'),
      writes: alarmsBy('PutMetricAlarm', everyAlarm),
      alone: true,
    },
    'alarms.notify, the own topic': {
      ...telling(undefined),
      writes: ['CreateTopic topic', ...alarmsBy('PutMetricAlarm', everyAlarm)],
      changes: [...telling(undefined).changes, 'topics: nothing → *'],
      isFinal: true,
    },
    'alarms.p99LatencySeconds': ringing({ p99LatencySeconds: 3 }, ['latency'], ['4']),
    'alarms.http4xxPerMinute': ringing({ http4xxPerMinute: 50 }, ['target-4xx'], []),
    'alarms.http5xxPerMinute': ringing({ http5xxPerMinute: 5 }, ['target-5xx', 'load-balancer-5xx'], ['5']),
    'alarms.cpuPercent': ringing({ cpuPercent: 70 }, ['cpu'], ['8']),
    'alarms.memoryPercent': ringing({ memoryPercent: 70 }, ['memory'], ['9']),
    containerInsights: {
      change: { containerInsights: 'enhanced' },
      writes: ['UpdateCluster cluster'],
      changes: ['clusters.production-fintech-api-cluster.settings.containerInsights: "enabled" → "enhanced"'],
    },
    executeCommand: {
      change: { executeCommand: true },
      writes: ['PutRolePolicy task-role', 'UpdateService service'],
      changes: [
        `${shown.program}.Statement: * → *OpenShell*`,
        `${service}.enableExecuteCommand: false → true`,
      ],
      // A shell needs to write files.
      touches: [`${shown.app}.readonlyRootFilesystem`],
      alone: true,
    },
    // It is of interest when the manifest disappears.
    deletionPolicy: { change: { deletionPolicy: 'Delete' }, writes: [], changes: [], alone: true },
    deleteImages: {
      change: { deleteImages: true },
      writes: ['TagResource repository'],
      changes: ['repositories.fintech-api.Tags.fintech.global/empty-on-deletion: nothing → "true"'],
    },
  },
  refused: {
    'alarms.notify, where people are subscribed to the own topic': {
      given: telling(undefined).change,
      change: telling('arn:aws:sns:us-east-1:123456789012:on-call').change,
      because: 'sns/topic topic (*) would be left behind with its data, which its successor lacks',
    },
    'logs.groupName': {
      change: { logs: { retentionDays: 90, groupName: '/fintech/api' } },
      because:
        'logs/log-group logs (/ecs/production/fintech-api) would be replaced and its data lost: name cannot be changed in place',
    },
  },
};
