import type { ProvisionedThroughput, TableDescription } from '@aws-sdk/client-dynamodb';
import type { Capacity, Throughput, Units } from './table-spec.ts';

/** What an autoscaler moves is not compared, nor the indexes that only one side has: those are another field. */
export function sameCapacity(wanted: Capacity, actual: Capacity): boolean {
  if (wanted.mode === 'PAY_PER_REQUEST' || actual.mode === 'PAY_PER_REQUEST')
    return wanted.mode === actual.mode;
  if (!sameThroughput(wanted.table, actual.table)) return false;
  return changedIndexes(wanted, actual).length === 0;
}

type Provisioned = Extract<Capacity, { mode: 'PROVISIONED' }>;

/** Names of the indexes of both sides whose throughput differs. */
export function changedIndexes(wanted: Provisioned, actual: Provisioned): readonly string[] {
  return Object.entries(actual.indexes).flatMap(([name, throughput]) => {
    const other = wanted.indexes[name];
    return other === undefined || sameThroughput(other, throughput) ? [] : [name];
  });
}

export function sameThroughput(wanted: Throughput, actual: Throughput): boolean {
  return sameUnits(wanted.read, actual.read) && sameUnits(wanted.write, actual.write);
}

function sameUnits(wanted: Units, actual: Units): boolean {
  return typeof wanted === 'object' || wanted === actual;
}

/** DynamoDB takes both numbers at once: what an autoscaler moves keeps its present one. */
export function provisioned(wanted: Throughput, actual?: Throughput): ProvisionedThroughput {
  return {
    ReadCapacityUnits: unitsOf(wanted.read, actual?.read),
    WriteCapacityUnits: unitsOf(wanted.write, actual?.write),
  };
}

function unitsOf(wanted: Units, actual: Units | undefined): number {
  if (typeof wanted === 'number') return wanted;
  return typeof actual === 'number' ? actual : wanted.autoscaledFrom;
}

export function capacityOf(table: TableDescription): Capacity {
  // A table that was always provisioned has no summary.
  if (table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST') return { mode: 'PAY_PER_REQUEST' };
  const indexes = (table.GlobalSecondaryIndexes ?? []).map(
    (index) => [index.IndexName ?? '', throughputOf(index.ProvisionedThroughput)] as const,
  );
  return {
    mode: 'PROVISIONED',
    table: throughputOf(table.ProvisionedThroughput),
    indexes: Object.fromEntries(indexes),
  };
}

function throughputOf(throughput: Partial<ProvisionedThroughput> | undefined): Throughput {
  return { read: throughput?.ReadCapacityUnits ?? 0, write: throughput?.WriteCapacityUnits ?? 0 };
}
