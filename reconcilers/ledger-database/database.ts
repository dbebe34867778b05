import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import type { MasterCredentialsOutputs } from '../aws/rds/master-credentials/master-credentials-spec.ts';
import { MasterCredentials } from '../aws/rds/master-credentials/master-credentials.ts';
import { SubnetGroup } from '../aws/rds/subnet-group.ts';
import { addAurora } from './aurora.ts';
import type { Database, Foundation } from './foundation.ts';
import { addInstance } from './instance.ts';
import type { LedgerDatabaseSpec } from './spec.ts';

/** The ledger itself: a cluster or an instance, with the password that the secret holds. */
export function addDatabase(
  graph: Graph<Aws>,
  spec: LedgerDatabaseSpec,
  parts: Omit<Foundation, 'subnetGroupName'>,
): { readonly database: Database; readonly master: NodeHandle<MasterCredentialsOutputs> } {
  const { namespace, name } = graph.object;
  const subnets = graph.add(SubnetGroup, 'subnets', {
    name: graph.nameOf('subnets'),
    description: `The data subnets, for ${namespace}/${name}`,
    vpcId: parts.network.vpcId,
    subnetIds: parts.network.subnetIds,
  });
  const foundation = { ...parts, subnetGroupName: subnets.ref('name') };
  const database =
    spec.engine === 'postgres' ? addInstance(graph, spec, foundation) : addAurora(graph, spec, foundation);
  const master = graph.add(MasterCredentials, 'master', {
    secretArn: parts.secret.ref('arn'),
    // The one that a rotation made is told when the database runs.
    secretVersion: parts.secret.ref(graph.circumstances.isAsleep ? 'versionId' : 'newestVersionId'),
    databaseKind: database.kind,
    identifier: database.identifier,
    host: database.endpoint,
    // The one that is wanted: somebody may have changed that of the database.
    port: parts.network.databasePort,
    writesFirstPassword: spec.restoreFrom !== undefined,
  });
  return { database, master };
}
