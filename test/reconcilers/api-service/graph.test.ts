import { describe, expect, test } from 'vitest';
import { differences, specOf, wanted, withPart } from './wanted.ts';

const contract = wanted();

/** Which things its alarms are about, as `database` of `alarm-database-cpu`. */
function alarmed({ nodes }: typeof contract): readonly string[] {
  const alarms = Object.keys(nodes).filter((id) => id.startsWith('alarm-'));
  return [...new Set(alarms.map((id) => id.split('-')[1] ?? ''))].toSorted();
}

/** Ids of the nodes that are retained when the object goes. */
function lasting({ nodes }: typeof contract): readonly string[] {
  return Object.entries(nodes).flatMap(([id, { outlivesObject }]) => (outlivesObject ? [id] : []));
}

describe('Without ingress', () => {
  const worker = { ingress: undefined };

  test('there is nothing that leads to the tasks', () => {
    expect(differences(worker)).toEqual([
      '-access-logs',
      '-listener-public-443',
      '-listener-public-80',
      '-load-balancer-public',
      '-target-group-public',
      '-web-acl',
      '~service',
    ]);
    expect(specOf('service', worker)).toMatchObject({ loadBalancers: [], healthCheckGracePeriodSeconds: 0 });
    const { status } = wanted(worker);
    expect(status).not.toHaveProperty('url');
    expect(status).not.toHaveProperty('loadBalancerDnsName');
  });

  test('nobody is told of requests', () => {
    expect(alarmed(wanted(worker))).toEqual(['cache', 'cpu', 'database', 'memory', 'running']);
  });
});

describe('The way in', () => {
  test('without a certificate is port 80, on which requests are served', () => {
    const changes = withPart('ingress', { certificateArn: undefined });
    expect(differences(changes)).toEqual([
      '-listener-public-443',
      '~listener-public-80',
      '~load-balancer-public',
      '~service',
    ]);
    expect(specOf('listener-public-80', changes)).toMatchObject({
      protocol: 'HTTP',
      action: { type: 'forward', targetGroupArn: '${elb/target-group target-group-public.arn}' },
    });
    expect(wanted(changes).status['url']).toMatch(/^http:/);
  });

  test('with a certificate is port 443, and 80 leads there', () => {
    expect(specOf('listener-public-443')).toMatchObject({
      protocol: 'HTTPS',
      certificateArn: expect.stringContaining('certificate/00000000'),
      action: { type: 'forward' },
    });
    expect(specOf('listener-public-80')).toMatchObject({
      action: { type: 'redirect', protocol: 'HTTPS', port: '443' },
    });
    expect(contract.nodes['listener-public-80']?.needs).toContain('listener-public-443');
    expect(contract.status['url']).toMatch(/^https:/);
  });

  test('from inside the network is another load balancer, in other subnets', () => {
    const changes = withPart('ingress', { scheme: 'internal' });
    expect(differences(changes)).toEqual([
      '+listener-internal-443',
      '+listener-internal-80',
      '+load-balancer-internal',
      '+target-group-internal',
      '-listener-public-443',
      '-listener-public-80',
      '-load-balancer-public',
      '-target-group-public',
      '~service',
      '~web-acl',
    ]);
    expect(specOf('load-balancer-internal', changes)['subnetIds']).toBe(
      '${FintechNetwork/production/core.subnets.app.*.id}',
    );
    expect(specOf('load-balancer-public')['subnetIds']).toBe(
      '${FintechNetwork/production/core.subnets.public.*.id}',
    );
    expect(specOf('load-balancer-internal', changes)['name']).not.toBe(
      specOf('load-balancer-public')['name'],
    );
  });

  test('is a service’s only after a listener leads to its tasks', () => {
    expect(contract.nodes['service']?.needs).toEqual(
      expect.arrayContaining(['listener-public-443', 'listener-public-80']),
    );
  });

  test('records no requests unless that is wanted', () => {
    const changes = withPart('ingress', { accessLogs: undefined });
    expect(differences(changes)).toEqual(['-access-logs', '~load-balancer-public']);
    expect(specOf('load-balancer-public', changes)).not.toHaveProperty('accessLogs');
  });

  test('is guarded by no web ACL unless one is wanted', () => {
    expect(differences(withPart('ingress', { waf: undefined }))).toEqual(['-web-acl', '~service']);
  });

  test('leads to tasks only behind its web ACL', () => {
    expect(contract.nodes['service']?.needs).toContain('web-acl');
  });

  test('is closed for countries before anything else is looked at', () => {
    const waf = { rateLimitPer5Min: 500, managedRules: ['AWSManagedRulesCommonRuleSet'] };
    const rulesWith = (changes: object) =>
      specOf('web-acl', withPart('ingress', { waf: { ...waf, ...changes } }))['rules'];
    const usual = { 'rate-limit': { priority: 1 }, AWSManagedRulesCommonRuleSet: { priority: 10 } };
    expect(rulesWith({})).toMatchObject(usual);
    expect(rulesWith({})).not.toHaveProperty('blocked-countries');
    const countries = { 'blocked-countries': { priority: 0 } };
    expect(rulesWith({ blockedCountries: ['KP', 'IR'] })).toMatchObject({ ...usual, ...countries });
  });
});

