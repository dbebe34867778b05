import type { WatchedCache } from '../watched.ts';
import { FIVE_MINUTES, hitRate, worseOfBoth } from './cache-metric.ts';
import { above, below, inARow, type AlarmDefinition } from './definition.ts';
import { cacheLimits as limits } from './limits.ts';

export function cacheAlarms(cache: WatchedCache): readonly AlarmDefinition[] {
  return [
    {
      name: 'cache-cpu',
      meaning: `A node of the cache uses more than ${limits.cpuPercent} % of its processors.`,
      lookAt: 'slow commands such as KEYS, in its slow log, and the number of new connections',
      metric: worseOfBoth(cache, 'CPUUtilization', 'Average'),
      ...above(limits.cpuPercent),
      ...inARow(5),
      treatMissingData: 'ignore',
    },
    {
      name: 'cache-memory',
      meaning: `A node of the cache has more than ${limits.memoryPercent} % of its memory in use.`,
      lookAt: 'keys that never expire, then the type of the nodes',
      metric: worseOfBoth(cache, 'DatabaseMemoryUsagePercentage', 'Average'),
      ...above(limits.memoryPercent),
      ...inARow(5),
      treatMissingData: 'ignore',
    },
    {
      name: 'cache-connections',
      meaning: `A node of the cache has more than ${limits.connections} connections.`,
      lookAt: 'whether tasks open one for each request and close none',
      metric: worseOfBoth(cache, 'CurrConnections', 'Average'),
      ...above(limits.connections),
      ...inARow(5),
      treatMissingData: 'ignore',
    },
    {
      name: 'cache-hit-rate',
      meaning: `For a quarter of an hour the cache knows less than ${limits.hitRatePercent} % of what it is asked for.`,
      lookAt:
        'evictions, a new name of keys, or a cache that was emptied: the database does the work meanwhile',
      metric: hitRate(cache),
      ...below(limits.hitRatePercent),
      ...inARow(3),
      treatMissingData: 'notBreaching',
    },
    {
      name: 'cache-replication-lag',
      meaning: `The replica is more than ${limits.replicationLagSeconds} second behind: a failover would lose so much.`,
      lookAt: 'how much is written, and the network of the nodes',
      metric: worseOfBoth(cache, 'ReplicationLag', 'Maximum'),
      ...above(limits.replicationLagSeconds),
      ...inARow(5),
      treatMissingData: 'notBreaching',
    },
    {
      name: 'cache-evictions',
      meaning: 'The cache throws away what has not expired, as it has no memory left for it.',
      lookAt: 'the use of its memory and how long keys live, then the type of the nodes',
      metric: worseOfBoth(cache, 'Evictions', 'Sum', FIVE_MINUTES),
      ...above(limits.evictionsPer5Minutes),
      ...inARow(3),
      treatMissingData: 'notBreaching',
    },
  ];
}
