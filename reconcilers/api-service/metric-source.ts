import type { Input, Inputs } from '../../controller/engine/ref.ts';
import type { MetricStatistic } from '../aws/cloudwatch/alarm-spec.ts';
import type { Watched, WatchedDatabase, WatchedIngress } from './watched.ts';

/** What publishes metrics, by their namespace and dimensions. */
export type MetricSource = {
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, Input<string>>>;
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
export function loadBalancerMetrics({ loadBalancer }: WatchedIngress): MetricSource {
  return { namespace: 'AWS/ApplicationELB', dimensions: { LoadBalancer: loadBalancer } };
}

/** The counts of targets are those of a target group; what becomes of requests is the load balancer's too. */
export function targetGroupMetrics({ loadBalancer, targetGroup }: WatchedIngress): MetricSource {
  return {
    namespace: 'AWS/ApplicationELB',
    dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html */
export function serviceMetrics(watched: Watched): MetricSource {
  return { namespace: 'AWS/ECS', dimensions: serviceDimensions(watched) };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html */
export function insightMetrics(watched: Watched): MetricSource {
  return { namespace: 'ECS/ContainerInsights', dimensions: serviceDimensions(watched) };
}

function serviceDimensions({ clusterName, serviceName }: Watched) {
  return { ClusterName: clusterName, ServiceName: serviceName };
}

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
export function databaseMetrics({ instanceId }: WatchedDatabase): MetricSource {
  return { namespace: 'AWS/RDS', dimensions: { DBInstanceIdentifier: instanceId } };
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html */
export function cacheNodeMetrics(nodeId: Input<string>): MetricSource {
  return { namespace: 'AWS/ElastiCache', dimensions: { CacheClusterId: nodeId } };
}

/** Of all its rules together: https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html */
export function webAclMetrics(metricName: Input<string>, region: string): MetricSource {
  return { namespace: 'AWS/WAFV2', dimensions: { WebACL: metricName, Region: region, Rule: 'ALL' } };
}

/** `period` in seconds: all these metrics come once a minute. */
export function statisticOf(
  source: MetricSource,
  name: Input<string>,
  statistic: string,
  period = 60,
): Inputs<MetricStatistic> {
  return { ...source, name, statistic, period };
}
