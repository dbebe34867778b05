import { insightMetrics, serviceMetrics } from '../metric-source.ts';
import type { ApiServiceSpec } from '../spec.ts';
import type { Watched } from '../watched.ts';
import type { Content, Row } from './layout.ts';
import { graph, heading, numbers, series } from './widgets.ts';

export function computeRows(region: string, spec: ApiServiceSpec, watched: Watched): readonly Row[] {
  const { cpuPercent, memoryPercent } = spec.alarms;
  return [
    heading('Tasks'),
    {
      height: 6,
      contents: [
        used('Processors of the tasks', 'CPUUtilization', cpuPercent),
        used('Memory of the tasks', 'MemoryUtilization', memoryPercent),
        tasks(region, spec, watched),
      ],
    },
  ];

  function used(title: string, metricName: string, limit: number): Content {
    const source = serviceMetrics(watched);
    return graph(region, {
      title,
      unit: 'percent',
      series: [
        series(source, metricName, { label: 'All tasks', stat: 'Average' }),
        series(source, metricName, { label: 'The busiest', stat: 'Maximum' }),
      ],
      limit: { label: 'Alarm for all tasks', value: limit },
    });
  }
}

function tasks(region: string, { containerInsights }: ApiServiceSpec, watched: Watched): Content {
  if (containerInsights === 'disabled') {
    const samples = { label: 'Running', stat: 'SampleCount' };
    return numbers(region, 'Tasks', [series(serviceMetrics(watched), 'CPUUtilization', samples)]);
  }
  const source = insightMetrics(watched);
  return numbers(region, 'Tasks', [
    series(source, 'RunningTaskCount', { label: 'Running', stat: 'Average' }),
    series(source, 'DesiredTaskCount', { label: 'Desired', stat: 'Average' }),
    series(source, 'PendingTaskCount', { label: 'Pending', stat: 'Average' }),
  ]);
}
