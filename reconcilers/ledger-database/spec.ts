import type { KeyAttribute, TableSpec } from '../aws/dynamodb/table-spec.ts';

/** The spec of a LedgerDatabase as its CRD has it, with every default filled in. */
export type LedgerDatabaseSpec = {
  readonly networkRef: { readonly name: string };
  /** An Aurora cluster with a writer and readers, or one RDS instance. */
  readonly engine: 'aurora-postgresql' | 'postgres';
  /** `15` or `15.4`. */
  readonly engineVersion: string;
  readonly databaseName: string;
  readonly instanceClass: string;
  /** Of Aurora: instances beside the writer. */
  readonly readers: number;
  readonly readerAutoscaling?: ReaderAutoscaling;
  /** Of one instance. */
  readonly storage?: {
    readonly allocatedGiB: number;
    /** Up to where it grows by itself; without it it does not. */
    readonly maxGiB?: number;
    readonly type: string;
  };
  readonly multiAz: boolean;
  readonly credentials: {
    readonly username: string;
    readonly secretName: string;
    readonly rotationDays?: number;
    /** RFC 3339: a password that was made before is replaced. */
    readonly notOlderThan?: string;
  };
  readonly encryption: {
    readonly keyRotation: boolean;
    readonly rotationPeriodDays: number;
    readonly deletionWindowDays: number;
  };
  readonly backup: { readonly retentionDays: number; readonly window?: string };
  /** As in `Sun:05:00-Sun:06:00`. */
  readonly maintenanceWindow?: string;
  readonly autoMinorVersionUpgrade: boolean;
  readonly caCertificate?: string;
  readonly deletionProtection: boolean;
  readonly dataApi: boolean;
  readonly iamAuthentication: boolean;
  readonly logExports: readonly string[];
  readonly performanceInsights?: { readonly retentionDays: number };
  readonly enhancedMonitoring?: { readonly intervalSeconds: number };
  readonly parameters: Readonly<Record<string, string>>;
  /** Of Aurora: those of the instances, where they differ from the cluster's. */
  readonly instanceParameters: Readonly<Record<string, string>>;
  readonly restoreFrom?: RestoreFrom;
  readonly cache?: CacheSpec;
  readonly tables: readonly TableOfLedger[];
};

export type ReaderAutoscaling = {
  readonly min: number;
  readonly max: number;
  readonly targetCpuPercent: number;
  /** Durations, as in `300s`. */
  readonly scaleInCooldown: string;
  readonly scaleOutCooldown: string;
};

/** Counts at creation only. */
export type RestoreFrom = {
  /** Another LedgerDatabase of the namespace, as it was at `time`. */
  readonly database?: string;
  /** RFC 3339; without it the latest moment that can be restored. */
  readonly time?: string;
  /** Or a snapshot, by its identifier. */
  readonly snapshot?: string;
  /** Tables of `database` that are restored too; all others begin empty. */
  readonly tables?: readonly string[];
};

export type CacheSpec = {
  readonly engine: 'redis' | 'valkey';
  readonly engineVersion: string;
  readonly nodeType: string;
  readonly replicas: number;
  readonly snapshotRetentionDays: number;
  readonly snapshotWindow: string;
  readonly maintenanceWindow: string;
  readonly autoMinorVersionUpgrade: boolean;
  readonly authSecretName: string;
  readonly authRotationDays?: number;
  /** RFC 3339: a token that was made before is replaced. */
  readonly authNotOlderThan?: string;
  /** For how long the token before is accepted beside a new one: a duration, as in `1h`. */
  readonly authTokenOverlap: string;
  readonly parameters: Readonly<Record<string, string>>;
};

export type TableOfLedger = {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  readonly globalIndexes: readonly IndexOfTable[];
  readonly capacity: TableCapacity;
  readonly stream?: NonNullable<TableSpec['stream']>;
  /** The attribute that holds when an item expires. */
  readonly timeToLive?: string;
  readonly pointInTimeRecovery: boolean;
  readonly tableClass: TableSpec['tableClass'];
};

export type IndexOfTable = {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  readonly projection: {
    readonly type: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
    readonly attributes: readonly string[];
  };
};

export type TableCapacity =
  | { readonly mode: 'OnDemand' }
  | { readonly mode: 'Provisioned'; readonly read: UnitsRange; readonly write: UnitsRange };

/** Capacity units of a table, and of each of its indexes. */
export type UnitsRange = { readonly min: number; readonly max: number; readonly targetPercent: number };
