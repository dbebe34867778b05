import type { Kind } from '../../controller/engine/kind.ts';
import { ScalableTarget } from '../aws/autoscaling/scalable-target.ts';
import type { Aws } from '../aws/cloud.ts';
import { Table } from '../aws/dynamodb/table.ts';
import { ParameterGroup as CacheParameterGroup } from '../aws/elasticache/parameter-group.ts';
import { ReplicationGroup } from '../aws/elasticache/replication-group.ts';
import { SubnetGroup as CacheSubnetGroup } from '../aws/elasticache/subnet-group.ts';
import { Role } from '../aws/iam/role.ts';
import { Key } from '../aws/kms/key.ts';
import { ClusterInstance } from '../aws/rds/cluster-instance/cluster-instance.ts';
import { ClusterParameterGroup } from '../aws/rds/parameter-group/cluster-parameter-group.ts';
import { Cluster } from '../aws/rds/cluster/cluster.ts';
import { Instance } from '../aws/rds/instance/instance.ts';
import { MasterCredentials } from '../aws/rds/master-credentials/master-credentials.ts';
import { ParameterGroup } from '../aws/rds/parameter-group/parameter-group.ts';
import { SubnetGroup } from '../aws/rds/subnet-group.ts';
import { Secret } from '../aws/secretsmanager/secret.ts';
import { addCache } from './cache.ts';
import { checkLedgerDatabase } from './check.ts';
import { addCredentials } from './credentials.ts';
import { addDatabase } from './database.ts';
import { addKey } from './key.ts';
import { addMonitoringRole } from './monitoring-role.ts';
import { networkOf } from './network.ts';
import type { LedgerDatabaseSpec } from './spec.ts';
import { statusOf, type LedgerDatabaseStatus } from './status.ts';
import { addTables } from './tables.ts';

/** A relational database, a cache and tables under one key, with credentials that nobody has to know. */
export const ledgerDatabase: Kind<LedgerDatabaseSpec, LedgerDatabaseStatus, Aws> = {
  kind: 'LedgerDatabase',
  types: [
    Key,
    Role,
    Secret,
    SubnetGroup,
    ClusterParameterGroup,
    ParameterGroup,
    Cluster,
    ClusterInstance,
    Instance,
    MasterCredentials,
    CacheSubnetGroup,
    CacheParameterGroup,
    ReplicationGroup,
    Table,
    ScalableTarget,
  ],
  parts: {
    EncryptionReady: ['key'],
    CredentialsReady: ['credentials', 'master'],
    DatabaseReady: ['subnets', 'cluster', 'instance', 'monitoring', 'reader-scaling'],
    CacheReady: ['cache'],
    TablesReady: ['table-', 'scale-'],
  },
  sleeps: true,
  check: checkLedgerDatabase,

  build(spec, graph) {
    const network = networkOf(graph, spec);
    const key = addKey(graph, spec);
    const monitoringRole = addMonitoringRole(graph, spec);
    const secret = addCredentials(graph, spec, key, network);
    const { database, master } = addDatabase(graph, spec, { key, monitoringRole, secret, network });
    const cache = addCache(graph, spec, key, network);
    const tables = addTables(graph, spec, key);
    return statusOf(spec, { key, secret, master, database, cache, tables });
  },
};
