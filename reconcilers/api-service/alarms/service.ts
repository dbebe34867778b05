import type { Input } from '../../../controller/engine/ref.ts';
import type { AlarmMetric } from '../../aws/cloudwatch/alarm-spec.ts';
import { insightMetrics, serviceMetrics } from '../metric-source.ts';
import type { ApiServiceSpec } from '../spec.ts';
import type { Watched } from '../watched.ts';
import { above, below, inARow, metric, type AlarmDefinition } from './definition.ts';

/** Whether enough tasks run, and whether they have enough to run with. */
export function serviceAlarms(spec: ApiServiceSpec, watched: Watched): readonly AlarmDefinition[] {
  const { alarms, replicas } = spec;
  const source = serviceMetrics(watched);
  const tasks: AlarmDefinition = {
    name: 'running-tasks',
    meaning: `Fewer than ${replicas.min} tasks run.`,
    lookAt: 'why tasks stopped, in the events of the service: the image, a secret, memory, or no capacity',
    metric: runningTasks(spec, watched),
    ...below(replicas.min),
    ...inARow(5),
    treatMissingData: 'breaching',
  };
  return [
    {
      name: 'cpu',
      meaning: `The tasks use more than ${alarms.cpuPercent} % of their processors for five minutes.`,
      lookAt: 'the request rate, and whether as many tasks run as replicas.max allows',
      metric: metric(source, 'CPUUtilization', 'Average'),
      ...above(alarms.cpuPercent),
      ...inARow(5),
      treatMissingData: 'ignore',
    },
    {
      name: 'memory',
      meaning: `The tasks use more than ${alarms.memoryPercent} % of their memory for five minutes.`,
      lookAt: 'whether it grows since the last deployment: a task that has none left is killed',
      metric: metric(source, 'MemoryUtilization', 'Average'),
      ...above(alarms.memoryPercent),
      ...inARow(5),
      treatMissingData: 'ignore',
    },
    // Where no task has to run it would ring for ever.
    ...(replicas.min > 0 ? [tasks] : []),
  ];
}

/**
 * Without Container Insights, each running task gives one sample a minute:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-metrics.html#cw_running_task_count
 */
function runningTasks({ containerInsights }: ApiServiceSpec, watched: Watched): Input<AlarmMetric> {
  return containerInsights === 'disabled'
    ? metric(serviceMetrics(watched), 'CPUUtilization', 'SampleCount')
    : metric(insightMetrics(watched), 'RunningTaskCount', 'Minimum');
}
