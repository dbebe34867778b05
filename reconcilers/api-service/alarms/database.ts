import { text, type Input } from '../../../controller/engine/ref.ts';
import type { AlarmMetric } from '../../aws/cloudwatch/alarm-spec.ts';
import { databaseMetrics, statisticOf } from '../metric-source.ts';
import type { WatchedDatabase } from '../watched.ts';
import { above, below, inARow, metric, type AlarmDefinition } from './definition.ts';
import { bytesOf, databaseLimits as limits, secondsOf } from './limits.ts';

/** Of the instance that writes. */
export function databaseAlarms(database: WatchedDatabase): readonly AlarmDefinition[] {
  const source = databaseMetrics(database);
  return [
    {
      name: 'database-cpu',
      meaning: `The database uses more than ${limits.cpuPercent} % of its processors for ten minutes.`,
      lookAt: 'the statements with the most load, in Performance Insights',
      metric: metric(source, 'CPUUtilization', 'Average'),
      ...above(limits.cpuPercent),
      ...inARow(10),
      treatMissingData: 'ignore',
    },
    {
      name: 'database-connections',
      meaning: `More than ${limits.connectionsPercent} % of the connections that the database takes are in use.`,
      lookAt: 'the number of tasks times the size of the pool of each, and connections that nobody closes',
      metric: connectionsPercent(database),
      ...above(limits.connectionsPercent),
      ...inARow(5),
      treatMissingData: 'ignore',
    },
    {
      name: 'database-storage',
      meaning: `The database has less than ${limits.freeStorageGiB} GiB of storage left: it stops when there is none.`,
      lookAt: 'what grows: tables, logs, temporary files, or a replication slot that nobody reads',
      metric: metric(source, database.freeStorageMetric, 'Minimum'),
      ...below(bytesOf.GiB(limits.freeStorageGiB)),
      ...inARow(5),
      treatMissingData: 'ignore',
    },
    latency('read'),
    latency('write'),
    {
      name: 'database-memory',
      meaning: `The database can free less than ${limits.freeableMemoryMiB} MiB and ${limits.freeableMemoryPercent} % of its memory.`,
      lookAt: 'the number of connections and work_mem, then the class of the instance',
      metric: freeableMemory(database),
      ...below(limits.freeableMemoryMiB),
      ...inARow(5),
      treatMissingData: 'ignore',
    },
  ];

  function latency(access: 'read' | 'write'): AlarmDefinition {
    return {
      name: `database-${access}-latency`,
      meaning: `The database waits longer than ${limits.latencyMilliseconds} ms for a ${access} of its storage.`,
      lookAt: 'the operations and bytes per second, against what storage and instance class can do',
      metric: metric(source, access === 'read' ? 'ReadLatency' : 'WriteLatency', 'Average'),
      ...above(secondsOf(limits.latencyMilliseconds)),
      ...inARow(5),
      treatMissingData: 'ignore',
    };
  }
}

/**
 * How many connections there can be is known only with the database, and a threshold is a number. Where nobody knows it
 * is 0, and there is no data: "data-points have been dropped due to non-numeric values (NaN, -Infinite, +Infinite)", as
 * GetMetricData says (https://github.com/grafana/grafana/issues/78608).
 */
function connectionsPercent(database: WatchedDatabase): Input<AlarmMetric> {
  return {
    kind: 'math',
    queries: {
      percent: { returnData: true, expression: text`connections * 100 / ${database.maxConnections}` },
      connections: {
        returnData: false,
        metric: statisticOf(databaseMetrics(database), 'DatabaseConnections', 'Average'),
      },
    },
  };
}

/** In MiB. More than a tenth of all is enough, however little that is, if it is known how much there is: more than 0. */
function freeableMemory(database: WatchedDatabase): Input<AlarmMetric> {
  const { memoryMiB: all } = database;
  const { freeableMemoryMiB: enough, freeableMemoryPercent: percent } = limits;
  return {
    kind: 'math',
    queries: {
      counted: {
        returnData: true,
        expression: text`IF(free * ${all} > 0 AND free * 100 > ${all} * ${percent}, ${enough}, free)`,
      },
      free: { returnData: false, expression: `bytes / ${bytesOf.MiB(1)}` },
      bytes: {
        returnData: false,
        metric: statisticOf(databaseMetrics(database), 'FreeableMemory', 'Average'),
      },
    },
  };
}
