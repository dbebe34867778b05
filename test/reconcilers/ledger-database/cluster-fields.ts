import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { FieldCases } from '../field-cases.ts';
import { databaseFields, settings } from './database-fields.ts';

const scaling = { min: 1, max: 5, targetCpuPercent: 70, scaleInCooldown: '300s', scaleOutCooldown: '60s' };
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
const clusterGroup = 'clusterParameterGroups.production-ledger-cluster-parameters';
const instanceGroup = 'parameterGroups.production-ledger-cluster-members-parameters';

const { changed, refused, impossible } = databaseFields({
  name: 'rds/cluster cluster',
  identifier: 'production-ledger-cluster',
  database: cluster,
  instances: [0, 1].map((number) => `instances.production-ledger-instance-${number}`),
  parameterGroups: [clusterGroup, instanceGroup],
  secrets: ['fintech/db-credentials', 'fintech/redis-auth'],
  otherLog: 'instance',
});

export const auroraSettings: JsonObject = { ...settings, instanceParameters: { work_mem: '65536' } };

/** The fields of an Aurora cluster. */
export const clusterFields: FieldCases = {
  changed: {
    ...changed,
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
        `${target}: * → nothing`,
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
    dataApi: { change: { dataApi: false }, changes: [`${cluster}.HttpEndpointEnabled: true → false`] },
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
  },
  refused: {
    ...refused,
    engine: {
      change: toPostgres,
      because:
        'rds/cluster cluster (production-ledger-cluster) would be left behind with its data, which its successor lacks',
    },
  },
  impossible,
  faulty: {
    'storage.allocatedGiB': { change: { storage: { allocatedGiB: 100 } }, says: onlyOfInstances },
    'storage.maxGiB': { change: { storage: { allocatedGiB: 100, maxGiB: 200 } }, says: onlyOfInstances },
    'storage.type': { change: { storage: { allocatedGiB: 100, type: 'gp2' } }, says: onlyOfInstances },
    multiAz: { change: { multiAz: true }, says: onlyOfInstances },
  },
};
