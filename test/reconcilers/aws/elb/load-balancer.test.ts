import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { redirectToHttps } from '../../../../reconcilers/aws/elb/listener-spec.ts';
import { Listener } from '../../../../reconcilers/aws/elb/listener.ts';
import type { LoadBalancerSpec } from '../../../../reconcilers/aws/elb/load-balancer-spec.ts';
import { LoadBalancer } from '../../../../reconcilers/aws/elb/load-balancer.ts';
import { makeLoadBalancerPlaces, type LoadBalancerPlaces } from '../../../emulator/elb-places.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import {
  creationOf,
  makeLogBucket,
  queryOf,
  removeAllTags,
  sampleListener,
  sampleLoadBalancer,
} from './elb-samples.ts';

const owner = 'ApiService/test/api';
const node = 'load-balancer';
const name = 'test-api-load-balancer';
const creation = creationOf(owner, node);
const query = { ...queryOf(owner), names: new Map([[node, name]]) };

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;
let places: LoadBalancerPlaces;
let spec: LoadBalancerSpec;

beforeAll(async () => {
  emulator = await startEmulator();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});
afterAll(async () => {
  connection.close();
  await emulator.stop();
});
beforeEach(async () => {
  await emulator.reset();
  places = await makeLoadBalancerPlaces(aws.ec2, 'eu-west-1');
  spec = sampleLoadBalancer(name, places);
});

async function current() {
  const [found] = await LoadBalancer.list(aws, [query]);
  if (found === undefined) throw new Error('the load balancer is gone');
  return found;
}

async function changedFields(): Promise<readonly string[]> {
  return differences(LoadBalancer, spec, (await current()).spec).map(({ field }) => field);
}

async function update(wanted: LoadBalancerSpec): Promise<void> {
  const found = await current();
  await LoadBalancer.update(aws, found, wanted, differences(LoadBalancer, wanted, found.spec));
}

/** As somebody else does it, with tags or none. */
async function addListener(Port: number, Tags?: { Key: string; Value: string }[]): Promise<unknown> {
  const { id: LoadBalancerArn } = await current();
  const FixedResponseConfig = { StatusCode: '200' };
  return aws.elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Port,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig }],
      Tags,
    }),
  );
}

async function ports(): Promise<readonly (number | undefined)[]> {
  const { id: LoadBalancerArn } = await current();
  const { Listeners = [] } = await aws.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
  return Listeners.map(({ Port }) => Port);
}

describe('a load balancer', () => {
  test('is pending while AWS provides it, and is told by its address and its name in metrics', async () => {
    await emulator.setLifecycles({ 'elb/load-balancer': { provisioning: 'held' } });
    const { id } = await LoadBalancer.create(aws, spec, creation);
    expect(await current()).toMatchObject({ id, state: 'pending', message: 'is provisioning' });
    await emulator.release('elb/load-balancer');
    const { state, outputs } = await current();
    expect(state).toBe('ready');
    expect(outputs).toMatchObject({ arn: id, name });
    expect(outputs.dnsName).toContain('elb.amazonaws.com');
    expect(outputs.canonicalHostedZoneId).toMatch(/^Z/);
    expect(id.endsWith(`:loadbalancer/${outputs.fullName}`)).toBe(true);
    expect(outputs.fullName).toMatch(/^app\/test-api-load-balancer\/[0-9a-f]+$/);
  });

  test('that cannot be set up has failed, and says why', async () => {
    await emulator.setLifecycles({ 'elb/load-balancer': { failed: 1 } });
    await LoadBalancer.create(aws, spec, creation);
    expect(await current()).toMatchObject({ state: 'failed', message: expect.stringContaining('set up') });
  });

  test('whose access logs cannot be written exists with all its other settings, and says what is missing', async () => {
    const wanted = {
      ...spec,
      deletionProtection: true,
      accessLogs: { bucket: 'access-logs', prefix: 'api' },
    };
    await LoadBalancer.create(aws, wanted, creation);
    const found = await current();
    expect(differences(LoadBalancer, wanted, found.spec).map(({ field }) => field)).toEqual(['accessLogs']);
    await expect(update(wanted)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('access-logs'),
    });
    await makeLogBucket(aws, 'access-logs', ['api']);
    await update(wanted);
    expect((await current()).spec.accessLogs).toEqual(wanted.accessLogs);
  });

  test('that is protected is not deleted before the protection goes', async () => {
    await LoadBalancer.create(aws, { ...spec, deletionProtection: true }, creation);
    const found = await current();
    expect(LoadBalancer.protection?.(found)).toContain('has deletion protection');
    await expect(LoadBalancer.delete(aws, found)).rejects.toMatchObject({ reason: 'DeletionBlocked' });
    const outdated = { ...found, spec: { ...found.spec, deletionProtection: false } };
    await expect(LoadBalancer.delete(aws, outdated)).rejects.toMatchObject({ reason: 'DeletionBlocked' });
    await update(spec);
    expect(LoadBalancer.protection?.(await current())).toBeUndefined();
    await LoadBalancer.delete(aws, await current());
    expect(await LoadBalancer.list(aws, [query])).toEqual([]);
  });

  test('interrupts those whose zone is taken out, and nobody where one is added', async () => {
    await LoadBalancer.create(aws, spec, creation);
    const found = await current();
    const change = (to: readonly string[]) => ({
      field: 'subnetIds',
      path: 'subnetIds',
      from: found.spec.subnetIds,
      to,
      severity: 'availability' as const,
    });
    expect(LoadBalancer.interruptionOf?.(found, change(places.subnetIds))).toBe('none');
    expect(LoadBalancer.interruptionOf?.(found, change(places.subnetIds.slice(1)))).toBe('failover');
  });
});

