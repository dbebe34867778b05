import type { Input, Inputs } from '../../../controller/engine/ref.ts';
import type { AlarmMetric, MetricQuery } from '../../aws/cloudwatch/alarm-spec.ts';
import { cacheNodeMetrics, statisticOf } from '../metric-source.ts';
import type { WatchedCache } from '../watched.ts';
import { cacheLimits } from './limits.ts';

/** In seconds. */
export const FIVE_MINUTES = 300;

/**
 * Of the node that has more of it, whichever is the primary. AWS advises against MAX in alarms, and takes a node
 * without data as one that has nothing: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function worseOfBoth(
  { firstNodeId, secondNodeId }: WatchedCache,
  name: string,
  statistic: string,
  period?: number,
): Input<AlarmMetric> {
  return {
    kind: 'math',
    queries: {
      worse: { returnData: true, expression: 'IF(first > second, first, second)' },
      first: hidden(firstNodeId, name, statistic, period),
      second: hidden(secondNodeId, name, statistic, period),
    },
  };
}

/**
 * What CacheHitRate is of one node, of both together: after a failover the other one is read. Of a few reads it says
 * nothing, and counts as good.
 */
export function hitRate({ firstNodeId, secondNodeId }: WatchedCache): Input<AlarmMetric> {
  const { readsPer5Minutes } = cacheLimits;
  return {
    kind: 'math',
    queries: {
      rate: { returnData: true, expression: `IF(reads > ${readsPer5Minutes}, 100 * hits / reads, 100)` },
      reads: { returnData: false, expression: 'hits + misses' },
      hits: { returnData: false, expression: 'hits1 + hits2' },
      misses: { returnData: false, expression: 'misses1 + misses2' },
      hits1: hidden(firstNodeId, 'CacheHits', 'Sum', FIVE_MINUTES),
      hits2: hidden(secondNodeId, 'CacheHits', 'Sum', FIVE_MINUTES),
      misses1: hidden(firstNodeId, 'CacheMisses', 'Sum', FIVE_MINUTES),
      misses2: hidden(secondNodeId, 'CacheMisses', 'Sum', FIVE_MINUTES),
    },
  };
}

function hidden(
  nodeId: Input<string>,
  name: string,
  statistic: string,
  period?: number,
): Inputs<MetricQuery> {
  return { returnData: false, metric: statisticOf(cacheNodeMetrics(nodeId), name, statistic, period) };
}
