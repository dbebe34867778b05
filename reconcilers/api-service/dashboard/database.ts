import { text } from '../../../controller/engine/ref.ts';
import { bytesOf, databaseLimits, secondsOf } from '../alarms/limits.ts';
import { databaseMetrics } from '../metric-source.ts';
import type { WatchedDatabase } from '../watched.ts';
import type { Content, Row } from './layout.ts';
import { expression, graph, heading, series } from './widgets.ts';

export function databaseRows(region: string, database: WatchedDatabase): readonly Row[] {
  const contents = [
    connections(region, database),
    processors(region, database),
    storage(region, database),
    latency(region, database),
  ];
  return [heading('Database'), { height: 6, contents }];
}

/** The limit is of the percentage: the number depends on the instance. */
function connections(region: string, database: WatchedDatabase): Content {
  const source = databaseMetrics(database);
  const { connectionsPercent } = databaseLimits;
  return graph(region, {
    title: `Connections of the database: alarm above ${connectionsPercent} %`,
    unit: 'connections',
    rightUnit: 'percent',
    series: [
      series(source, 'DatabaseConnections', { label: 'Connections', stat: 'Average', id: 'connections' }),
      expression(text`connections * 100 / ${database.maxConnections}`, {
        label: 'Percent of the most',
        id: 'percent',
        yAxis: 'right',
      }),
    ],
  });
}

function processors(region: string, database: WatchedDatabase): Content {
  return graph(region, {
    title: 'Processors of the database',
    unit: 'percent',
    max: 100,
    series: [series(databaseMetrics(database), 'CPUUtilization', { label: 'Used', stat: 'Average' })],
    limit: { label: 'Alarm', value: databaseLimits.cpuPercent },
  });
}

function storage(region: string, database: WatchedDatabase): Content {
  const source = databaseMetrics(database);
  return graph(region, {
    title: 'Free storage and memory of the database',
    unit: 'bytes',
    series: [
      series(source, database.freeStorageMetric, { label: 'Storage', stat: 'Minimum' }),
      series(source, 'FreeableMemory', { label: 'Memory', stat: 'Average' }),
    ],
    limit: { label: 'Alarm for storage', value: bytesOf.GiB(databaseLimits.freeStorageGiB) },
  });
}

function latency(region: string, database: WatchedDatabase): Content {
  const source = databaseMetrics(database);
  return graph(region, {
    title: 'Latency of the storage of the database',
    unit: 'seconds',
    series: [
      series(source, 'ReadLatency', { label: 'Reads', stat: 'Average' }),
      series(source, 'WriteLatency', { label: 'Writes', stat: 'Average' }),
    ],
    limit: { label: 'Alarm', value: secondsOf(databaseLimits.latencyMilliseconds) },
  });
}
