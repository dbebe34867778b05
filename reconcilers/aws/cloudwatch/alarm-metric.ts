import {
  Statistic,
  type Dimension,
  type MetricAlarm,
  type MetricDataQuery,
  type PutMetricAlarmInput,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmMetric, MetricQuery, MetricStatistic } from './alarm-spec.ts';

/** The part of PutMetricAlarm that says what is watched. */
export function metricParameters(metric: AlarmMetric): Partial<PutMetricAlarmInput> {
  if (metric.kind === 'math')
    return { Metrics: Object.entries(metric.queries).map(([id, query]) => sdkQuery(id, query)) };
  const { namespace, name, dimensions, statistic, period, unit } = metric;
  const standard = Object.values(Statistic).find((known) => known === statistic);
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: sdkDimensions(dimensions),
    Period: period,
    Unit: unit,
    ...(standard === undefined ? { ExtendedStatistic: statistic } : { Statistic: standard }),
  };
}

/** What an alarm watches; of one that watches neither metrics nor expressions, as of PromQL, no queries. */
export function metricOf(alarm: MetricAlarm): AlarmMetric {
  const { MetricName, Metrics = [] } = alarm;
  if (MetricName === undefined)
    return {
      kind: 'math',
      queries: Object.fromEntries(Metrics.map((query) => [query.Id ?? '', queryOf(query)])),
    };
  return {
    kind: 'metric',
    namespace: alarm.Namespace ?? '',
    name: MetricName,
    dimensions: dimensionsOf(alarm.Dimensions),
    statistic: alarm.Statistic ?? alarm.ExtendedStatistic ?? '',
    period: alarm.Period ?? 0,
    unit: alarm.Unit,
  };
}

function sdkQuery(Id: string, query: MetricQuery): MetricDataQuery {
  const { returnData: ReturnData } = query;
  if ('expression' in query) return { Id, ReturnData, Expression: query.expression, Period: query.period };
  const { namespace, name, dimensions, statistic, period, unit } = query.metric;
  const Metric = { Namespace: namespace, MetricName: name, Dimensions: sdkDimensions(dimensions) };
  return { Id, ReturnData, MetricStat: { Metric, Stat: statistic, Period: period, Unit: unit } };
}

/** Without its label, which nobody sees of an alarm. What says nothing returns data. */
function queryOf({
  Expression,
  Period,
  MetricStat,
  ReturnData: returnData = true,
}: MetricDataQuery): MetricQuery {
  if (MetricStat === undefined) return { returnData, expression: Expression ?? '', period: Period };
  const { Metric, Stat = '', Period: period = 0, Unit: unit } = MetricStat;
  const metric: MetricStatistic = {
    namespace: Metric?.Namespace ?? '',
    name: Metric?.MetricName ?? '',
    dimensions: dimensionsOf(Metric?.Dimensions),
    statistic: Stat,
    period,
    unit,
  };
  return { returnData, metric };
}

function sdkDimensions(dimensions: Readonly<Record<string, string>>): Dimension[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

/** AWS keeps them in no order. */
function dimensionsOf(dimensions: readonly Dimension[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value]));
}
