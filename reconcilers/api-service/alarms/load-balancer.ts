import { loadBalancerMetrics, targetGroupMetrics } from '../metric-source.ts';
import type { ApiServiceSpec } from '../spec.ts';
import type { WatchedIngress } from '../watched.ts';
import { above, below, inARow, metric, outOf, type AlarmDefinition } from './definition.ts';

/** Whether those who call the service get answers, and in time. */
export function loadBalancerAlarms(
  { alarms, replicas }: ApiServiceSpec,
  ingress: WatchedIngress,
): readonly AlarmDefinition[] {
  const requests = loadBalancerMetrics(ingress);
  const targets = targetGroupMetrics(ingress);
  const hosts: AlarmDefinition = {
    name: 'healthy-hosts',
    meaning: `Fewer than ${replicas.min} tasks pass the health check of the load balancer.`,
    lookAt: 'the events of the service: tasks that stop, or a deployment that gets nowhere',
    metric: metric(targets, 'HealthyHostCount', 'Minimum'),
    ...below(replicas.min),
    ...inARow(5),
    treatMissingData: 'breaching',
  };
  return [
    {
      name: 'latency',
      meaning: `One request of a hundred takes longer than ${alarms.p99LatencySeconds} seconds.`,
      lookAt: 'the latency of the database and the processors of the tasks',
      metric: metric(requests, 'TargetResponseTime', 'p99'),
      ...above(alarms.p99LatencySeconds),
      ...outOf(5, 3),
      treatMissingData: 'notBreaching',
      lowSampleCount: 'ignore',
    },
    {
      name: 'target-4xx',
      meaning: `More than ${alarms.http4xxPerMinute} answers in a minute say that the request was wrong.`,
      lookAt:
        'who sends them, in the access logs: a client of another version, or somebody who tries things out',
      metric: metric(requests, 'HTTPCode_Target_4XX_Count', 'Sum'),
      ...above(alarms.http4xxPerMinute),
      ...outOf(5, 3),
      treatMissingData: 'notBreaching',
    },
    {
      name: 'target-5xx',
      meaning: `More than ${alarms.http5xxPerMinute} answers in a minute say that the service failed.`,
      lookAt: 'the errors in its log, and whether a deployment has just begun',
      metric: metric(requests, 'HTTPCode_Target_5XX_Count', 'Sum'),
      ...above(alarms.http5xxPerMinute),
      ...outOf(3, 2),
      treatMissingData: 'notBreaching',
    },
    {
      name: 'load-balancer-5xx',
      meaning: `The load balancer itself answers more than ${alarms.http5xxPerMinute} requests in a minute with an error.`,
      lookAt: 'the healthy tasks: none is left (503), or they close connections (502) or take too long (504)',
      metric: metric(requests, 'HTTPCode_ELB_5XX_Count', 'Sum'),
      ...above(alarms.http5xxPerMinute),
      ...outOf(3, 2),
      treatMissingData: 'notBreaching',
    },
    // Where no task has to run there are none to be healthy, and the alarm would ring for ever.
    ...(replicas.min > 0 ? [hosts] : []),
    {
      name: 'unhealthy-hosts',
      meaning: 'Tasks fail the health check of the load balancer.',
      lookAt: 'the log of these tasks, and what the path of the health check needs',
      metric: metric(targets, 'UnHealthyHostCount', 'Maximum'),
      ...above(0),
      ...outOf(5, 3),
      treatMissingData: 'notBreaching',
    },
    {
      name: 'rejected-connections',
      meaning: 'The load balancer has as many connections as it can have, and rejects others.',
      lookAt: 'the request rate and who sends so many, then the rate limit of the web ACL',
      metric: metric(requests, 'RejectedConnectionCount', 'Sum'),
      ...above(0),
      ...inARow(1),
      treatMissingData: 'notBreaching',
    },
  ];
}
