import type { AlarmMetric, AlarmSpec } from '../../../../reconcilers/aws/cloudwatch/alarm-spec.ts';

export const topicOf = (name: string): string => `arn:aws:sns:eu-west-1:123456789012:${name}`;

export const cpu: AlarmMetric = {
  kind: 'metric',
  namespace: 'AWS/ECS',
  name: 'CPUUtilization',
  dimensions: { ServiceName: 'api', ClusterName: 'production' },
  statistic: 'Average',
  period: 60,
};

/** The share of requests that fail. */
export const errorRate: AlarmMetric = {
  kind: 'math',
  queries: {
    rate: { returnData: true, expression: '100 * errors / requests' },
    errors: { returnData: false, metric: loadBalancer('HTTPCode_Target_5XX_Count') },
    requests: { returnData: false, metric: loadBalancer('RequestCount') },
  },
};

function loadBalancer(name: string) {
  const dimensions = { LoadBalancer: 'app/api/0123456789abcdef' };
  return { namespace: 'AWS/ApplicationELB', name, dimensions, statistic: 'Sum', period: 60 };
}

export function sampleAlarm(name: string): AlarmSpec {
  return {
    name,
    description: 'The processors are busy',
    metric: cpu,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    threshold: 80,
    comparison: 'GreaterThanThreshold',
    treatMissingData: 'notBreaching',
    lowSampleCount: 'evaluate',
    alarmActions: [topicOf('one'), topicOf('two')],
    okActions: [topicOf('one')],
    insufficientDataActions: [],
    actionsEnabled: true,
    otherSettings: [],
  };
}
