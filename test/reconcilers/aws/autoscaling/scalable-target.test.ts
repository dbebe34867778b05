import {
  DescribeScalingPoliciesCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
  TagResourceCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import { parametersOf } from '../../../../reconcilers/aws/autoscaling/scalable-target-id.ts';
import type { ScalableTargetSpec } from '../../../../reconcilers/aws/autoscaling/scalable-target-spec.ts';
import { ScalableTarget } from '../../../../reconcilers/aws/autoscaling/scalable-target.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { makeTable, sampleTarget, utilization } from './scalable-target-samples.ts';

const owner = 'LedgerDatabase/test/ledger';
const node = 'sessions-reads';
const creation: Creation = { owner, node, tags: { [ownerTag]: owner, [nodeTag]: node } };
const query: OwnerQuery = { owner, names: new Map(), known: new Map(), unconfirmed: new Set() };
const spec = sampleTarget('sessions');
const id = 'dynamodb:table:ReadCapacityUnits table/sessions';

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;

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
  await makeTable(aws, 'sessions');
});

async function current() {
  const [found] = await ScalableTarget.list(aws, [query]);
  if (found === undefined) throw new Error('the target is gone');
  return found;
}

async function policies() {
  const command = new DescribeScalingPoliciesCommand({ ServiceNamespace: 'dynamodb' });
  return (await aws.autoscaling.send(command)).ScalingPolicies ?? [];
}

const operations = async (action: () => Promise<unknown>): Promise<readonly string[]> =>
  (await connection.during(action)).map(({ operation }) => operation);

test('a target is known by what it scales', async () => {
  expect(await ScalableTarget.create(aws, spec, creation)).toMatchObject({
    id,
    outputs: { resourceId: 'table/sessions', arn: expect.stringContaining(':scalable-target/') },
  });
});

test('reads and writes of a table are two targets', async () => {
  await ScalableTarget.create(aws, spec, creation);
  const writes: ScalableTargetSpec = {
    ...spec,
    dimension: 'dynamodb:table:WriteCapacityUnits',
    policies: {},
  };
  const tags = { [ownerTag]: owner, [nodeTag]: 'sessions-writes' };
  await ScalableTarget.create(aws, writes, { owner, node: 'sessions-writes', tags });
  const found = await ScalableTarget.list(aws, [query]);
  expect(new Map(found.map((target) => [target.node, Object.keys(target.spec.policies)]))).toEqual(
    new Map([
      ['sessions-reads', ['reads']],
      ['sessions-writes', []],
    ]),
  );
});

test('its policies go with it', async () => {
  await ScalableTarget.create(aws, spec, creation);
  expect(await policies()).toHaveLength(1);
  await ScalableTarget.delete(aws, await current());
  expect(await policies()).toEqual([]);
});

test('a policy that somebody added is a difference, and goes; the wanted one comes before it goes', async () => {
  await ScalableTarget.create(aws, { ...spec, policies: {} }, creation);
  await aws.autoscaling.send(
    new PutScalingPolicyCommand({
      ...parametersOf(spec),
      PolicyName: 'by hand',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 20,
        PredefinedMetricSpecification: { PredefinedMetricType: 'DynamoDBReadCapacityUtilization' },
      },
    }),
  );
  const found = await current();
  const changes = differences(ScalableTarget, spec, found.spec);
  expect(changes.map(({ path }) => path).toSorted()).toEqual(['policies.by hand', 'policies.reads']);
  const calls = await operations(() => ScalableTarget.update(aws, found, spec, changes));
  expect(calls).toEqual(['PutScalingPolicy', 'DeleteScalingPolicy']);
  expect((await current()).spec.policies).toEqual(spec.policies);
});

test('a policy that follows no known metric is refused, and says so', async () => {
  await ScalableTarget.create(aws, spec, creation);
  const wanted = { ...spec, policies: { reads: { ...utilization, metric: 'Guesswork' } } };
  const found = await current();
  const changes = differences(ScalableTarget, wanted, found.spec);
  await expect(ScalableTarget.update(aws, found, wanted, changes)).rejects.toMatchObject({
    reason: 'InvalidSpec',
    message: 'cannot follow Guesswork: it is no predefined metric',
  });
});

test('what does not exist is not scaled', async () => {
  await expect(ScalableTarget.create(aws, sampleTarget('missing'), creation)).rejects.toMatchObject({
    reason: 'InvalidSpec',
    message: expect.stringContaining("doesn't exist"),
  });
});

describe('what is scaled already', () => {
  test('by somebody else is left as it is, until it is handed over', async () => {
    const { ScalableTargetARN: ResourceARN } = await aws.autoscaling.send(
      new RegisterScalableTargetCommand({ ...parametersOf(spec), MinCapacity: 1, MaxCapacity: 2 }),
    );
    await expect(ScalableTarget.create(aws, spec, creation)).rejects.toMatchObject({ reason: 'NotOwned' });
    await aws.autoscaling.send(new TagResourceCommand({ ResourceARN, Tags: creation.tags }));
    expect(await ScalableTarget.create(aws, spec, creation)).toEqual({ id });
    expect((await current()).spec).toMatchObject({ minCapacity: 1, maxCapacity: 2 });
  });
});

describe('a list of targets', () => {
  test('finds by its id what the index of tags does not show yet', async () => {
    await emulator.setStaleness({ tagging: 3_600 });
    await ScalableTarget.create(aws, spec, creation);
    const known = new Map([[node, id]]);
    expect(await ScalableTarget.list(aws, [query])).toEqual([]);
    expect(await ScalableTarget.list(aws, [{ ...query, known }])).toMatchObject([
      { id, tags: creation.tags },
    ]);
  });

  test('costs pages of one service, not targets, when it is known where they are', async () => {
    const tables = Array.from({ length: 25 }, (_, number) => `table-${number}`);
    const queries: OwnerQuery[] = [];
    for (const [index, table] of tables.entries()) {
      await makeTable(aws, table);
      const of = `LedgerDatabase/test/${index}`;
      const tags = { [ownerTag]: of, [nodeTag]: node };
      const created = await ScalableTarget.create(aws, sampleTarget(table), { owner: of, node, tags });
      queries.push({ ...query, owner: of, known: new Map([[node, created.id]]) });
    }
    const calls = await operations(async () => {
      expect(await ScalableTarget.list(aws, queries)).toHaveLength(25);
    });
    expect(calls.toSorted()).toEqual([
      'DescribeScalableTargets',
      ...Array.from({ length: 3 }, () => 'DescribeScalingPolicies'),
      'GetResources',
      'GetResources',
    ]);
  });
});