describe('How many tasks run', () => {
  test('is chosen between two bounds, by what is to be aimed at', () => {
    const targets = { targetCpuPercent: 50, targetMemoryPercent: 60, targetRequestsPerMinute: 1000 };
    expect(specOf('scaling', { autoscaling: { ...targets, scaleInCooldown: '10m' } })).toMatchObject({
      minCapacity: 3,
      maxCapacity: 10,
      policies: {
        cpu: { targetValue: 50, scaleInCooldown: 600, scaleOutCooldown: 60 },
        memory: { targetValue: 60 },
        requests: {
          targetValue: 1000,
          metric: 'ALBRequestCountPerTarget',
          resourceLabel:
            '${elb/load-balancer load-balancer-public.fullName}/${elb/target-group target-group-public.fullName}',
        },
      },
    });
  });

  test('is not chosen where both bounds are the same', () => {
    expect(differences({ replicas: { min: 3, max: 3 } })).toEqual(['-scaling', '~service']);
  });

  test('is none where none is wanted, and nobody is told that none runs', () => {
    const none = { replicas: { min: 0, max: 0 } };
    expect(differences(none)).toEqual(['-scaling', '~service']);
    expect(specOf('service', none)).toMatchObject({ desiredCount: 0, maxDesiredCount: 0 });
    expect(alarmed(wanted(none))).not.toContain('running');
    expect(alarmed(wanted(none))).not.toContain('healthy');
  });

  test('is none while the service is asleep, whatever autoscaling would like, and nobody is woken', () => {
    const circumstances = { isAsleep: true };
    expect(differences({}, circumstances)).toEqual(['~scaling', '~service']);
    expect(specOf('service', {}, circumstances)).toMatchObject({ desiredCount: 0, maxDesiredCount: 0 });
    expect(specOf('scaling', {}, circumstances)).toMatchObject({
      minCapacity: 0,
      maxCapacity: 10,
      suspended: { scaleIn: true, scaleOut: true, scheduled: true },
    });
    const enabled = (nodes: typeof contract.nodes) =>
      Object.values(nodes).flatMap(({ spec }) => ('actionsEnabled' in spec ? [spec['actionsEnabled']] : []));
    expect(new Set(enabled(contract.nodes))).toEqual(new Set([true]));
    expect(new Set(enabled(wanted({}, circumstances).nodes))).toEqual(new Set([false]));
  });
});

describe('Those who are told', () => {
  test('are a topic of the service’s own, under a key, where none is named', () => {
    const changes = withPart('alarms', { notify: undefined });
    expect(differences(changes)).toEqual(['+topic']);
    expect(specOf('topic', changes)['kmsKey']).toBe('${LedgerDatabase/production/ledger.kmsKeyArn}');
    expect(specOf('alarm-cpu', changes)['alarmActions']).toEqual(['${sns/topic topic.arn}']);
    expect(wanted(changes).status['topicArn']).toBe('${sns/topic topic.arn}');
  });
});

describe('What is kept when the object goes', () => {
  test('are images and the record of requests', () => {
    expect(lasting(contract)).toEqual(['repository', 'access-logs']);
  });

  test('are no images where they are to be deleted', () => {
    const changes = { deleteImages: true };
    expect(lasting(wanted(changes))).toEqual(['access-logs']);
    expect(specOf('repository')['emptyOnDeletion']).toBe(false);
    expect(specOf('repository', changes)['emptyOnDeletion']).toBe(true);
  });
});

test('What needs neither network nor database waits for nothing', () => {
  const free = Object.entries(contract.nodes).filter(([, { needs, waitsFor }]) => {
    const all = needs.flatMap((id) => contract.nodes[id]?.waitsFor ?? []);
    return waitsFor.length === 0 && all.length === 0 && needs.length === 0;
  });
  expect(free.map(([id]) => id)).toEqual(['repository', 'logs', 'access-logs', 'cluster']);
});
