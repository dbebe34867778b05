import type { LogDelivery } from './log-delivery.ts';

/** A cache of Redis OSS or Valkey, cluster mode off: a primary node and its replicas. */
export type ReplicationGroupSpec = {
  /**
   * 1 to 40 letters in lower case, digits and single hyphens, a letter first:
   * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
   */
  readonly name: string;
  readonly description: string;
  /** `redis` or `valkey`; the first becomes the second in place, and not the other way. */
  readonly engine: string;
  /** As `7.0`. A higher version of the same major one counts as the same, as AWS raises it by itself. */
  readonly engineVersion: string;
  readonly nodeType: string;
  /** 0 to 5. */
  readonly replicas: number;
  /** Needs a replica. */
  readonly automaticFailover: boolean;
  /** Needs automatic failover. */
  readonly multiAz: boolean;
  readonly port: number;
  readonly parameterGroupName: string;
  readonly subnetGroupName: string;
  readonly securityGroupIds: readonly string[];
  readonly atRestEncryption: boolean;
  /** undefined: encrypted, if at all, with a key of AWS. */
  readonly kmsKeyArn: string | undefined;
  /** `preferred` lets in clients with and without TLS; the way between the two others leads through it. */
  readonly transitEncryption: 'required' | 'preferred' | 'disabled';
  /** `ddd:hh:mm-ddd:hh:mm`, UTC, at least an hour. */
  readonly maintenanceWindow: string;
  /** `hh:mm-hh:mm`, UTC, at least an hour. */
  readonly snapshotWindow: string;
  /** 0: no snapshots. */
  readonly snapshotRetentionDays: number;
  readonly autoMinorVersionUpgrade: boolean;
  readonly logDelivery: LogDelivery;
  /** Whether a last snapshot is taken when it is deleted. */
  readonly finalSnapshot: boolean;
  /** The secret whose text is the auth token. Where the token comes from, AWS does not show. */
  readonly authSecretArn: string | undefined;
  /** The version of that secret that is to be the token. Another one than before is introduced without downtime. */
  readonly authSecretVersion: string | undefined;
  /** For how long the token before is accepted beside a new one, once clients can read the new one. */
  readonly authTokenOverlapSeconds: number;
  /** Changes that interrupt do not wait for the maintenance window, nor does what waits for it already. */
  readonly applyImmediately: boolean;
};

export type ReplicationGroupOutputs = {
  readonly name: string;
  readonly arn: string;
  /** Leads to the primary, also after a failover. */
  readonly endpoint: string;
  /** Spreads over the replicas. */
  readonly readerEndpoint: string;
  readonly port: number;
  /** Ids of its nodes in their order, `<name>-001` first. */
  readonly nodes: readonly string[];
  /** The version of the secret whose token is accepted and in force; undefined where that is not known. */
  readonly authTokenVersion: string | undefined;
  /** What the nodes run now, whatever waits. */
  readonly engineVersion: string;
  /** What AWS does in the next maintenance window, as `EngineVersion 7.1.0` and `Engine valkey`. */
  readonly pendingMaintenance: readonly string[];
  /** `in-sync`, `applying` or `pending-reboot`. */
  readonly parameterApplyStatus: string;
};
