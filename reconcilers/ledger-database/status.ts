import type { NodeHandle } from '../../controller/engine/graph.ts';
import type { Inputs } from '../../controller/engine/ref.ts';
import type { KeyOutputs } from '../aws/kms/key-spec.ts';
import type { Cache } from './cache.ts';
import type { CredentialsSecret } from './credentials.ts';
import type { Database, InstanceStatus, ParametersAppliedAtReboot } from './foundation.ts';
import type { NamedTable } from './tables.ts';

/** What other objects and people need to know of the databases; never what a secret holds. */
export type LedgerDatabaseStatus = {
  /** Of the writer, also after a failover. */
  readonly endpoint: string;
  /** Of Aurora: spreads over the readers. */
  readonly readerEndpoint?: string | undefined;
  readonly port: number;
  /** Of the cluster, or of the one instance. */
  readonly identifier: string;
  readonly secretArn: string;
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
  readonly authSecretArn: string;
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
  readonly database: Database;
  readonly cache: Cache | undefined;
  readonly tables: readonly NamedTable[];
};

export function statusOf({ key, secret, database, cache, tables }: Made): Inputs<LedgerDatabaseStatus> {
  return {
    endpoint: database.endpoint,
    readerEndpoint: database.readerEndpoint,
    port: database.port,
    identifier: database.identifier,
    secretArn: secret.ref('arn'),
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
    authSecretArn: token.ref('arn'),
    waitsForMaintenance: group.ref('pendingMaintenance'),
  };
}

function tableStatus({ name, node }: NamedTable): Inputs<TableStatus> {
  return { name, table: node.ref('name'), arn: node.ref('arn'), streamArn: node.ref('streamArn') };
}
