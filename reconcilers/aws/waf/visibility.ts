import type { VisibilityConfig } from '@aws-sdk/client-wafv2';
import type { Visibility } from './web-acl-spec.ts';

export function visibilityOf(found: VisibilityConfig | undefined): Visibility {
  return {
    metricName: found?.MetricName ?? '',
    metrics: found?.CloudWatchMetricsEnabled ?? false,
    sampledRequests: found?.SampledRequestsEnabled ?? false,
  };
}

export function visibilityInput({ metricName, metrics, sampledRequests }: Visibility): VisibilityConfig {
  return {
    MetricName: metricName,
    CloudWatchMetricsEnabled: metrics,
    SampledRequestsEnabled: sampledRequests,
  };
}
