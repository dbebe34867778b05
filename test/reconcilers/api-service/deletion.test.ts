import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  DescribeLoadBalancersCommand,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import type { Clients } from '../../clients.ts';
import { readingOf } from '../../product.ts';
import { readServiceState } from '../../service-state/state.ts';
import { pushImage } from '../aws/ecr/repository-samples.ts';
import { deletable, guarded, imagesIn, repositoryName, valuesOf } from './deletable.ts';
import { smallNetwork } from '../ledger-database/ledger.ts';
import { withSpec } from '../contract-manifest.ts';
import { contract, ledgerKey, networkKey, smallLedger } from './service.ts';
import { ServiceLife, writesIn } from './service-life.ts';

const retainedTag = 'fintech.global/retained';
const tasksGoOn = { 'ecs/service': { stopping: 'held' } } as const;
const tasksEnd = { 'ecs/service': { stopping: 0 } } as const;

let life: ServiceLife;

beforeAll(async () => {
  life = await ServiceLife.start();
  await life.change(guarded);
  await pushImage(life.clients.ecr, repositoryName, '1.4.2');
});

afterAll(() => life.stop());

const state = () => readServiceState(life.clients);

async function withoutProtection({ elb }: Clients): Promise<void> {
  const { LoadBalancers: [balancer] = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'false' }];
  const LoadBalancerArn = balancer?.LoadBalancerArn;
  await elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
}

describe('as long as its manifest protects the load balancer,', () => {
  beforeAll(() => life.keep());

  afterEach(() => life.clear());

  test('nothing at all goes, also when somebody else takes the protection away', async () => {
    const before = await state();
    await life.remove();
    expect(writesIn(await life.untilQuiet())).toEqual([]);
    const blocked =
      'DeletionBlocked: elb/load-balancer load-balancer-public has deletion protection: ' +
      'set deletionProtection to false first, and delete it then';
    expect(life.condition('Stalled')).toBe(`True ${blocked}`);
    expect(life.condition('Ready')).toBe(`False ${blocked}`);
    expect(changesBetween(before, await state())).toEqual([]);

    await withoutProtection(life.clients);
    expect(writesIn(await life.untilQuiet())).toEqual([]);
    expect(life.condition('Stalled')).toBe(`True ${blocked}`);
  });

  test('a manifest that comes back is one as before', async () => {
    await life.remove();
    await life.untilQuiet();
    expect(writesIn(await life.change(guarded))).toEqual([]);
    expect(life.condition('Ready')).toMatch(/^True InSync/);
    expect(life.condition('Stalled')).toBeUndefined();
  });
});

