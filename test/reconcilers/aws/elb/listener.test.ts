import {
  CreateListenerCommand,
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  ModifyListenerCommand,
  type Action,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import {
  modernSslPolicy,
  redirectToHttps,
  type ListenerSpec,
} from '../../../../reconcilers/aws/elb/listener-spec.ts';
import { Listener } from '../../../../reconcilers/aws/elb/listener.ts';
import { LoadBalancer } from '../../../../reconcilers/aws/elb/load-balancer.ts';
import { TargetGroup } from '../../../../reconcilers/aws/elb/target-group.ts';
import { makeLoadBalancerPlaces } from '../../../emulator/elb-places.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import {
  certificate,
  creationOf,
  queryOf,
  sampleListener,
  sampleLoadBalancer,
  sampleTargetGroup,
} from './elb-samples.ts';

const owner = 'ApiService/test/api';
const node = 'listener-80';
const creation = creationOf(owner, node);
const query = queryOf(owner);
const https = { protocol: 'HTTPS', certificateArn: certificate, sslPolicy: modernSslPolicy } as const;

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;
let balancerArn: string;
let groupArn: string;

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
  await emulator.setStaleness({ tagging: 0 });
  const places = await makeLoadBalancerPlaces(aws.ec2, 'eu-west-1');
  const balancer = sampleLoadBalancer('test-api', places);
  const group = sampleTargetGroup('test-api', places.vpcId);
  balancerArn = (await LoadBalancer.create(aws, balancer, creationOf(owner, 'load-balancer'))).id;
  groupArn = (await TargetGroup.create(aws, group, creationOf(owner, 'target-group'))).id;
});

async function current() {
  const [found] = await Listener.list(aws, [query]);
  if (found === undefined) throw new Error('the listener is gone');
  return found;
}

async function changeFromOutside(...DefaultActions: readonly Action[]): Promise<void> {
  const { id: ListenerArn } = await current();
  await aws.elb.send(new ModifyListenerCommand({ ListenerArn, DefaultActions: [...DefaultActions] }));
}

async function update(wanted: ListenerSpec): Promise<void> {
  const found = await current();
  await Listener.update(aws, found, wanted, differences(Listener, wanted, found.spec));
}

/** The nodes of all three types, looked at together. */
async function listAll(known: ReadonlyMap<string, string> = new Map()): Promise<readonly string[]> {
  const found = await Promise.all([
    LoadBalancer.list(aws, [{ ...query, known }]),
    TargetGroup.list(aws, [{ ...query, known }]),
    Listener.list(aws, [{ ...query, known }]),
  ]);
  return found.flat().map((resource) => resource.node);
}

