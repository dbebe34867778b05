import type { Input } from '../../../controller/engine/ref.ts';
import type { AlarmMetric, AlarmSpec } from '../../aws/cloudwatch/alarm-spec.ts';
import { statisticOf, type MetricSource } from '../metric-source.ts';

/** What makes an alarm another than its neighbours. */
export type AlarmDefinition = Evaluation &
  Limit & {
    /** The node is `alarm-<name>`. */
    readonly name: string;
    /** For whoever is woken: what it means, as a sentence, and where to look first. */
    readonly meaning: string;
    readonly lookAt: string;
    readonly metric: Input<AlarmMetric>;
    /**
     * Metrics that come only where there is something to count are `notBreaching`. Those that always come while
     * something runs are `ignore`: the state stays what it was when it is stopped, and without any data an alarm never
     * says OK. `breaching` are those whose absence is what the alarm is about.
     * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
     */
    readonly treatMissingData: 'notBreaching' | 'ignore' | 'breaching';
    /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html */
    readonly lowSampleCount?: AlarmSpec['lowSampleCount'];
  };

type Evaluation = Pick<AlarmSpec, 'evaluationPeriods' | 'datapointsToAlarm'>;

type Limit = Pick<AlarmSpec, 'threshold' | 'comparison'>;

export function above(threshold: number): Limit {
  return { threshold, comparison: 'GreaterThanThreshold' };
}

export function below(threshold: number): Limit {
  return { threshold, comparison: 'LessThanThreshold' };
}

export function inARow(periods: number): Evaluation {
  return { evaluationPeriods: periods, datapointsToAlarm: periods };
}

/** For what comes and goes: so many of the last periods. */
export function outOf(periods: number, datapoints: number): Evaluation {
  return { evaluationPeriods: periods, datapointsToAlarm: datapoints };
}

/** One metric, by the minute. */
export function metric(source: MetricSource, name: Input<string>, statistic: string): Input<AlarmMetric> {
  return { kind: 'metric', ...statisticOf(source, name, statistic) };
}
