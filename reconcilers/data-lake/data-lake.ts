import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Kind } from '../../controller/engine/kind.ts';
import type { Inputs, Ref } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import { Role } from '../aws/iam/role.ts';
import { Key } from '../aws/kms/key.ts';
import type { KeyOutputs, KeyRotation } from '../aws/kms/key-spec.ts';
import { Bucket } from '../aws/s3/bucket.ts';
import type { BucketOutputs, BucketSpec } from '../aws/s3/bucket-spec.ts';
import { bucketArn, privateBucket, tlsOnly } from '../aws/s3/private-bucket.ts';
import { encryptedWith, logDelivery, objectsOf, policyOf } from './bucket-policy.ts';
import { checkDataLake } from './check.ts';
import { lakeKeyPolicy } from './key-policy.ts';
import { archiveTiers, lakeLifecycle, logLifecycle } from './lifecycle.ts';
import { replicationRole, replicationTo } from './replication.ts';
import type { DataLakeSpec, DataLakeStatus } from './spec.ts';

type BucketInputs = Inputs<BucketSpec>;

/** An encrypted, versioned bucket with access logs, a replica, and rules for how its data ages. */
export const dataLake: Kind<DataLakeSpec, DataLakeStatus, Aws> = {
  kind: 'DataLake',
  types: [Key, Bucket, Role],
  parts: {
    EncryptionReady: ['key'],
    AccessLogsReady: ['access-logs'],
    ReplicationReady: ['replica', 'replication'],
    StorageReady: ['data'],
  },
  check: checkDataLake,

  build(spec, graph) {
    const key = graph.add(Key, 'key', keyOf(spec, graph));
    const logs = graph.add(Bucket, 'access-logs', accessLogBucket(spec, graph));
    const replica =
      spec.replication &&
      graph.add(Bucket, 'replica', replicaBucket(spec, spec.replication.bucketName, graph, key, logs));
    const role = replica && addReplicationRole(spec, graph, key, replica);
    const data = graph.add(Bucket, 'data', {
      ...lakeBucket(spec, spec.bucketName, graph, key.ref('arn')),
      logging: { targetBucket: logs.ref('name'), targetPrefix: spec.accessLogs.prefix },
      replication: replica && role && replicationTo(role.ref('arn'), replica.ref('arn'), key.ref('arn')),
      prefixMarkers: spec.prefixes,
    });
    return {
      bucketArn: data.ref('arn'),
      kmsKeyArn: key.ref('arn'),
      accessLogBucketArn: logs.ref('arn'),
      replicaBucketArn: replica?.ref('arn'),
    };
  },
};

function keyOf({ encryption }: DataLakeSpec, graph: Graph<Aws>) {
  const { keyRotation, rotationPeriodDays, deletionWindowDays } = encryption;
  return {
    alias: `alias/${graph.nameOf('key')}`,
    description: `Encrypts the data lake ${graph.object.namespace}/${graph.object.name}`,
    policy: lakeKeyPolicy(graph.place),
    rotation: rotationOf(keyRotation, rotationPeriodDays),
    keyState: 'Enabled',
    deletionWindowDays,
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    multiRegion: false,
  } as const;
}

function rotationOf(enabled: boolean, periodDays: number): KeyRotation {
  return enabled ? { enabled, periodDays } : { enabled };
}

/** It does not log to itself, or every delivery would lead to another. */
function accessLogBucket(spec: DataLakeSpec, graph: Graph<Aws>): BucketInputs {
  const { bucketName, prefix } = spec.accessLogs;
  const arn = bucketArn(graph.place.region, bucketName);
  const sources = [spec.bucketName, ...(spec.replication === undefined ? [] : [spec.replication.bucketName])];
  const delivery = logDelivery(
    graph.place.account,
    arn,
    prefix,
    sources.map((source) => bucketArn(graph.place.region, source)),
  );
  return {
    ...privateBucket(bucketName, spec.emptyOnDeletion),
    encryption: { algorithm: 'AES256' },
    versioning: 'Enabled',
    policy: policyOf(...tlsOnly(arn), delivery),
    lifecycle: logLifecycle(spec),
  };
}

function replicaBucket(
  spec: DataLakeSpec,
  name: string,
  graph: Graph<Aws>,
  key: NodeHandle<KeyOutputs>,
  logs: NodeHandle<BucketOutputs>,
): BucketInputs {
  const targetPrefix = `${spec.accessLogs.prefix}replica/`;
  return {
    ...lakeBucket(spec, name, graph, key.ref('arn')),
    logging: { targetBucket: logs.ref('name'), targetPrefix },
  };
}

/** What the lake and its replica have in common. */
function lakeBucket(spec: DataLakeSpec, name: string, graph: Graph<Aws>, keyArn: Ref<string>): BucketInputs {
  const arn = bucketArn(graph.place.region, name);
  const { objectLock } = spec;
  return {
    ...privateBucket(name, spec.emptyOnDeletion),
    encryption: { algorithm: 'aws:kms', keyArn, bucketKey: true },
    versioning: spec.versioning ? 'Enabled' : 'Suspended',
    // A replica of locked objects must be able to lock them too.
    objectLockEnabled: objectLock !== undefined,
    objectLock: objectLock && {
      mode: objectLock.mode,
      years: objectLock.retentionYears,
      days: objectLock.retentionDays,
    },
    policy: policyOf(...tlsOnly(arn), ...encryptedWith(keyArn, arn)),
    lifecycle: lakeLifecycle(spec),
    intelligentTiering: archiveTiers(spec),
  };
}

function addReplicationRole(
  spec: DataLakeSpec,
  graph: Graph<Aws>,
  key: NodeHandle<KeyOutputs>,
  replica: NodeHandle<BucketOutputs>,
) {
  const replicaArn = replica.ref('arn');
  return graph.add(
    Role,
    'replication',
    replicationRole({
      name: graph.nameOf('replication'),
      place: graph.place,
      sourceArn: bucketArn(graph.place.region, spec.bucketName),
      replicaArn,
      replicaObjects: objectsOf(replicaArn),
      keyArn: key.ref('arn'),
      objectLock: spec.objectLock !== undefined,
    }),
  );
}
