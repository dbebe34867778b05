import { text, type Input, type Ref } from '../../../controller/engine/ref.ts';
import type { MetricSource } from '../metric-source.ts';
import type { Content, Row } from './layout.ts';

/** A metric or an expression as a widget has it: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export type Series = readonly unknown[];

type SeriesOptions = {
  readonly label: string;
  readonly stat: string;
  /** By it expressions refer to it. */
  readonly id?: string;
  readonly visible?: false;
  readonly yAxis?: 'right';
};

type Graph = {
  readonly title: string;
  readonly series: readonly Series[];
  /** What the numbers are, beside the axis. */
  readonly unit: string;
  readonly rightUnit?: string;
  readonly stacked?: true;
  /** The line beyond which an alarm rings. */
  readonly limit?: { readonly label: string; readonly value: number };
  readonly max?: number;
};

export function series(source: MetricSource, name: Input<string>, options: SeriesOptions): Series {
  return [source.namespace, name, ...Object.entries(source.dimensions).flat(), options];
}

export function expression(
  formula: Input<string>,
  options: { readonly label: string; readonly id: string; readonly yAxis?: 'right' },
): Series {
  return [{ expression: formula, ...options }];
}

export function graph(region: string, shown: Graph): Content {
  const { title, unit, rightUnit, limit, max, stacked = false } = shown;
  return {
    type: 'metric',
    properties: {
      title,
      region,
      view: 'timeSeries',
      stacked,
      period: 60,
      metrics: shown.series,
      yAxis: {
        left: { min: 0, label: unit, showUnits: false, ...(max !== undefined && { max }) },
        ...(rightUnit !== undefined && { right: { min: 0, label: rightUnit, showUnits: false } }),
      },
      ...(limit && { annotations: { horizontal: [limit] } }),
    },
  };
}

/** The latest values, with a small line of how they came about. */
export function numbers(region: string, title: string, shown: readonly Series[]): Content {
  return {
    type: 'metric',
    properties: { title, region, view: 'singleValue', sparkline: true, period: 60, metrics: shown },
  };
}

export function heading(title: string): Row {
  return { height: 1, contents: [{ type: 'text', properties: { markdown: `## ${title}` } }] };
}

export function alarmStates(alarms: readonly Ref<string>[]): Content {
  return { type: 'alarm', properties: { title: 'Alarms', alarms, sortBy: 'stateUpdatedTimestamp' } };
}

/** `query` without its source. */
export function logTable(
  region: string,
  title: string,
  { logGroupName, query }: { readonly logGroupName: string | Ref<string>; readonly query: readonly string[] },
): Content {
  return {
    type: 'log',
    properties: {
      title,
      region,
      view: 'table',
      query: text`SOURCE '${logGroupName}' | ${query.join('\n| ')}`,
    },
  };
}
