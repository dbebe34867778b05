import type { MetricAlarm, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { metricOf, metricParameters } from './alarm-metric.ts';
import type { AlarmSpec } from './alarm-spec.ts';

/** PutMetricAlarm replaces everything but state and tags, so everything is said. */
export function alarmParameters(spec: AlarmSpec): PutMetricAlarmInput {
  return {
    ...metricParameters(spec.metric),
    AlarmName: spec.name,
    AlarmDescription: spec.description,
    EvaluationPeriods: spec.evaluationPeriods,
    DatapointsToAlarm: spec.datapointsToAlarm,
    Threshold: spec.threshold,
    ComparisonOperator: spec.comparison,
    TreatMissingData: spec.treatMissingData,
    // Meant for percentiles only; to evaluate them is what AWS does if nothing is said.
    ...(spec.lowSampleCount === 'ignore' ? { EvaluateLowSampleCountPercentile: 'ignore' } : {}),
    AlarmActions: [...spec.alarmActions],
    OKActions: [...spec.okActions],
    InsufficientDataActions: [...spec.insufficientDataActions],
    ActionsEnabled: spec.actionsEnabled,
  };
}

const treatments = ['breaching', 'notBreaching', 'ignore', 'missing'] as const;

export function alarmSpecOf(alarm: MetricAlarm): AlarmSpec {
  const { EvaluationPeriods: evaluationPeriods = 0 } = alarm;
  return {
    name: alarm.AlarmName ?? '',
    description: alarm.AlarmDescription ?? '',
    metric: metricOf(alarm),
    evaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? evaluationPeriods,
    // Alarms without these compare with something that is among their other settings.
    threshold: alarm.Threshold ?? 0,
    comparison: alarm.ComparisonOperator ?? 'GreaterThanThreshold',
    treatMissingData: treatments.find((known) => known === alarm.TreatMissingData) ?? 'missing',
    lowSampleCount: alarm.EvaluateLowSampleCountPercentile === 'ignore' ? 'ignore' : 'evaluate',
    alarmActions: alarm.AlarmActions ?? [],
    okActions: alarm.OKActions ?? [],
    insufficientDataActions: alarm.InsufficientDataActions ?? [],
    actionsEnabled: alarm.ActionsEnabled ?? true,
    otherSettings: otherSettingsOf(alarm),
  };
}

function otherSettingsOf(alarm: MetricAlarm): readonly string[] {
  const settings = {
    ActionConfiguration: alarm.ActionConfiguration,
    EvaluationCriteria: alarm.EvaluationCriteria,
    // A sliding one is what an alarm has if nothing is said.
    EvaluationWindow: alarm.EvaluationWindow?.WallClockWindow,
    ThresholdMetricId: alarm.ThresholdMetricId,
    WarmUpConfiguration: alarm.WarmUpConfiguration,
  };
  return Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}
