import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Ref } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import { Table } from '../aws/dynamodb/table.ts';
import type { Capacity, TableOutputs, Throughput } from '../aws/dynamodb/table-spec.ts';
import type { KeyOutputs } from '../aws/kms/key-spec.ts';
import { tableRestoreOf } from './restore.ts';
import type { LedgerDatabaseSpec, TableOfLedger } from './spec.ts';
import { addTableScaling } from './table-scaling.ts';

export type NamedTable = { readonly name: string; readonly node: NodeHandle<TableOutputs> };

/** The longest that DynamoDB keeps what point-in-time recovery needs. */
const recoveryPeriodDays = 35;

export function addTables(
  graph: Graph<Aws>,
  spec: LedgerDatabaseSpec,
  key: NodeHandle<KeyOutputs>,
): readonly NamedTable[] {
  return spec.tables.map((table) => {
    const node = addTable(graph, spec, table, key.ref('arn'));
    addTableScaling(graph, table, node);
    return { name: table.name, node };
  });
}

function addTable(
  graph: Graph<Aws>,
  spec: LedgerDatabaseSpec,
  table: TableOfLedger,
  kmsKeyArn: Ref<string>,
): NodeHandle<TableOutputs> {
  const node = `table-${table.name}`;
  const indexes = table.globalIndexes.map(
    ({ name, partitionKey, sortKey, projection }) => [name, { partitionKey, sortKey, projection }] as const,
  );
  return graph.add(Table, node, {
    name: graph.nameOf(node),
    keys: { partitionKey: table.partitionKey, sortKey: table.sortKey },
    globalIndexes: Object.fromEntries(indexes),
    localIndexes: {},
    capacity: capacityOf(table),
    stream: table.stream,
    timeToLive: table.timeToLive,
    kmsKeyArn,
    recoveryPeriodDays: table.pointInTimeRecovery ? recoveryPeriodDays : undefined,
    deletionProtection: spec.deletionProtection,
    tableClass: table.tableClass,
    backupBeforeDeletion: true,
    restoreFrom: tableRestoreOf(graph, spec, table.name),
  });
}

/** Indexes have the capacity of their table, and are scaled like it. */
function capacityOf({ capacity, globalIndexes }: TableOfLedger): Capacity {
  if (capacity.mode === 'OnDemand') return { mode: 'PAY_PER_REQUEST' };
  const throughput: Throughput = {
    read: { autoscaledFrom: capacity.read.min },
    write: { autoscaledFrom: capacity.write.min },
  };
  const indexes = globalIndexes.map(({ name }) => [name, throughput] as const);
  return { mode: 'PROVISIONED', table: throughput, indexes: Object.fromEntries(indexes) };
}
