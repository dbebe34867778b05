import { ListServiceDeploymentsCommand } from '@aws-sdk/client-ecs';
import { DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { Pass } from '../../product.ts';
import { partOf } from '../contract-manifest.ts';
import { interruptionsIn, Onlooker, strandedIn, type Sight } from './onlooker.ts';
import { networkKey, type Changes } from './service.ts';
import { ServiceLife, writesIn } from './service-life.ts';
import { spec } from './spec.ts';

/** As many as the contract wants at least. */
const tasks = 3;
const ingress = partOf(spec, 'ingress');
const container = partOf(spec, 'container');
const overHttp = { ingress: { ...ingress, certificateArn: undefined } };
const unprotected = { ...ingress, deletionProtection: false };
const place = { cluster: 'production-fintech-api-cluster', service: 'production-fintech-api-service' };

let onlooker: Onlooker;

beforeAll(async () => {
  const life = await ServiceLife.start();
  await life.change();
  await life.emulator.setLifecycles({
    // Each task, one after the other.
    'ecs/service': { starting: 0.05, stopping: 0.05 },
    'elb/load-balancer': { provisioning: 0.05 },
  });
  await life.keep();
  onlooker = await Onlooker.of(life);
});
beforeEach(() => onlooker.life.clear());
afterAll(() => onlooker.stop());

type Seen = { readonly sights: readonly Sight[]; readonly writes: readonly string[] };

async function watched(change: JsonObject, changes: Omit<Changes, 'spec'> = {}): Promise<Seen> {
  let passes: readonly Pass[] = [];
  const sights = await onlooker.watch(async () => {
    passes = await onlooker.life.change(change, changes);
  });
  return { sights, writes: writesIn(passes) };
}

/** The network changes, and the service goes by what it finds then. */
async function watchedWithNetwork(change: JsonObject, network: JsonObject): Promise<Seen> {
  const sights = await onlooker.watch(async () => {
    await onlooker.life.apply(change, { network });
    await onlooker.life.controller.converge(networkKey);
  });
  const { sights: later, writes } = await watched(change, { network });
  return { sights: [...sights, ...later], writes };
}

async function deployments(): Promise<number> {
  const { ecs } = onlooker.life.clients;
  return (await ecs.send(new ListServiceDeploymentsCommand(place))).serviceDeployments?.length ?? 0;
}

async function targetGroups(): Promise<readonly (string | undefined)[]> {
  const { TargetGroups = [] } = await onlooker.life.clients.elb.send(new DescribeTargetGroupsCommand({}));
  return TargetGroups.map(({ TargetGroupArn }) => TargetGroupArn);
}

/** Every one of these writes comes after all that are named before it. */
function inOrder(writes: readonly string[], ...operations: readonly string[]): void {
  const order = writes.flatMap((write) => operations.find((operation) => write.startsWith(operation)) ?? []);
  expect([...new Set(order)]).toEqual(operations);
  expect(order).toEqual(order.toSorted((one, other) => operations.indexOf(one) - operations.indexOf(other)));
}

describe('nobody is turned away', () => {
  test('from HTTP to HTTPS: 443 answers before 80 redirects there', async () => {
    await onlooker.life.change(overHttp);
    const { sights, writes } = await watched({});
    expect(interruptionsIn(sights, tasks)).toEqual([]);
    expect(writes).toEqual(['CreateListener listener-public-443', 'ModifyListener listener-public-80']);
    expect(sights.at(-1)?.answering).toEqual({ 80: tasks, 443: tasks });
  });

  test('from HTTPS to HTTP: 80 forwards before 443 goes', async () => {
    const { sights, writes } = await watched(overHttp);
    expect(interruptionsIn(sights, tasks)).toEqual([]);
    expect(writes).toEqual(['ModifyListener listener-public-80', 'DeleteListener listener-public-443']);
    expect(sights.at(-1)?.answering).toEqual({ 80: tasks });
  });

  test('by another certificate, which takes the place of the other in one call', async () => {
    const certificateArn =
      'arn:aws:acm:us-east-1:123456789012:certificate/11111111-1111-4111-8111-111111111111';
    const { sights, writes } = await watched({ ingress: { ...ingress, certificateArn } });
    expect(interruptionsIn(sights, tasks)).toEqual([]);
    expect(writes).toEqual(['ModifyListener listener-public-443']);
  });

  test('by another path of the health check, which starts no deployment', async () => {
    const before = await deployments();
    const { sights, writes } = await watched({
      healthCheck: { ...partOf(spec, 'healthCheck'), path: '/ready' },
    });
    expect(interruptionsIn(sights, tasks)).toEqual([]);
    expect(writes).toEqual(['ModifyTargetGroup target-group-public']);
    expect(await deployments()).toBe(before);
  });

  test('by another port of the container: three commits, and one deployment within the same target group', async () => {
    const [before, groups] = [await deployments(), await targetGroups()];
    const onNext = { container: { ...container, port: 9090 } };
    const commits = [
      await watchedWithNetwork({}, { ports: { app: 8080, appNext: 9090 } }),
      await watchedWithNetwork(onNext, { ports: { app: 8080, appNext: 9090 } }),
      await watchedWithNetwork(onNext, { ports: { app: 9090 } }),
    ];
    expect(commits.map(({ sights }) => interruptionsIn(sights, tasks))).toEqual([[], [], []]);
    expect(commits.map(({ writes }) => writes)).toEqual([
      [],
      ['RegisterTaskDefinition task-definition', 'UpdateService service'],
      [],
    ]);
    expect(await deployments()).toBe(before + 1);
    expect(await targetGroups()).toEqual(groups);
  });

  test('by a third zone: the load balancer is there before tasks are', async () => {
    const before = await deployments();
    const network = {
      availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      subnets: {
        public: ['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'],
        app: ['10.0.11.0/24', '10.0.12.0/24', '10.0.13.0/24'],
        data: ['10.0.21.0/24', '10.0.22.0/24', '10.0.23.0/24'],
      },
    };
    const { sights, writes } = await watchedWithNetwork({}, network);
    expect(interruptionsIn(sights, tasks)).toEqual([]);
    expect(writes).toEqual(['SetSubnets load-balancer-public', 'UpdateService service']);
    expect(await deployments()).toBe(before + 1);
  });

  test('by other capacity providers, each change with one deployment', async () => {
    const both = { FARGATE: { base: 1, weight: 1 }, FARGATE_SPOT: { weight: 2 } };
    const strategies = [{ FARGATE: { weight: 1 } }, both, { FARGATE_SPOT: { weight: 1 } }];
    const before = await deployments();
    for (const [index, capacityProviders] of strategies.entries()) {
      const { sights, writes } = await watched({ capacityProviders });
      expect(interruptionsIn(sights, tasks)).toEqual([]);
      // The cluster keeps both.
      expect(writes).toEqual(['UpdateService service']);
      expect(await deployments()).toBe(before + index + 1);
    }
  });

  test('by access logs that are switched off and on', async () => {
    const off = await watched({ ingress: { ...ingress, accessLogs: false } });
    const on = await watched({});
    expect([off, on].map(({ sights }) => interruptionsIn(sights, tasks))).toEqual([[], []]);
    expect(off.writes).toEqual([
      'ModifyLoadBalancerAttributes load-balancer-public',
      'PutBucketTagging access-logs',
    ]);
    // AWS would refuse to write into what is not there.
    expect(on.writes).toEqual([
      'PutBucketTagging access-logs',
      'ModifyLoadBalancerAttributes load-balancer-public',
    ]);
  });

  test('by a web ACL that goes and comes back', async () => {
    const off = await watched({ ingress: { ...ingress, waf: undefined } });
    const on = await watched({});
    expect([off, on].map(({ sights }) => interruptionsIn(sights, tasks))).toEqual([[], []]);
    inOrder(off.writes, 'DeleteAlarms', 'DisassociateWebACL', 'DeleteWebACL');
    inOrder(on.writes, 'CreateWebACL', 'AssociateWebACL');
    expect(off.sights.at(-1)?.unguarded).toEqual(['production-fintech-api-public']);
    expect(on.sights.at(-1)?.unguarded).toEqual([]);
  });

  test.each([
    ['the internet to the inside', 'internet-facing', 'internal', 'public', 'internal'],
    ['the inside to the internet', 'internal', 'internet-facing', 'internal', 'public'],
  ])(
    'from %s: tasks move to the new load balancer before the old one goes, and the web ACL guards both',
    async (_, from, to, before, after) => {
      await onlooker.life.change({ ingress: unprotected });
      await onlooker.life.change({ ingress: { ...unprotected, scheme: from } });
      const count = await deployments();
      const { sights, writes } = await watched({ ingress: { ...unprotected, scheme: to } });
      expect(interruptionsIn(sights, tasks)).toEqual([]);
      expect(sights.flatMap(({ unguarded }) => unguarded)).toEqual([]);
      inOrder(
        writes,
        `CreateLoadBalancer load-balancer-${after}`,
        `CreateListener listener-${after}-443`,
        `CreateListener listener-${after}-80`,
        'UpdateService service',
        `DeleteListener listener-${before}-`,
        `DeleteTargetGroup target-group-${before}`,
        `DeleteLoadBalancer load-balancer-${before}`,
      );
      expect(await deployments()).toBe(count + 1);
      // Protected again, as before.
      expect((await watched({ ingress: { ...ingress, scheme: to } })).writes).toEqual([
        `ModifyLoadBalancerAttributes load-balancer-${after}`,
      ]);
    },
  );
});

describe('a service that', () => {
  test('becomes a worker leaves the target group before anything of the way in goes', async () => {
    await onlooker.life.change({ ingress: unprotected });
    const { sights, writes } = await watched({ ingress: undefined });
    expect(sights.flatMap(strandedIn)).toEqual([]);
    inOrder(
      writes,
      'UpdateService service',
      'DeleteListener',
      'DeleteTargetGroup target-group-public',
      'DeleteLoadBalancer load-balancer-public',
    );
    // Nothing is left of it, but for the logs.
    expect(writes.filter((write) => /^(AddTags|TagResource)/.test(write))).toEqual([]);
    expect(sights.at(-1)).toMatchObject({ answering: {}, stranded: 0 });
  });

  test('was a worker gets its way in with one deployment, when the listeners are there', async () => {
    await onlooker.life.change({ ingress: unprotected });
    await onlooker.life.change({ ingress: undefined });
    const before = await deployments();
    const { sights, writes } = await watched({});
    expect(sights.flatMap(strandedIn)).toEqual([]);
    expect(sights.flatMap(({ unguarded }) => unguarded)).toEqual([]);
    inOrder(writes, 'CreateLoadBalancer', 'CreateListener', 'UpdateService service');
    expect(writes.filter((write) => write === 'UpdateService service')).toHaveLength(1);
    expect(await deployments()).toBe(before + 1);
    expect(sights.at(-1)?.answering).toEqual({ 80: tasks, 443: tasks });
  });
});
