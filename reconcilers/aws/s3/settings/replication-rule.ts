import type { Destination, ReplicationRule as SdkRule, StorageClass } from '@aws-sdk/client-s3';
import { fromSdkFilter, toSdkFilter, type ObjectFilter } from './object-filter.ts';

/** Which objects are copied where: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html */
export type ReplicationRule = {
  readonly id: string;
  /** Of two rules with the same destination the higher one counts; unique within a configuration. */
  readonly priority: number;
  readonly status: 'Enabled' | 'Disabled';
  readonly filter?: ObjectFilter | undefined;
  readonly deleteMarkerReplication: 'Enabled' | 'Disabled';
  /** Objects encrypted with a KMS key are copied only if this says so. */
  readonly sseKmsEncryptedObjects?: 'Enabled' | 'Disabled' | undefined;
  readonly replicaModifications?: 'Enabled' | 'Disabled' | undefined;
  readonly destination: ReplicationDestination;
};

export type ReplicationDestination = {
  readonly bucketArn: string;
  readonly storageClass?: StorageClass | undefined;
  /** The key that the copies are encrypted with. */
  readonly replicaKmsKeyArn?: string | undefined;
  /** Another account's bucket; the copies are then owned by that account. */
  readonly account?: string | undefined;
  /** Replication time control, and the metrics that come with it. */
  readonly replicationTimeMinutes?: number | undefined;
};

export function toSdkRule(rule: ReplicationRule): SdkRule {
  const { sseKmsEncryptedObjects, replicaModifications } = rule;
  return {
    ID: rule.id,
    Priority: rule.priority,
    Status: rule.status,
    Filter: toSdkFilter(rule.filter ?? {}),
    DeleteMarkerReplication: { Status: rule.deleteMarkerReplication },
    SourceSelectionCriteria:
      sseKmsEncryptedObjects === undefined && replicaModifications === undefined
        ? undefined
        : {
            SseKmsEncryptedObjects: sseKmsEncryptedObjects && { Status: sseKmsEncryptedObjects },
            ReplicaModifications: replicaModifications && { Status: replicaModifications },
          },
    Destination: toSdkDestination(rule.destination),
  };
}

export function fromSdkRule(rule: SdkRule): ReplicationRule {
  return {
    id: rule.ID ?? '',
    priority: rule.Priority ?? 0,
    status: rule.Status ?? 'Disabled',
    filter: fromSdkFilter(rule.Filter ?? { Prefix: rule.Prefix }),
    deleteMarkerReplication: rule.DeleteMarkerReplication?.Status ?? 'Disabled',
    sseKmsEncryptedObjects: rule.SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status,
    replicaModifications: rule.SourceSelectionCriteria?.ReplicaModifications?.Status,
    destination: fromSdkDestination(rule.Destination),
  };
}

/** What S3 adds where a rule does not say it. */
export function normalRule(rule: ReplicationRule): ReplicationRule {
  return {
    ...rule,
    filter: rule.filter ?? {},
    sseKmsEncryptedObjects: rule.sseKmsEncryptedObjects ?? 'Disabled',
    replicaModifications: rule.replicaModifications ?? 'Disabled',
  };
}

function toSdkDestination(destination: ReplicationDestination): Destination {
  const { bucketArn, storageClass, replicaKmsKeyArn, account, replicationTimeMinutes } = destination;
  const minutes = replicationTimeMinutes === undefined ? undefined : { Minutes: replicationTimeMinutes };
  return {
    Bucket: bucketArn,
    StorageClass: storageClass,
    EncryptionConfiguration:
      replicaKmsKeyArn === undefined ? undefined : { ReplicaKmsKeyID: replicaKmsKeyArn },
    Account: account,
    AccessControlTranslation: account === undefined ? undefined : { Owner: 'Destination' },
    ReplicationTime: minutes && { Status: 'Enabled', Time: minutes },
    Metrics: minutes && { Status: 'Enabled', EventThreshold: minutes },
  };
}

function fromSdkDestination(destination: Destination | undefined): ReplicationDestination {
  const time = destination?.ReplicationTime;
  return {
    bucketArn: destination?.Bucket ?? '',
    storageClass: destination?.StorageClass,
    replicaKmsKeyArn: destination?.EncryptionConfiguration?.ReplicaKmsKeyID,
    account: destination?.Account,
    replicationTimeMinutes: time?.Status === 'Enabled' ? time.Time?.Minutes : undefined,
  };
}