describe('a listener', () => {
  test('becomes HTTPS with its certificate, and HTTP again without', async () => {
    const http = sampleListener(balancerArn, groupArn);
    await Listener.create(aws, http, creation);
    await update({ ...http, ...https });
    expect((await current()).spec).toEqual({ ...http, ...https });
    await update(http);
    expect((await current()).spec).toEqual(http);
  });

  test('interrupts its clients only when they have to speak another protocol', async () => {
    await Listener.create(aws, sampleListener(balancerArn, groupArn), creation);
    const found = await current();
    const changes = differences(Listener, sampleListener(balancerArn, '', https), found.spec);
    const interruptions = changes.map((change) => [change.field, Listener.interruptionOf?.(found, change)]);
    expect(Object.fromEntries(interruptions)).toEqual({
      protocol: 'restart',
      certificateArn: 'none',
      sslPolicy: 'none',
      action: 'none',
    });
  });

  test('that redirects keeps host, path and query', async () => {
    const wanted = sampleListener(balancerArn, groupArn, { action: redirectToHttps });
    await Listener.create(aws, wanted, creation);
    expect((await current()).spec).toEqual(wanted);
    await changeFromOutside({
      Type: 'redirect',
      RedirectConfig: { Protocol: 'HTTPS', Port: '443', Host: 'elsewhere.example', StatusCode: 'HTTP_301' },
    });
    expect((await current()).spec.action.type).toBe('other');
    await update(wanted);
    expect((await current()).spec).toEqual(wanted);
  });

  test('that somebody lets forward to a second group too is mended', async () => {
    const wanted = sampleListener(balancerArn, groupArn);
    await Listener.create(aws, wanted, creation);
    const { TargetGroups = [] } = await aws.elb.send(
      new CreateTargetGroupCommand({
        Name: 'other',
        Protocol: 'HTTP',
        Port: 80,
        VpcId: (await TargetGroup.list(aws, [query]))[0]?.spec.vpcId,
      }),
    );
    const groups = [{ TargetGroupArn: groupArn }, { TargetGroupArn: TargetGroups[0]?.TargetGroupArn }];
    await changeFromOutside({ Type: 'forward', ForwardConfig: { TargetGroups: groups } });
    expect((await current()).spec.action).toMatchObject({ type: 'other' });
    await update(wanted);
    expect((await current()).spec).toEqual(wanted);
  });

  test('on whose port somebody else has one is not ours', async () => {
    const made = new CreateListenerCommand({
      LoadBalancerArn: balancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: groupArn }],
    });
    await aws.elb.send(made);
    const wanted = sampleListener(balancerArn, groupArn);
    expect(await Listener.list(aws, [query])).toEqual([]);
    await expect(Listener.create(aws, wanted, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining('a listener on port 80 exists already'),
    });
  });

  test('whose certificate is not there, or whose group is not yet, is not made', async () => {
    const elsewhere = certificate.replace('eu-west-1', 'us-east-1');
    const wrong = sampleListener(balancerArn, groupArn, { ...https, certificateArn: elsewhere });
    await expect(Listener.create(aws, wrong, creation)).rejects.toMatchObject({ reason: 'InvalidSpec' });
    const early = sampleListener(balancerArn, `${groupArn}0`);
    await expect(Listener.create(aws, early, creation)).rejects.toMatchObject({ name: 'NotReady' });
    expect(await Listener.list(aws, [query])).toEqual([]);
  });
});

describe('lists of load balancers, target groups and listeners', () => {
  test('share their calls: five, and the search of the index', async () => {
    await Listener.create(aws, sampleListener(balancerArn, groupArn), creation);
    const redirect = sampleListener(balancerArn, groupArn, { port: 81, action: redirectToHttps });
    await Listener.create(aws, redirect, creationOf(owner, 'listener-81'));
    await listAll();
    const calls = await connection.during(async () => {
      expect(await listAll()).toEqual(['load-balancer', 'target-group', 'listener-80', 'listener-81']);
    });
    expect(calls.map(({ operation }) => operation).toSorted()).toEqual([
      'DescribeListeners',
      'DescribeLoadBalancerAttributes',
      'DescribeLoadBalancers',
      'DescribeTargetGroupAttributes',
      'DescribeTargetGroups',
      'GetResources',
    ]);
  });

  test('find by what is remembered what the index does not show yet', async () => {
    await emulator.setStaleness({ tagging: 3_600_000 });
    const { id } = await Listener.create(aws, sampleListener(balancerArn, groupArn), creation);
    expect(await listAll()).toEqual([]);
    const known = new Map([
      ['load-balancer', balancerArn],
      ['target-group', groupArn],
      [node, id],
    ]);
    expect(await listAll(known)).toEqual(['load-balancer', 'target-group', node]);
  });

  test('leave out what goes while it is looked at', async () => {
    const { id } = await Listener.create(aws, sampleListener(balancerArn, groupArn), creation);
    const listed = Listener.list(aws, [{ ...query, known: new Map([[node, id]]) }]);
    await aws.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: balancerArn }));
    expect(await listed).toEqual([]);
  });
});
