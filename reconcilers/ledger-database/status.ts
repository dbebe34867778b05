import type { NodeHandle } from '../../controller/engine/graph.ts';
import type { Inputs } from '../../controller/engine/ref.ts';
import type { KeyOutputs } from '../aws/kms/key-spec.ts';
import type { MasterCredentialsOutputs } from '../aws/rds/master-credentials/master-credentials-spec.ts';
import type { Cache } from './cache.ts';
import type { CredentialsSecret } from './credentials.ts';
import type { Database, FreeStorageMetric, InstanceStatus, ParametersAppliedAtReboot } from './foundation.ts';
import type { LedgerDatabaseSpec } from './spec.ts';
import type { NamedTable } from './tables.ts';

/** What other objects and people need to know of the databases; never what a secret holds. */
export type LedgerDatabaseStatus = {
  /** Of the writer, also after a failover. */
  readonly endpoint: string;
  /** Of Aurora: spreads over the readers. */
  readonly readerEndpoint?: string | undefined;
  readonly port: number;
  readonly databaseName: string;
  /** Of the cluster, or of the one instance. */
  readonly identifier: string;
  /** The instance that takes writes now; not there while AWS shows none. */
  readonly writer?: string | undefined;
  /** 0 where it is not known, as is the memory of its class. */
  readonly maxConnections: number;
  readonly memoryMiB: number;
  readonly freeStorageMetric: FreeStorageMetric;
  readonly secretArn: string;
  /** Whose password works: it changes when a rotation is complete. */
  readonly credentialsVersion?: string | undefined;
  readonly kmsKeyArn: string;
  readonly instances: readonly InstanceStatus[];
  readonly parametersAppliedAtReboot: ParametersAppliedAtReboot;
  /** What AWS changes of the cluster in its next maintenance window. */
  readonly waitsForMaintenance?: readonly string[] | undefined;
  readonly cache?: CacheStatus | undefined;
  readonly tables: readonly TableStatus[];
};

type CacheStatus = {
  readonly name: string;
  readonly endpoint: string;
  readonly readerEndpoint: string;
  readonly port: number;
  readonly nodes: readonly string[];
  readonly authSecretArn: string;
  /** Whose token works: it changes when a rotation is complete. */
  readonly authTokenVersion?: string | undefined;
  readonly waitsForMaintenance: readonly string[];
};

type TableStatus = {
  /** As the spec has it. */
  readonly name: string;
  /** As AWS has it. */
  readonly table: string;
  readonly arn: string;
  /** Empty without a stream. */
  readonly streamArn: string;
};

export type Made = {
  readonly key: NodeHandle<KeyOutputs>;
  readonly secret: CredentialsSecret;
  readonly master: NodeHandle<MasterCredentialsOutputs>;
  readonly database: Database;
  readonly cache: Cache | undefined;
  readonly tables: readonly NamedTable[];
};

export function statusOf(
  { databaseName }: LedgerDatabaseSpec,
  { key, secret, master, database, cache, tables }: Made,
): Inputs<LedgerDatabaseStatus> {
  return {
    endpoint: database.endpoint,
    readerEndpoint: database.readerEndpoint,
    port: database.port,
    databaseName,
    identifier: database.identifier,
    writer: database.writer,
    maxConnections: database.maxConnections,
    memoryMiB: database.memoryMiB,
    freeStorageMetric: database.freeStorageMetric,
    secretArn: secret.ref('arn'),
    credentialsVersion: master.ref('versionId'),
    kmsKeyArn: key.ref('arn'),
    instances: database.instances,
    parametersAppliedAtReboot: database.parametersAppliedAtReboot,
    waitsForMaintenance: database.waitsForMaintenance,
    cache: cache && cacheStatus(cache),
    tables: tables.map(tableStatus),
  };
}

function cacheStatus({ group, token }: Cache): Inputs<CacheStatus> {
  return {
    name: group.ref('name'),
    endpoint: group.ref('endpoint'),
    readerEndpoint: group.ref('readerEndpoint'),
    port: group.ref('port'),
    nodes: group.ref('nodes'),
    authSecretArn: token.ref('arn'),
    authTokenVersion: group.ref('authTokenVersion'),
    waitsForMaintenance: group.ref('pendingMaintenance'),
  };
}

function tableStatus({ name, node }: NamedTable): Inputs<TableStatus> {
  return { name, table: node.ref('name'), arn: node.ref('arn'), streamArn: node.ref('streamArn') };
}
