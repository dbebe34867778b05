import type { Input } from '../../../controller/engine/ref.ts';
import { loadBalancerMetrics, targetGroupMetrics, webAclMetrics } from '../metric-source.ts';
import type { ApiServiceSpec } from '../spec.ts';
import type { WatchedIngress } from '../watched.ts';
import type { Content, Row } from './layout.ts';
import { graph, heading, series } from './widgets.ts';

/** What those who call the service notice. */
export function requestRows(region: string, spec: ApiServiceSpec, ingress: WatchedIngress): readonly Row[] {
  return [
    heading('Requests'),
    {
      height: 6,
      contents: [
        rate(region, ingress),
        latency(region, spec, ingress),
        errors(region, spec, ingress),
        hosts(region, ingress),
      ],
    },
  ];
}

export function webAclRows(region: string, metricName: Input<string>): readonly Row[] {
  const source = webAclMetrics(metricName, region);
  const requests = graph(region, {
    title: 'Requests at the web ACL',
    unit: 'per minute',
    stacked: true,
    series: [
      series(source, 'AllowedRequests', { label: 'Allowed', stat: 'Sum' }),
      series(source, 'BlockedRequests', { label: 'Blocked', stat: 'Sum' }),
    ],
  });
  return [heading('Web ACL'), { height: 6, contents: [requests] }];
}

function rate(region: string, ingress: WatchedIngress): Content {
  return graph(region, {
    title: 'Request rate',
    unit: 'per minute',
    stacked: true,
    series: [series(loadBalancerMetrics(ingress), 'RequestCount', { label: 'Requests', stat: 'Sum' })],
  });
}

function latency(region: string, { alarms }: ApiServiceSpec, ingress: WatchedIngress): Content {
  const source = loadBalancerMetrics(ingress);
  return graph(region, {
    title: 'Latency',
    unit: 'seconds',
    series: [
      series(source, 'TargetResponseTime', { label: 'p50', stat: 'p50' }),
      series(source, 'TargetResponseTime', { label: 'p99', stat: 'p99' }),
    ],
    limit: { label: 'Alarm for p99', value: alarms.p99LatencySeconds },
  });
}

function errors(region: string, { alarms }: ApiServiceSpec, ingress: WatchedIngress): Content {
  const source = loadBalancerMetrics(ingress);
  return graph(region, {
    title: 'Errors',
    unit: 'per minute',
    series: [
      series(source, 'HTTPCode_Target_4XX_Count', { label: '4xx of tasks', stat: 'Sum' }),
      series(source, 'HTTPCode_Target_5XX_Count', { label: '5xx of tasks', stat: 'Sum' }),
      series(source, 'HTTPCode_ELB_5XX_Count', { label: '5xx of the load balancer', stat: 'Sum' }),
    ],
    limit: { label: 'Alarm for 5xx', value: alarms.http5xxPerMinute },
  });
}

function hosts(region: string, ingress: WatchedIngress): Content {
  const source = targetGroupMetrics(ingress);
  return graph(region, {
    title: 'Health checks of the load balancer',
    unit: 'tasks',
    series: [
      series(source, 'HealthyHostCount', { label: 'Healthy', stat: 'Minimum' }),
      series(source, 'UnHealthyHostCount', { label: 'Unhealthy', stat: 'Maximum' }),
    ],
  });
}
