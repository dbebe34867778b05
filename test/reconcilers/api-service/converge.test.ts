import { afterAll, beforeAll, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import { mutating, type Pass } from '../../product.ts';
import { readServiceState, type ServiceState } from '../../service-state/state.ts';
import { readable, tagsIn } from '../ledger-database/readable.ts';
import { serviceKey } from './service.ts';
import { ServiceLife } from './service-life.ts';

let life: ServiceLife;
let passes: readonly Pass[];
/** What there was not before, by type and name. */
let made: ServiceState;

beforeAll(async () => {
  life = await ServiceLife.start();
  const before = await readServiceState(life.clients);
  passes = await life.change();
  made = without(before, await readServiceState(life.clients));
});

afterAll(() => life.stop());

test('The service of the contract is there after three passes, and the fourth one writes nothing', () => {
  expect(passes.length).toBeLessThanOrEqual(4);
  expect(mutating(passes.at(-1)?.calls ?? [])).toEqual([]);
});

test('Nothing that AWS was asked for was refused, but to show a family of tasks that was not there', () => {
  const failed = passes.flatMap(({ calls }) => calls).filter(({ outcome }) => outcome !== 'success');
  const operations = failed.map(({ operation, errorCode = '' }) => `${operation} ${errorCode}`);
  expect(new Set(operations)).toEqual(new Set(['DescribeTaskDefinition ClientException']));
});

test('What is in AWS then is what people who know AWS expect', async () => {
  // Alarms and the page that shows them have tests of their own.
  const { alarms = {}, dashboards = {}, ...others } = made;
  expect(Object.keys(alarms)).toHaveLength(23);
  expect(Object.keys(dashboards)).toEqual(['production-fintech-api-dashboard']);
  await expect(readable(others)).toMatchFileSnapshot('converged.txt');
});

test('It says that it is ready, with all its parts', () => {
  expect(life.controller.conditions(serviceKey)).toEqual({
    Ready: 'True InSync: 40 resources are as the manifest says',
    Drifted: 'False NoDrift: AWS is as it was left',
    ImageReady: 'True InSync: repository',
    SecretsReady: 'True InSync: secret-fintech/api-keys; secret-fintech/encryption-key',
    IngressReady:
      'True InSync: access-logs; load-balancer-public; target-group-public; listener-public-443; listener-public-80; and 1 more',
    ServiceReady: 'True InSync: logs; execution-role; task-role; cluster; task-definition; and 2 more',
    MonitoringReady:
      'True InSync: alarm-latency; alarm-target-4xx; alarm-target-5xx; alarm-load-balancer-5xx; alarm-healthy-hosts; and 19 more',
  });
});

test('Its status says what other objects and people need', () => {
  const { conditions: _, resources: __, ...status } = life.status;
  const name = 'production-fintech-api';
  const dnsName = /^production-fintech-api-public-\d+\.us-east-1\.elb\.amazonaws\.com$/;
  expect(status).toEqual({
    url: `https://${String(status['loadBalancerDnsName'])}`,
    loadBalancerDnsName: expect.stringMatching(dnsName),
    loadBalancerHostedZoneId: expect.stringMatching(/^Z\w+$/),
    clusterArn: arn('ecs', `cluster/${name}-cluster`),
    serviceArn: arn('ecs', `service/${name}-cluster/${name}-service`),
    taskDefinitionArn: arn('ecs', `task-definition/${name}-task:1`),
    repositoryUri: '123456789012.dkr.ecr.us-east-1.amazonaws.com/fintech-api',
    runningCount: 3,
    desiredCount: 3,
    topicArn: 'arn:aws:sns:us-east-1:123456789012:fintech-alerts',
    dashboard: `${name}-dashboard`,
    secrets: [
      {
        name: 'fintech/api-keys',
        arn: arn('secretsmanager', 'secret:fintech/api-keys-\\w{6}'),
        hasValue: true,
      },
      {
        name: 'fintech/encryption-key',
        arn: arn('secretsmanager', 'secret:fintech/encryption-key-\\w{6}'),
        hasValue: true,
      },
    ],
    observedGeneration: 1,
    lastObservedTime: expect.any(String),
  });
});

test('Everything that can have tags has those of the Environment, and a name', () => {
  const tags = Object.values(tagsIn({ ...made, listeners: listenersIn(made) })).filter(
    (found) => found['fintech.global/owner'] === serviceKey,
  );
  const nodes = tags.map((found) => found['fintech.global/node'] ?? '');
  const expected = life.controller.record(serviceKey).status.resources.map(({ node }) => node);
  expect(nodes.toSorted()).toEqual(expected.toSorted());
  for (const found of tags)
    expect(found).toMatchObject({
      Environment: 'Production',
      Project: 'FinTechGlobal',
      CostCenter: 'CC-12345',
      Owner: 'team-platform@company.com',
      DataClassification: 'Confidential',
      Compliance: 'SOC2',
      BackupPolicy: 'Daily',
      AutoShutdown: 'false',
      ManagedBy: 'fintech-controller',
      Name: `production-fintech-api-${found['fintech.global/node']}`,
    });
});

test('The next pass writes nothing and takes 25 calls', async () => {
  // Within a minute after it was written a dashboard is read as a whole once more.
  await life.clock.sleep(60_000);
  const { calls, verdict } = await life.pass();
  expect(mutating(calls)).toEqual([]);
  expect(verdict.error).toBeUndefined();
  expect(verdict).toMatchObject({ wrote: false, appeared: [], resync: 300_000 });
  const byService = Map.groupBy(calls, ({ service }) => service);
  expect(Object.fromEntries([...byService].map(([service, group]) => [service, group.length]))).toEqual({
    autoscaling: 2,
    cloudwatch: 3,
    ecr: 2,
    ecs: 3,
    elb: 5,
    iam: 2,
    logs: 1,
    s3: 3,
    secrets: 1,
    tagging: 1,
    waf: 2,
  });
});

/** They are shown with their load balancer. */
function listenersIn({ loadBalancers = {} }: ServiceState): JsonObject {
  const all = Object.values(loadBalancers).flatMap((one) => (isJsonObject(one) ? [one['Listeners']] : []));
  return Object.fromEntries(all.flatMap((one) => (isJsonObject(one) ? Object.entries(one) : [])));
}

function without(before: ServiceState, after: ServiceState): ServiceState {
  return Object.fromEntries(
    Object.entries(after).map(([type, found]) => [
      type,
      Object.fromEntries(Object.entries(found).filter(([name]) => !(name in (before[type] ?? {})))),
    ]),
  );
}

function arn(service: string, resource: string) {
  return expect.stringMatching(new RegExp(`^arn:aws:${service}:us-east-1:123456789012:${resource}$`));
}