describe('a load balancer of the wanted name', () => {
  test('and the wanted settings that somebody else made is not ours, though AWS would give it to us', async () => {
    const made = new CreateLoadBalancerCommand({
      Name: name,
      Subnets: [...spec.subnetIds],
      SecurityGroups: [...spec.securityGroupIds],
    });
    await aws.elb.send(made);
    expect(await LoadBalancer.list(aws, [query])).toEqual([]);
    await expect(LoadBalancer.create(aws, spec, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`a load balancer ${name} exists already`),
    });
  });

  test('with other settings is ours when it has our tags, and the next pass mends it', async () => {
    const { id } = await LoadBalancer.create(aws, spec, creation);
    const wanted = { ...spec, securityGroupIds: [...places.securityGroupIds] };
    expect(await LoadBalancer.create(aws, wanted, creation)).toEqual({ id });
    const { LoadBalancers } = await aws.elb.send(new DescribeLoadBalancersCommand({}));
    expect(LoadBalancers).toHaveLength(1);
  });
});

describe('a listener on our load balancer', () => {
  beforeEach(() => LoadBalancer.create(aws, spec, creation));

  test('that somebody adds on another port is seen, and removed', async () => {
    const { id } = await current();
    const ours = sampleListener(id, '', { action: redirectToHttps });
    await Listener.create(aws, ours, creationOf(owner, 'listener-80'));
    await addListener(8443);
    await addListener(9000, [{ Key: ownerTag, Value: 'ApiService/other/api' }]);
    expect((await current()).spec.listenerPorts).toEqual([8443, 9000]);
    expect(await changedFields()).toEqual(['listenerPorts']);
    await update(spec);
    expect(await ports()).toEqual([80]);
    expect(await changedFields()).toEqual([]);
  });

  test('of ours stays, also on a port that is not wanted any more: it goes in its turn', async () => {
    const { id } = await current();
    const ours = sampleListener(id, '', { port: 8080, action: redirectToHttps });
    await Listener.create(aws, ours, creationOf(owner, 'listener-8080'));
    expect(await changedFields()).toEqual([]);
    await addListener(8443);
    await update(spec);
    expect(await ports()).toEqual([8080]);
  });

  test('of ours stays when somebody takes its tags away', async () => {
    const { id } = await current();
    const ours = sampleListener(id, '', { action: redirectToHttps });
    const listener = await Listener.create(aws, ours, creationOf(owner, 'listener-80'));
    await removeAllTags(aws, listener.id);
    expect(await changedFields()).toEqual([]);
    await addListener(8443);
    await update(spec);
    expect(await ports()).toEqual([80]);
  });
});
