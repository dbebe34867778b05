import type { Graph } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import type { LedgerDatabaseSpec } from './spec.ts';

/** What the database is made from, if not from nothing; `node` is that of the database in its own object. */
export function restoreOf(
  graph: Graph<Aws>,
  { restoreFrom }: LedgerDatabaseSpec,
  node: 'cluster' | 'instance',
) {
  if (restoreFrom?.snapshot !== undefined)
    return { kind: 'snapshot', snapshotIdentifier: restoreFrom.snapshot } as const;
  if (restoreFrom?.database === undefined) return undefined;
  const sourceIdentifier = nameIn(graph, restoreFrom.database, node);
  return { kind: 'pointInTime', sourceIdentifier, time: restoreFrom.time } as const;
}

export function tableRestoreOf(graph: Graph<Aws>, { restoreFrom }: LedgerDatabaseSpec, table: string) {
  const { database, time, tables = [] } = restoreFrom ?? {};
  if (database === undefined || !tables.includes(table)) return undefined;
  return { sourceTableName: nameIn(graph, database, `table-${table}`), time };
}

/** How a node of another LedgerDatabase of the namespace is called. */
function nameIn(graph: Graph<Aws>, database: string, node: string): string {
  return `${graph.object.namespace}-${database}-${node}`;
}
