import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { differences } from '../../../controller/engine/compare.ts';
import type {
  AlarmMetric,
  AlarmSpec,
  MetricStatistic,
} from '../../../reconcilers/aws/cloudwatch/alarm-spec.ts';
import { Alarm } from '../../../reconcilers/aws/cloudwatch/alarm.ts';
import { Dashboard } from '../../../reconcilers/aws/cloudwatch/dashboard.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { connectTo, type TestConnection } from '../aws/connect.ts';
import { create, monitoring, owner, queryOf, wanted } from './monitored.ts';

const graph = monitoring();
const query = queryOf(graph);

let emulator: Emulator;
let connection: TestConnection;
let alarms: ReadonlyMap<string, AlarmSpec>;

beforeAll(async () => {
  emulator = await startEmulator();
  connection = connectTo(emulator.endpoint);
  await create(connection.aws, graph);
  const listed = await Alarm.list(connection.aws, [query]);
  alarms = new Map(listed.map(({ node, spec }) => [node, spec]));
});
afterAll(async () => {
  connection.close();
  await emulator.stop();
});

function statisticsOf(metric: AlarmMetric): readonly MetricStatistic[] {
  if (metric.kind === 'metric') return [metric];
  return Object.values(metric.queries).flatMap((one) => ('metric' in one ? [one.metric] : []));
}

const unique = (values: readonly (string | number)[]) => [...new Set(values)].join(' and ');

const signs: Readonly<Record<string, string>> = { GreaterThanThreshold: '>', LessThanThreshold: '<' };

/** As `p99 TargetResponseTime > 2 in 3 of 5 periods of 60 s`. */
function summaryOf({ metric, ...alarm }: AlarmSpec): string {
  const statistics = statisticsOf(metric);
  const watches = unique(statistics.map(({ statistic, name }) => `${statistic} ${name}`));
  const sign = signs[alarm.comparison];
  const periods = `${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods}`;
  return `${watches} ${sign} ${alarm.threshold} in ${periods} periods of ${unique(statistics.map(({ period }) => period))} s`;
}

describe('AWS has the alarms and the dashboard of a service', () => {
  test('exactly as they are wanted', async () => {
    const found = [
      ...(await Alarm.list(connection.aws, [query])),
      ...(await Dashboard.list(connection.aws, [query])),
    ];
    expect(found.map(({ node }) => node).toSorted()).toEqual(graph.nodes.map(({ id }) => id).toSorted());
    const specs = wanted(graph);
    for (const { id, type } of graph.nodes) {
      const one = found.find(({ node }) => node === id);
      expect(one).toMatchObject({ owner, state: 'ready' });
      expect(differences(type, specs.get(id) ?? {}, one?.spec ?? {})).toEqual([]);
    }
  });

  test('with an arn of each alarm on the dashboard', async () => {
    const listed = await Alarm.list(connection.aws, [query]);
    const [dashboard] = await Dashboard.list(connection.aws, [query]);
    for (const { outputs } of listed) expect(JSON.stringify(dashboard?.spec.body)).toContain(outputs.arn);
  });

  test('at the cost of one description of all alarms', async () => {
    const calls = await connection.during(() => Alarm.list(connection.aws, [query]));
    expect(calls.filter(({ operation }) => operation === 'DescribeAlarms')).toHaveLength(1);
  });
});

test.each([
  // The load balancer.
  ['latency', 'p99 TargetResponseTime > 2 in 3 of 5 periods of 60 s'],
  ['target-4xx', 'Sum HTTPCode_Target_4XX_Count > 100 in 3 of 5 periods of 60 s'],
  ['target-5xx', 'Sum HTTPCode_Target_5XX_Count > 10 in 2 of 3 periods of 60 s'],
  ['load-balancer-5xx', 'Sum HTTPCode_ELB_5XX_Count > 10 in 2 of 3 periods of 60 s'],
  ['healthy-hosts', 'Minimum HealthyHostCount < 3 in 5 of 5 periods of 60 s'],
  ['unhealthy-hosts', 'Maximum UnHealthyHostCount > 0 in 3 of 5 periods of 60 s'],
  ['rejected-connections', 'Sum RejectedConnectionCount > 0 in 1 of 1 periods of 60 s'],
  ['blocked-requests', 'Sum BlockedRequests > 2000 in 1 of 1 periods of 300 s'],
  // The tasks: for five minutes.
  ['cpu', 'Average CPUUtilization > 80 in 5 of 5 periods of 60 s'],
  ['memory', 'Average MemoryUtilization > 85 in 5 of 5 periods of 60 s'],
  ['running-tasks', 'Minimum RunningTaskCount < 3 in 5 of 5 periods of 60 s'],
  // The database: its processors for ten minutes.
  ['database-cpu', 'Average CPUUtilization > 80 in 10 of 10 periods of 60 s'],
  ['database-connections', 'Average DatabaseConnections > 80 in 5 of 5 periods of 60 s'],
  ['database-storage', `Minimum FreeLocalStorage < ${5 * 1024 ** 3} in 5 of 5 periods of 60 s`],
  ['database-read-latency', 'Average ReadLatency > 0.02 in 5 of 5 periods of 60 s'],
  ['database-write-latency', 'Average WriteLatency > 0.02 in 5 of 5 periods of 60 s'],
  ['database-memory', 'Average FreeableMemory < 500 in 5 of 5 periods of 60 s'],
  // The cache.
  ['cache-cpu', 'Average CPUUtilization > 80 in 5 of 5 periods of 60 s'],
  ['cache-memory', 'Average DatabaseMemoryUsagePercentage > 80 in 5 of 5 periods of 60 s'],
  ['cache-connections', 'Average CurrConnections > 1000 in 5 of 5 periods of 60 s'],
  ['cache-hit-rate', 'Sum CacheHits and Sum CacheMisses < 80 in 3 of 3 periods of 300 s'],
  ['cache-replication-lag', 'Maximum ReplicationLag > 1 in 5 of 5 periods of 60 s'],
  ['cache-evictions', 'Sum Evictions > 100 in 3 of 3 periods of 300 s'],
])('The alarm %s rings at %s', (name, summary) => {
  const alarm = alarms.get(`alarm-${name}`);
  expect(alarm && summaryOf(alarm)).toBe(summary);
});

test('A few slow requests at night are no latency of one in a hundred', () => {
  expect(alarms.get('alarm-latency')).toMatchObject({ lowSampleCount: 'ignore' });
});

test('Expressions are of metrics of the same alarm, and one of them is compared', () => {
  const math = [...alarms.values()].flatMap(({ metric }) => (metric.kind === 'math' ? [metric.queries] : []));
  expect(math).toHaveLength(8);
  for (const queries of math) {
    expect(Object.values(queries).filter(({ returnData }) => returnData)).toHaveLength(1);
    for (const one of Object.values(queries))
      for (const id of 'expression' in one ? (one.expression.match(/\b[a-z]\w*/g) ?? []) : [])
        expect(Object.keys(queries)).toContain(id);
  }
});
