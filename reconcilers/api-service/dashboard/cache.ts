import { cacheLimits } from '../alarms/limits.ts';
import { cacheNodeMetrics } from '../metric-source.ts';
import type { WatchedCache } from '../watched.ts';
import type { Content, Row } from './layout.ts';
import { expression, graph, heading, numbers, series, type Series } from './widgets.ts';

export function cacheRows(region: string, cache: WatchedCache): readonly Row[] {
  const contents = [hits(region, cache), memory(region, cache), connections(region, cache)];
  return [heading('Cache'), { height: 6, contents }];
}

function hits(region: string, cache: WatchedCache): Content {
  return graph(region, {
    title: 'Hits and misses of the cache',
    unit: 'per minute',
    stacked: true,
    series: [
      ...ofTheBusier(cache, 'CacheHits', { id: 'hits', label: 'Hits', stat: 'Sum' }),
      ...ofTheBusier(cache, 'CacheMisses', { id: 'misses', label: 'Misses', stat: 'Sum' }),
    ],
  });
}

function memory(region: string, cache: WatchedCache): Content {
  return graph(region, {
    title: 'Memory and processors of the cache',
    unit: 'percent',
    max: 100,
    series: [
      ...ofTheBusier(cache, 'DatabaseMemoryUsagePercentage', {
        id: 'memory',
        label: 'Memory',
        stat: 'Average',
      }),
      ...ofTheBusier(cache, 'CPUUtilization', { id: 'processors', label: 'Processors', stat: 'Average' }),
    ],
    limit: { label: 'Alarm', value: cacheLimits.memoryPercent },
  });
}

function connections(region: string, cache: WatchedCache): Content {
  return numbers(
    region,
    `Connections of the cache: alarm above ${cacheLimits.connections}`,
    ofTheBusier(cache, 'CurrConnections', { id: 'connections', label: 'Connections', stat: 'Average' }),
  );
}

/** Of the node that has more of it: that is the primary, whichever it is after a failover. */
function ofTheBusier(
  { firstNodeId, secondNodeId }: WatchedCache,
  name: string,
  { id, label, stat }: { readonly id: string; readonly label: string; readonly stat: string },
): readonly Series[] {
  const ofNodes = [firstNodeId, secondNodeId].map((nodeId, index) => {
    const node = `${id}${index + 1}`;
    return series(cacheNodeMetrics(nodeId), name, { id: node, label: node, stat, visible: false });
  });
  return [expression(`MAX([${id}1, ${id}2])`, { id, label }), ...ofNodes];
}
