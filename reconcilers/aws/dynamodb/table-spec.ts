import type { ProjectionType, StreamViewType, TableClass } from '@aws-sdk/client-dynamodb';

export type TableSpec = {
  readonly name: string;
  readonly keys: Keys;
  /** By name. DynamoDB makes and removes one at a time, and changes none: a new definition is a new index. */
  readonly globalIndexes: Readonly<Record<string, GlobalIndex>>;
  /** By name. They come and go with the table. */
  readonly localIndexes: Readonly<Record<string, LocalIndex>>;
  readonly capacity: Capacity;
  /** undefined: no stream. */
  readonly stream: StreamViewType | undefined;
  /** The attribute with the second at which an item expires; undefined: none expires. */
  readonly timeToLive: string | undefined;
  /** undefined: encrypted with a key that AWS owns. */
  readonly kmsKeyArn: string | undefined;
  /** 1 to 35 days; undefined: no point-in-time recovery. */
  readonly recoveryPeriodDays: number | undefined;
  readonly deletionProtection: boolean;
  readonly tableClass: TableClass;
  /** A backup is made, and waited for, before the table is deleted. */
  readonly backupBeforeDeletion: boolean;
  /** undefined: it begins empty. */
  readonly restoreFrom: TableRestore | undefined;
};

/** What a table begins with: what another one of the account and region had. */
export type TableRestore = {
  readonly sourceTableName: string;
  /** RFC 3339; undefined: the latest moment that can be restored. */
  readonly time: string | undefined;
};

export type KeyAttribute = { readonly name: string; readonly type: 'S' | 'N' | 'B' };

export type Keys = { readonly partitionKey: KeyAttribute; readonly sortKey: KeyAttribute | undefined };

export type Projection = {
  readonly type: ProjectionType;
  /** For `INCLUDE`. */
  readonly attributes: readonly string[];
};

export type GlobalIndex = Keys & { readonly projection: Projection };

export type LocalIndex = { readonly sortKey: KeyAttribute; readonly projection: Projection };

export type Capacity =
  | { readonly mode: 'PAY_PER_REQUEST' }
  | {
      readonly mode: 'PROVISIONED';
      readonly table: Throughput;
      /** Of the global indexes, by name. */
      readonly indexes: Readonly<Record<string, Throughput>>;
    };

export type Throughput = { readonly read: Units; readonly write: Units };

/** Capacity units, or those that a table or index begins with before Application Auto Scaling moves them. */
export type Units = number | { readonly autoscaledFrom: number };

export type TableOutputs = {
  readonly arn: string;
  readonly name: string;
  /** Empty without a stream. */
  readonly streamArn: string;
};
