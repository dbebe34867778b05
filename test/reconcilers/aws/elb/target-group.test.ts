import { CreateTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { Listener } from '../../../../reconcilers/aws/elb/listener.ts';
import { LoadBalancer } from '../../../../reconcilers/aws/elb/load-balancer.ts';
import type { TargetGroupSpec } from '../../../../reconcilers/aws/elb/target-group-spec.ts';
import { TargetGroup } from '../../../../reconcilers/aws/elb/target-group.ts';
import { makeLoadBalancerPlaces, type LoadBalancerPlaces } from '../../../emulator/elb-places.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { creationOf, queryOf, sampleListener, sampleLoadBalancer, sampleTargetGroup } from './elb-samples.ts';

const owner = 'ApiService/test/api';
const node = 'target-group';
const name = 'test-api-target-group';
const creation = creationOf(owner, node);
const query = { ...queryOf(owner), names: new Map([[node, name]]) };

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;
let places: LoadBalancerPlaces;
let spec: TargetGroupSpec;

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
  spec = sampleTargetGroup(name, places.vpcId);
});

async function current() {
  const [found] = await TargetGroup.list(aws, [query]);
  if (found === undefined) throw new Error('the target group is gone');
  return found;
}

describe('a target group', () => {
  test('can be used at once, and is told by its name in metrics', async () => {
    const { id, outputs } = await TargetGroup.create(aws, spec, creation);
    expect(outputs).toMatchObject({ arn: id, name });
    expect(outputs?.fullName).toMatch(/^targetgroup\/test-api-target-group\/[0-9a-f]+$/);
  });

  test('is not ready to go as long as a listener forwards to it', async () => {
    const { id } = await TargetGroup.create(aws, spec, creation);
    const balancer = sampleLoadBalancer('test-api', places);
    const { id: balancerArn } = await LoadBalancer.create(aws, balancer, creationOf(owner, 'load-balancer'));
    const listener = creationOf(owner, 'listener-80');
    await Listener.create(aws, sampleListener(balancerArn, id), listener);
    await expect(TargetGroup.delete(aws, await current())).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('in use'),
    });
    const successor = { ...spec, name: `${name}-9090`, port: 9090 };
    const next = await TargetGroup.create(aws, successor, creationOf(owner, `${node}-9090`));
    const [found] = await Listener.list(aws, [queryOf(owner)]);
    if (found === undefined) throw new Error('the listener is gone');
    const wanted = sampleListener(balancerArn, next.id);
    await Listener.update(aws, found, wanted, differences(Listener, wanted, found.spec));
    await TargetGroup.delete(aws, await current());
    const left = await TargetGroup.list(aws, [query]);
    expect(left.map((group) => group.id)).toEqual([next.id]);
  });

  test('whose settings AWS does not take exists, is not usable yet, and says what is wrong', async () => {
    const impossible = { ...spec, deregistrationDelaySeconds: 3601 };
    const { id } = await TargetGroup.create(aws, impossible, creation);
    expect(await TargetGroup.create(aws, impossible, creation)).toEqual({ id });
    const found = await current();
    const changes = differences(TargetGroup, impossible, found.spec);
    expect(changes.map(({ field }) => field)).toEqual(['deregistrationDelaySeconds']);
    await expect(TargetGroup.update(aws, found, impossible, changes)).rejects.toMatchObject({
      reason: 'InvalidSpec',
    });
  });

  test('of the wanted name and settings that somebody else made is not ours', async () => {
    const { healthCheck } = spec;
    const made = new CreateTargetGroupCommand({
      Name: name,
      Protocol: spec.protocol,
      Port: spec.port,
      VpcId: spec.vpcId,
      TargetType: spec.targetType,
      HealthCheckPath: healthCheck.path,
      HealthyThresholdCount: healthCheck.healthyThreshold,
      UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    });
    await aws.elb.send(made);
    expect(await TargetGroup.list(aws, [query])).toEqual([]);
    await expect(TargetGroup.create(aws, spec, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`a target group ${name} exists already`),
    });
  });
});