describe('under deletionPolicy Delete, and no longer protected,', () => {
  beforeAll(async () => {
    await life.change(deletable);
    // More than one revision.
    await life.change({ ...deletable, image: { repository: 'fintech-api', tag: '1.4.3' } });
    await life.change(deletable);
    await life.keep();
  });

  afterEach(() => life.clear());

  test('tasks end what they are at before anything goes that they or their callers need', async () => {
    await life.emulator.setLifecycles(tasksGoOn);
    await life.remove();
    const first = writesIn(await life.untilQuiet());
    expect(first.filter((write) => !write.startsWith('DeleteAlarms ')).toSorted()).toEqual([
      'DeleteDashboards dashboard',
      'DeleteTopic topic',
      'DeregisterScalableTarget scaling',
      'UpdateService service',
    ]);
    // Before there are no tasks, so that nobody is woken.
    expect(first.indexOf('UpdateService service')).toBeGreaterThan(first.findLastIndex(isAlarm));
    expect(life.condition('Reconciling')).toBe(
      'True Deleting: ecs/service service drains: 3 tasks still run',
    );
    expect(life.condition('Stalled')).toBeUndefined();

    await life.emulator.setLifecycles(tasksEnd);
    await life.emulator.release();
    const rest = writesIn(await life.untilQuiet());
    expect(orderIn(rest, /listener|service|load-balancer|access-logs/)).toEqual([
      'DeleteService service',
      'DeleteListener listener-public-80',
      'DeleteListener listener-public-443',
      'DeleteLoadBalancer load-balancer-public',
      'PutBucketTagging access-logs',
    ]);
    expect(orderIn(rest, /service|web-acl|load-balancer/)).toEqual([
      'DeleteService service',
      'DisassociateWebACL web-acl',
      'DeleteWebACL web-acl',
      'DeleteLoadBalancer load-balancer-public',
    ]);
    expect(orderIn(rest, /listener-public-443|target-group/)).toEqual([
      'DeleteListener listener-public-443',
      'DeleteTargetGroup target-group-public',
    ]);
    expect(
      orderIn(rest, /^Deregister|DeleteRole task-role|logs$|secret-fintech\/encryption-key/).slice(0, 3),
    ).toEqual(Array.from({ length: 3 }, () => 'DeregisterTaskDefinition task-definition'));
    expect(orderIn(rest, /DeleteRole execution-role|LogGroup|repository/).at(0)).toBe(
      'DeleteRole execution-role',
    );
    expect(life.isGone).toBe(true);
  });

  test('only what outlives it is left: the repository with its images, the access logs, and secrets for a while', async () => {
    const { keys, roles } = await state();
    await life.remove();
    await life.untilQuiet();
    expect(life.isGone).toBe(true);
    const left = await state();
    const types = ['buckets', 'keys', 'logGroups', 'repositories', 'roles', 'secrets'];
    expect(Object.keys(left).toSorted()).toEqual(types);
    expect(left['keys']).toEqual(keys);
    expect(Object.keys(left['logGroups'] ?? {})).toEqual(['production-core-flow-log-group']);
    const own = Object.keys(roles ?? {}).filter((name) => name.startsWith('production-fintech-api-'));
    expect(own).toHaveLength(2);
    expect(Object.keys(left['roles'] ?? {})).toEqual(
      Object.keys(roles ?? {}).filter((name) => !own.includes(name)),
    );
    const tags = { [retainedTag]: expect.any(String) };
    expect(left['repositories']).toMatchObject({ 'fintech-api': { Tags: tags } });
    expect(await imagesIn(life.clients)).toEqual(['1.4.2']);
    expect(left['buckets']).toMatchObject({
      'production-fintech-api-access-logs-123456789012-us-east-1': { tags },
    });
    expect(left['secrets']).toMatchObject({
      'fintech/api-keys': { isDeleted: true },
      'fintech/encryption-key': { isDeleted: true },
      'fintech/db-credentials': { isDeleted: false },
    });
  });

  test('a manifest that comes back makes everything as it was, with the secrets, images and logs of before', async () => {
    await life.clients.secrets.send(
      new PutSecretValueCommand({ SecretId: 'fintech/api-keys', SecretString: 'of before' }),
    );
    const [before, values] = [await state(), await valuesOf(life.clients)];
    await life.remove();
    await life.untilQuiet();
    expect(life.isGone).toBe(true);

    const written = writesIn(await life.change(deletable));
    expect(written).toContain('RestoreSecret secret-fintech/api-keys');
    expect(written).toContain('RestoreSecret secret-fintech/encryption-key');
    expect(
      written.filter((write) =>
        /^(PutSecretValue|GetRandomPassword|CreateSecret|CreateRepository|CreateBucket) /.test(write),
      ),
    ).toEqual([]);
    expect(await valuesOf(life.clients)).toEqual(values);
    expect(await imagesIn(life.clients)).toEqual(['1.4.2']);
    expect(changesBetween(before, await state())).toEqual([
      'taskDefinitions.production-fintech-api-task.activeRevisions: 3 → 1',
    ]);
    expect(life.condition('Ready')).toMatch(/^True InSync/);
    expect(writesIn([await life.pass()])).toEqual([]);
  });

  test('a manifest that comes back while tasks still end has them run again', async () => {
    const before = await state();
    await life.emulator.setLifecycles(tasksGoOn);
    await life.remove();
    await life.untilQuiet();
    const written = writesIn(await life.change(deletable));
    expect(written).toContain('UpdateService service');
    expect(
      written.filter((write) => / (service|listener-public-443|cluster|secret-\S+)$/.test(write)),
    ).toEqual(['UpdateService service']);
    await life.emulator.release();
    await life.untilQuiet();
    expect(changesBetween(before, await state())).toEqual([]);
  });

  test('tasks that somebody starts while it goes are ended too', async () => {
    await life.emulator.setLifecycles(tasksGoOn);
    await life.remove();
    await life.untilQuiet();
    const [cluster, service] = ['production-fintech-api-cluster', 'production-fintech-api-service'];
    await life.clients.ecs.send(new UpdateServiceCommand({ cluster, service, desiredCount: 2 }));
    await life.emulator.setLifecycles(tasksEnd);
    await life.emulator.release();
    await life.untilQuiet();
    expect(life.isGone).toBe(true);
    expect(await state()).not.toHaveProperty('services');
  });

  test('with deleteImages the repository goes with its images', async () => {
    await life.change({ ...deletable, deleteImages: true });
    await life.remove();
    expect(writesIn(await life.untilQuiet())).toContain('DeleteRepository repository');
    expect(life.isGone).toBe(true);
    expect(await imagesIn(life.clients)).toBeUndefined();
  });
});

/** A checkout with nothing but these, all of which may go at once. */
const reading = (...manifests: readonly JsonObject[]) =>
  readingOf(
    withSpec(contract.environment, { deletion: { policy: 'Delete', maxObjectsPerSync: 3 } }),
    ...manifests,
  );

describe('with what it refers to', () => {
  test('no manifest can take its network or its database away before it', () => {
    expect(() => reading(smallNetwork, contract.service)).toThrow('there is no LedgerDatabase ledger');
    expect(() => reading(smallLedger, contract.service)).toThrow('there is no FintechNetwork core');
  });

  test('all goes at once: the network waits for it and says so, and it goes whatever is left of the database', async () => {
    await life.change(deletable);
    const ledger = withSpec(smallLedger, { deletionProtection: false });
    await life.controller.apply(reading(smallNetwork, ledger, withSpec(contract.service, deletable)));
    await life.controller.converge(ledgerKey);
    await life.emulator.setLifecycles(tasksGoOn);
    await life.controller.apply(reading());
    await life.untilQuiet();

    expect(writesIn([await life.controller.pass(networkKey)])).toEqual([]);
    expect(life.controller.conditions(networkKey)['Reconciling']).toMatch(
      /is still used by .*eni-\w+ \(ELB app\/production-fintech-api-public/,
    );
    await life.controller.converge(ledgerKey);
    expect(life.controller.objects.get(ledgerKey)).toBeUndefined();
    expect(life.condition('Reconciling')).toMatch(/service drains: 3 tasks still run$/);

    await life.emulator.setLifecycles(tasksEnd);
    await life.emulator.release();
    await life.untilQuiet();
    expect(life.isGone).toBe(true);
    await life.controller.converge(networkKey);
    expect(life.controller.objects.get(networkKey)).toBeUndefined();
  });
});

/** Of those writes that are about these things. */
function orderIn(writes: readonly string[], about: RegExp): readonly string[] {
  return writes.filter((write) => about.test(write));
}

function isAlarm(write: string): boolean {
  return write.startsWith('DeleteAlarms ');
}
