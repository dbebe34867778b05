import { describe, expect, test } from 'vitest';
import type { Watched } from '../../../reconcilers/api-service/watched.ts';
import { ingress, monitoring, topicArn, wanted, watched, worker } from './monitored.ts';

type Monitored = Parameters<typeof monitoring>[0];

const names = (of: Monitored = {}): readonly string[] =>
  [...wanted(monitoring(of)).keys()].filter((id) => id !== 'dashboard');

function alarm(name: string, of: Monitored = {}) {
  const found = wanted(monitoring(of)).get(`alarm-${name}`);
  if (found === undefined) throw new Error(`there is no alarm ${name}`);
  return found;
}

const withDatabase = (database: Partial<NonNullable<Watched['database']>>): Watched => ({
  ...worker,
  database: watched.database && { ...watched.database, ...database },
});

const ofNode = (CacheClusterId: string) => ({ metric: { dimensions: { CacheClusterId } } });

describe('The alarms', () => {
  const all = names().map((id) => alarm(id.replace('alarm-', '')));

  test('of a service with all there can be are more than twenty', () => {
    expect(all.length).toBeGreaterThan(20);
  });

  test('all tell when they begin and when they are over', () => {
    const actions = { alarmActions: [topicArn], okActions: [topicArn], actionsEnabled: true };
    for (const one of all) expect(one).toMatchObject({ ...actions, insufficientDataActions: [] });
  });

  test('say whose they are, what they mean and where to look first', () => {
    for (const { name, description } of all) {
      expect(name).toMatch(/^production-api-alarm-/);
      expect(description).toMatch(/^production\/api: [A-Z].*\. Look first at .*[^.]\.$/);
    }
  });

  test('wake nobody while what they are about is stopped on purpose', () => {
    const asleep = [...wanted(monitoring({ isAsleep: true })).values()].slice(0, -1);
    expect(asleep).toHaveLength(all.length);
    for (const one of asleep) expect(one).toMatchObject({ actionsEnabled: false });
  });

  test('keep quiet for want of data, but for those that are about what is missing', () => {
    const breaching = all.filter(({ treatMissingData }) => treatMissingData === 'breaching');
    expect(breaching.map(({ name }) => name)).toEqual([
      'production-api-alarm-healthy-hosts',
      'production-api-alarm-running-tasks',
    ]);
  });
});

const otherNumbers = {
  alarms: {
    p99LatencySeconds: 0.25,
    http4xxPerMinute: 7,
    http5xxPerMinute: 3,
    cpuPercent: 61,
    memoryPercent: 62,
  },
  replicas: { min: 4, max: 4 },
  ingress: { ...ingress, waf: { rateLimitPer5Min: 500, managedRules: [], blockedCountries: [] } },
};

describe('A service', () => {
  test('without ingress and database has alarms of its tasks only', () => {
    expect(names({ watched: worker })).toEqual(['alarm-cpu', 'alarm-memory', 'alarm-running-tasks']);
  });

  test('without a web ACL has no alarm of one', () => {
    expect(names({ watched: { ...watched, webAcl: undefined } })).toEqual(
      names().filter((name) => name !== 'alarm-blocked-requests'),
    );
  });

  test('whose database has no cache for it has no alarms of one', () => {
    const found = names({ watched: withDatabase({ cache: undefined }) });
    expect(found.filter((name) => name.startsWith('alarm-cache'))).toEqual([]);
    expect(found.filter((name) => name.startsWith('alarm-database'))).toHaveLength(6);
  });

  test('that may have no task at all has no alarm that there is none', () => {
    const none = names({ spec: { replicas: { min: 0, max: 0 } } });
    expect(names().filter((name) => !none.includes(name))).toEqual([
      'alarm-healthy-hosts',
      'alarm-running-tasks',
    ]);
  });

  test('without Container Insights has its tasks counted by the samples of their processors', () => {
    const metric = { namespace: 'AWS/ECS', name: 'CPUUtilization', statistic: 'SampleCount', period: 60 };
    const disabled = alarm('running-tasks', { spec: { containerInsights: 'disabled' } });
    expect(disabled).toMatchObject({ metric, threshold: 3, comparison: 'LessThanThreshold' });
    expect(alarm('running-tasks', { spec: { containerInsights: 'enhanced' } })).toMatchObject({
      metric: { namespace: 'ECS/ContainerInsights', name: 'RunningTaskCount' },
    });
  });

  test.each([
    ['latency', 0.25],
    ['target-4xx', 7],
    ['target-5xx', 3],
    ['load-balancer-5xx', 3],
    ['cpu', 61],
    ['memory', 62],
    ['healthy-hosts', 4],
    ['running-tasks', 4],
    ['blocked-requests', 500],
  ])('says itself at what number the alarm %s rings', (name, threshold) => {
    expect(alarm(name, { spec: otherNumbers })).toMatchObject({ threshold });
  });
});

describe('What is watched', () => {
  test('of targets is their group, of requests the load balancer', () => {
    const { loadBalancer, targetGroup } = watched.ingress ?? {};
    expect(alarm('healthy-hosts')).toMatchObject({
      metric: { dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup } },
    });
    expect(alarm('load-balancer-5xx')).toMatchObject({
      metric: { dimensions: { LoadBalancer: loadBalancer } },
    });
  });

  test('of the web ACL is all its rules together', () => {
    const dimensions = { WebACL: 'production-api-web-acl', Region: 'eu-west-1', Rule: 'ALL' };
    expect(alarm('blocked-requests')).toMatchObject({ metric: { namespace: 'AWS/WAFV2', dimensions } });
  });

  test('of connections is the share of as many as the database takes', () => {
    expect(alarm('database-connections')).toMatchObject({
      threshold: 80,
      metric: { queries: { percent: { expression: 'connections * 100 / 410' } } },
    });
  });

  test('of connections is nothing where nobody knows how many there can be, as CloudWatch drops such points', () => {
    const unknown = { watched: withDatabase({ maxConnections: 0 }) };
    expect(alarm('database-connections', unknown)).toMatchObject({
      treatMissingData: 'ignore',
      metric: { queries: { percent: { expression: 'connections * 100 / 0' } } },
    });
  });

  test('of memory is how much can be freed, which is enough where it is more than a tenth', () => {
    expect(alarm('database-memory')).toMatchObject({
      threshold: 500,
      comparison: 'LessThanThreshold',
      metric: {
        queries: {
          counted: { expression: 'IF(free * 4096 > 0 AND free * 100 > 4096 * 10, 500, free)' },
          free: { expression: 'bytes / 1048576' },
          bytes: { metric: { name: 'FreeableMemory', statistic: 'Average' } },
        },
      },
    });
  });

  test('of storage is what the engine tells of it', () => {
    const own = { watched: withDatabase({ freeStorageMetric: 'FreeStorageSpace' }) };
    expect(alarm('database-storage', own)).toMatchObject({ metric: { name: 'FreeStorageSpace' } });
    expect(alarm('database-storage')).toMatchObject({ metric: { name: 'FreeLocalStorage' } });
  });

  test('of the cache is both nodes, as either may be the primary', () => {
    expect(alarm('cache-memory')).toMatchObject({
      metric: {
        queries: {
          first: ofNode('production-ledger-cache-001'),
          second: ofNode('production-ledger-cache-002'),
        },
      },
    });
  });
});
